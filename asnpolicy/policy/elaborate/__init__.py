"""What authors wrote, as core nodes: meaning is checked here."""
