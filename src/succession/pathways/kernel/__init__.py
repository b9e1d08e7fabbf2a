"""The compiled kernel: an instance as arrays, and the exact search for pathways over them.

Every other module here is part of the kernel; a change of any compiles it anew (`cache`).
"""

from succession.pathways.kernel.cache import keep_compiled

with keep_compiled():
    from succession.pathways.kernel import batch

__all__ = ["batch"]
