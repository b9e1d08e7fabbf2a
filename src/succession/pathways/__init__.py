"""Pathways: one person's dated learning towards a target, found by exact pricing."""

from succession.pathways.kernel_cache import keep_compiled

with keep_compiled():
    from succession.pathways import batch

__all__ = ["batch"]
