"""The log of scheduled runs: one JSON object a line, and never a person in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

__all__ = ["Clock", "Journal", "timestamp"]

Clock = Callable[[], datetime]
Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Journal:
    """Writes events with the time they happened; `write` takes a line without its end."""

    write: Callable[[str], None]
    clock: Clock

    def info(self, event: str, **fields: object) -> None:
        """Something went as it should."""
        self._tell("info", event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Something that somebody should look at."""
        self._tell("warning", event, fields)

    def error(self, event: str, **fields: object) -> None:
        """Something failed."""
        self._tell("error", event, fields)

    def _tell(self, level: Level, event: str, fields: dict[str, object]) -> None:
        record = {"time": timestamp(self.clock()), "level": level, "event": event, **fields}
        self.write(json.dumps(record, ensure_ascii=True, allow_nan=False, default=str))


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC, to the millisecond; as text they sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
