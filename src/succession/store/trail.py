"""The decision trail: entries, each of which carries the keyed hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, desc, insert, select

from succession.store.keyring import Keyring
from succession.store.objects import replace_file
from succession.store.tables import ENTRIES

__all__ = ["HEAD_NAME", "Action", "Entry", "append", "broken_links", "entries", "head", "save_head"]

Action = Literal[
    "created", "started", "ended", "approved", "rejected", "overridden", "pruned", "purged"
]

HEAD_NAME = "trail-head.json"
_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened, when; people in `body` are pseudonyms."""

    number: int
    at: str
    action: Action
    run: int | None
    body: str
    previous: str
    hash: str

    @property
    def content(self) -> dict[str, object]:
        """The body, read."""
        content: dict[str, object] = json.loads(self.body)
        return content


def append(
    connection: Connection,
    keyring: Keyring,
    at: str,
    action: Action,
    run: int | None,
    body: Mapping[str, object],
) -> Entry:
    """Add an entry; the caller holds the write transaction."""
    last = head(connection)
    text = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    number, previous = (1, _FIRST) if last is None else (last.number + 1, last.hash)
    entry = Entry(number, at, action, run, text, previous, "")
    entry = Entry(number, at, action, run, text, previous, _hash(keyring, entry))
    connection.execute(insert(ENTRIES).values(**asdict(entry)))
    return entry


def head(connection: Connection) -> Entry | None:
    """The last entry."""
    row = connection.execute(select(ENTRIES).order_by(desc(ENTRIES.c.number)).limit(1)).first()
    return None if row is None else Entry(**row._asdict())


def entries(connection: Connection, run: int | None = None) -> list[Entry]:
    """All entries in order, or those about a run."""
    query = select(ENTRIES).order_by(ENTRIES.c.number)
    if run is not None:
        query = query.where(ENTRIES.c.run == run)
    return [Entry(**row._asdict()) for row in connection.execute(query)]


def broken_links(trail: Sequence[Entry], keyring: Keyring, folder: Path) -> list[str]:
    """What in the chain is not as it was written: changed, missing, added or cut off."""
    faults, previous = [], _FIRST
    for number, entry in enumerate(trail, 1):
        if entry.number != number:
            faults.append(f"Entry {number} is missing: entry {entry.number} stands in its place.")
            break
        if entry.previous != previous:
            faults.append(f"Entry {number} does not follow the one before it.")
        if entry.hash != _hash(keyring, entry):
            faults.append(f"Entry {number} ({entry.action}, {entry.at}) was changed.")
        previous = entry.hash
    marked = _marked(folder)
    if marked is None:
        faults.append(f"{HEAD_NAME} is missing or damaged: a cut at the end could not be seen.")
    else:
        count, digest = marked
        if len(trail) < count:
            faults.append(f"The trail was cut: {count} entries were written, {len(trail)} remain.")
        elif count and trail[count - 1].hash != digest:
            faults.append(f"Entry {count} is not the one that {HEAD_NAME} knows.")
    return faults


def save_head(folder: Path, entry: Entry) -> None:
    """Note outside the database how far the trail had come."""
    content = json.dumps({"entries": entry.number, "hash": entry.hash})
    replace_file(folder / HEAD_NAME, content.encode("ascii"))


def _marked(folder: Path) -> tuple[int, str] | None:
    try:
        content = json.loads((folder / HEAD_NAME).read_text(encoding="ascii"))
        return int(content["entries"]), str(content["hash"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _hash(keyring: Keyring, entry: Entry) -> str:
    fields = asdict(entry)
    del fields["hash"]
    message = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return keyring.sign(message.encode("ascii"))
