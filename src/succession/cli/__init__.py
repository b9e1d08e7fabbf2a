"""The `succession` command: one module a command; prints and exits, decides nothing."""
