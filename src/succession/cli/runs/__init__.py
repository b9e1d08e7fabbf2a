"""`succession run` and `succession runs`: the scheduled run, the store, and decisions."""
