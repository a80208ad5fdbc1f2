"""Bytes to a tree with places: every scalar stays text, every mistake is told, nothing is ever raised."""
