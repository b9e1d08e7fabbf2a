"""Pathways: one person's dated learning towards a target, found by exact pricing."""

from succession.pathways.kernel_cache import kernel_cache

with kernel_cache():
    from succession.pathways import batch

__all__ = ["batch"]
