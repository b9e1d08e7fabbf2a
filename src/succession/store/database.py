"""The database behind a store: SQLite beside the documents, or PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from succession.errors import Refused, SuccessionError

__all__ = ["SQLITE_NAME", "connect", "forget_deleted", "migrate", "reading", "telling", "writing"]

SQLITE_NAME = "succession.db"

_WRITERS = 0x73756363
"""PostgreSQL's advisory lock that serialises those who write."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(folder: Path, url: str | None) -> Engine:
    """An engine for the store in `folder`; nothing is opened yet, or stays open between uses.

    Raises Refused for a URL that names neither SQLite nor PostgreSQL.
    """
    place = URL.create("sqlite", database=str(folder / SQLITE_NAME)) if url is None else _read(url)
    if place.get_backend_name() == "sqlite":
        engine = create_engine(place, poolclass=NullPool, connect_args={"timeout": 60.0})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    place = place.set(drivername="postgresql+psycopg")
    return create_engine(place, poolclass=NullPool, connect_args={"connect_timeout": 30})


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One unchanging view of the store; never waits for a writer."""
    with telling(engine), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is the only one writing; commits at the end, or leaves no trace."""
    with telling(engine), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
        yield connection
        connection.commit()


def migrate(connection: Connection) -> None:
    """Bring the tables to this version's. Raises Refused where they are of a later one."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(config)
    if current == script.get_current_head():
        return
    if current is not None and current not in {step.revision for step in script.walk_revisions()}:
        raise Refused(
            f"The store was written by a later version of succession "
            f"(its tables are at {current}). Install that version or a later one."
        )
    command.upgrade(config, "head")


def forget_deleted(engine: Engine) -> None:
    """Give deleted rows no place to survive in: rewrite the file and empty its log."""
    with telling(engine), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def telling(engine: Engine) -> Iterator[None]:
    """A database that cannot be used is said in a sentence."""
    try:
        yield
    except SQLAlchemyError as fault:
        cause = getattr(fault, "orig", None) or fault
        place = engine.url.render_as_string(hide_password=True)
        first = str(cause).strip().splitlines()[:1]
        if not isinstance(fault, DatabaseError):
            raise
        raise SuccessionError(f"The store's database {place} failed: {''.join(first)}") from fault


def _read(url: str) -> URL:
    try:
        place = make_url(url)
    except ArgumentError as fault:
        raise Refused("The store's URL is not one. Use postgresql://user@host/database.") from fault
    if place.drivername == "postgres":
        place = place.set(drivername="postgresql")
    if place.get_backend_name() not in ("sqlite", "postgresql"):
        raise Refused(
            f"A store can be kept in SQLite or PostgreSQL, not in {place.get_backend_name()}. "
            "Use postgresql://user@host/database."
        )
    return place


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # The driver's own transactions begin late and without a lock: ours are begun by `writing`.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
