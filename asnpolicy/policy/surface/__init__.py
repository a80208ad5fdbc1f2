"""What authors wrote, typed and placed: form is checked here, once."""
