"""The version of the library: part of every decision, so that it can be replayed."""

VERSION = "0.1.0"
