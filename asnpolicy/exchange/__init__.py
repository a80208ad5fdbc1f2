"""Data in and out: JSON Lines, and made-up workforces to try things with."""
