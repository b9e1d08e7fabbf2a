"""The tables of the run store, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

__all__ = ["ENTRIES", "FILES", "METADATA", "RUNS"]

METADATA = MetaData()

RUNS = Table(
    "runs",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("decision", String(16)),
    Column("started", String(32), nullable=False),
    Column("ended", String(32)),
    Column("notified", Boolean, nullable=False),
    Column("document", JSON, nullable=False),
    Index("runs_by_key", "key"),
    Index("runs_by_state", "state"),
)
"""A run: one JSON document and what is searched by. Times are ISO 8601 in UTC."""

FILES = Table(
    "files",
    METADATA,
    Column("run", Integer, ForeignKey("runs.number"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
)
"""The documents of a run: `role` is input, previous (plan), output or note; bytes are objects."""

ENTRIES = Table(
    "entries",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("action", String(16), nullable=False),
    Column("run", Integer),
    Column("body", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The decision trail; `body` is the very JSON text that was hashed."""
