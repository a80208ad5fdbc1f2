"""What authors write: documents, source places, inheritance, checks, the library of regions."""
