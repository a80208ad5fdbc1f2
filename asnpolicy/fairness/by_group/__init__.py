"""Disparity: outcomes of a rule by group on a real workforce, with honest statistics."""
