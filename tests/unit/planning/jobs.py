"""A scheduled run in a folder of its own, with a clock that ticks a minute a look."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from succession.planning.unattended import Config, JobOutcome, Journal, read_config, run_job
from succession.store import Store, open_store

__all__ = ["BASE", "Site"]

BASE = Path(__file__).parents[3] / "scenarios" / "toy" / "base"


class Site:
    """A configuration, its scenario (a copy of the toy's base) and what its runs logged."""

    def __init__(self, folder: Path, url: str | None, extra: str = "") -> None:
        self.folder = folder
        self.log: list[dict[str, Any]] = []
        self._times = _ticking()
        shutil.copytree(BASE, folder / "base")
        where = "" if url is None else f'[store]\nurl = "{url}"\n'
        (folder / "succession.toml").write_text(f'scenario = "base"\n{where}{extra}', "utf-8")

    @classmethod
    def copied(cls, original: Path, folder: Path) -> Site:
        """The site in another folder, with all that has happened in it (SQLite only)."""
        site = cls.__new__(cls)
        site.folder, site.log, site._times = folder, [], _ticking()
        shutil.copytree(original, folder, dirs_exist_ok=True)
        return site

    @property
    def config(self) -> Config:
        return read_config(self.folder / "succession.toml")

    @property
    def store(self) -> Store:
        config = self.config
        return open_store(config.store_folder, config.database_url, "2027-01-01T00:00:00.000+00:00")

    def now(self) -> datetime:
        return next(self._times)

    def run(self, **options: Any) -> JobOutcome:
        journal = Journal(lambda line: self.log.append(json.loads(line)), self.now)
        return run_job(self.config, journal, **options)

    def events(self) -> list[str]:
        return [line["event"] for line in self.log]

    def change_scenario(self, table: str, old: str, new: str) -> None:
        path = self.folder / "base" / f"{table}.csv"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


def _ticking() -> Iterator[datetime]:
    moment = datetime(2027, 1, 5, 6, tzinfo=UTC)
    while True:
        yield moment
        moment += timedelta(minutes=1)
