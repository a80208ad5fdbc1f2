"""Printed tables and worked examples of regulations and official guides, as questions with the printed answer."""
