"""The database's steps from one version of its tables to the next (Alembic)."""
