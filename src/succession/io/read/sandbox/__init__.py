"""Reading in a process of its own, which may use only so much memory and time (docs/trust.md)."""

from succession.io.read.sandbox.parent import read_isolated

__all__ = ["read_isolated"]
