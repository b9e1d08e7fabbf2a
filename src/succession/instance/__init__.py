"""Scenario → index maps and arrays: the compile step before any optimisation."""

from succession.instance.build import Instance, build_instance

__all__ = ["Instance", "build_instance"]
