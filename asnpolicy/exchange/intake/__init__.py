"""Intake: people read from a file as it is: any shape and encoding, with slips, doubles and gaps told and never guessed away."""

from asnpolicy.exchange.intake.reader import BadLine, PersonText, Reader
from asnpolicy.exchange.intake.register import Register, opened, read_employees, register

__all__ = ["BadLine", "PersonText", "Reader", "Register", "opened", "read_employees", "register"]
