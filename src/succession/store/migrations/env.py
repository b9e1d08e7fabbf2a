"""Alembic's entry: the steps run on the connection, and in the transaction, of the store."""

from alembic import context

from succession.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
