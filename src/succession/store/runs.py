"""Runs and their files: what is asked of the tables, and what is written to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, delete, desc, func, insert, select, update
from sqlalchemy.sql import Select

from succession.store.objects import sha256_of
from succession.store.tables import ENTRIES, FILES, RUNS

__all__ = ["Decision", "File", "Role", "Run", "RunState"]

RunState = Literal["running", "finished", "unsolved", "interrupted", "rejected", "failed", "died"]
"""unsolved: the limit came before a plan or a proof; rejected: bad input; failed: a fault; died:
its process ended without a word."""

Decision = Literal["proposal", "approved", "rejected", "overridden"]
Role = Literal["input", "previous", "output", "note"]


@dataclass(frozen=True, slots=True)
class File:
    """A document of a run."""

    role: Role
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the store knows it; `decision` is None where there is no plan to decide on."""

    number: int
    key: str
    state: RunState
    decision: Decision | None
    started: str
    ended: str | None
    notified: bool
    document: Mapping[str, Any]
    files: tuple[File, ...]

    @property
    def document_sha256(self) -> str:
        """Of the document as canonical JSON."""
        text = json.dumps(self.document, sort_keys=True, separators=(",", ":"))
        return sha256_of(text.encode("utf-8", "surrogatepass"))

    def of_role(self, role: Role) -> tuple[File, ...]:
        """The documents of a role, by name."""
        return tuple(item for item in self.files if item.role == role)

    def file(self, role: Role, name: str) -> File | None:
        """A document, if the run has it."""
        return next((item for item in self.of_role(role) if item.name == name), None)


def add_run(connection: Connection, key: str, at: str, document: Mapping[str, Any]) -> int:
    """A new running run; returns its number, the next one."""
    number = (connection.scalar(select(func.max(RUNS.c.number))) or 0) + 1
    values = {"number": number, "key": key, "state": "running", "decision": None, "started": at}
    values |= {"ended": None, "notified": False, "document": dict(document)}
    connection.execute(insert(RUNS).values(values))
    return number


def change_run(connection: Connection, number: int, **values: Any) -> None:
    """Set columns of a run."""
    connection.execute(update(RUNS).where(RUNS.c.number == number).values(values))


def put_files(connection: Connection, number: int, files: Iterable[File]) -> None:
    """Add files to a run, in the place of those of the same role and name."""
    for item in files:
        drop_file(connection, number, item.role, item.name)
        values = {"run": number, "role": item.role, "name": item.name}
        values |= {"sha256": item.sha256, "size": item.size}
        connection.execute(insert(FILES).values(values))


def drop_file(connection: Connection, number: int, role: Role, name: str) -> None:
    """Forget a file of a run."""
    same = (FILES.c.run == number) & (FILES.c.role == role) & (FILES.c.name == name)
    connection.execute(delete(FILES).where(same))


def read_run(connection: Connection, number: int) -> Run | None:
    """The run of that number."""
    return _first(connection, select(RUNS).where(RUNS.c.number == number))


def all_runs(connection: Connection) -> list[Run]:
    """Every run, in order."""
    return _read(connection, select(RUNS).order_by(RUNS.c.number))


def runs_in(connection: Connection, state: RunState) -> list[Run]:
    """Runs in a state, in order."""
    return _read(connection, select(RUNS).where(RUNS.c.state == state).order_by(RUNS.c.number))


def last_with_key(connection: Connection, key: str) -> Run | None:
    """The last finished run of that input, config and version."""
    same = (RUNS.c.key == key) & (RUNS.c.state == "finished")
    return _first(connection, select(RUNS).where(same).order_by(desc(RUNS.c.number)))


def last_approved(connection: Connection) -> Run | None:
    """The run whose plan is in force: of those approved, the one approved last."""
    approvals = RUNS.join(ENTRIES, ENTRIES.c.run == RUNS.c.number)
    query = select(RUNS).select_from(approvals).order_by(desc(ENTRIES.c.number))
    same = (RUNS.c.decision == "approved") & (ENTRIES.c.action == "approved")
    return _first(connection, query.where(same))


def known_hashes(connection: Connection) -> set[str]:
    """The hashes of all documents that a run has."""
    return set(connection.scalars(select(FILES.c.sha256)))


def _first(connection: Connection, query: Select[Any]) -> Run | None:
    return next(iter(_read(connection, query.limit(1))), None)


def _read(connection: Connection, query: Select[Any]) -> list[Run]:
    rows = connection.execute(query).all()
    files: dict[int, list[File]] = {row.number: [] for row in rows}
    wanted = select(FILES).where(FILES.c.run.in_(files)).order_by(FILES.c.role, FILES.c.name)
    for item in connection.execute(wanted):
        files[item.run].append(File(item.role, item.name, item.sha256, item.size))
    return [Run(**row._asdict(), files=tuple(files[row.number])) for row in rows]
