"""The small language: core nodes, their meaning, facts and criteria."""
