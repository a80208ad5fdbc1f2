"""Career policies of Indonesia's civil service: decided, explained and proved from YAML rule sets."""

__version__ = "0.1.0"
