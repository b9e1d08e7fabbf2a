"""The configuration of a scheduled run: one TOML file, checked in one pass."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from succession.domain.findings import Finding
from succession.errors import BadInput
from succession.io.values.words import nearest
from succession.planning.record import file_sha256
from succession.planning.run import RunSettings

__all__ = ["Config", "FileDrop", "Notify", "Smtp", "Solve", "Webhook", "read_config"]

_HINTS = {
    "extra_forbidden": "Take it out.",
    "missing": "Add it.",
    "finite_number": "Give a finite number.",
}


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Solve(_Table):
    """[solve]: what `succession solve` is asked; seconds, and a share of the cost."""

    gap: Annotated[float, Field(ge=0)] = 1e-4
    time_limit: Annotated[float, Field(gt=0)] = 600.0
    threads: Annotated[int, Field(ge=1)] = 1
    strict: bool = True
    previous: str = "approved"


class StoreTable(_Table):
    """[store]: the folder, and the database's URL unless it is SQLite in that folder."""

    folder: str = "store"
    url: str | None = None
    url_env: str | None = None


class FileDrop(_Table):
    """[notify.file]: a message file in a folder that something else watches."""

    folder: Annotated[str, Field(min_length=1)]


class Smtp(_Table):
    """[notify.smtp]: a mail to each address; the password is in an environment variable."""

    host: Annotated[str, Field(min_length=1)]
    sender: Annotated[str, Field(min_length=3)]
    to: Annotated[list[str], Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_env: str | None = None


class Webhook(_Table):
    """[notify.webhook]: an HTTP POST of the message; the bearer token is in the environment."""

    url: Annotated[HttpUrl, Field(strict=False)]
    token_env: str | None = None


class Notify(_Table):
    """[notify]: who is told; nobody unless asked for."""

    file: FileDrop | None = None
    smtp: Smtp | None = None
    webhook: Webhook | None = None


class Config(_Table):
    """The whole file. Paths are relative to the folder it stands in."""

    scenario: Annotated[str, Field(min_length=1)]
    log: str | None = None
    solve: Solve = Solve()
    store: StoreTable = StoreTable()
    notify: Notify = Notify()
    source: Annotated[Path, Field(exclude=True)] = Path()

    @property
    def scenario_path(self) -> Path:
        """The workbook or CSV folder."""
        return self._beside(self.scenario)

    @property
    def store_folder(self) -> Path:
        """Where documents, plans and keys are kept."""
        return self._beside(self.store.folder)

    @property
    def log_path(self) -> Path | None:
        """The file that log lines are added to, besides standard error."""
        return None if self.log is None else self._beside(self.log)

    @property
    def drop_folder(self) -> Path | None:
        """Where message files go."""
        return None if self.notify.file is None else self._beside(self.notify.file.folder)

    @property
    def previous_path(self) -> Path | None:
        """A previous plan that is named outright."""
        named = self.solve.previous not in ("approved", "none")
        return self._beside(self.solve.previous) if named else None

    @property
    def database_url(self) -> str | None:
        """The database's URL, or None for SQLite. Raises BadInput where its variable is empty."""
        if self.store.url_env is None:
            return self.store.url
        url = os.environ.get(self.store.url_env)
        if not url:
            message = f"The environment variable {self.store.url_env} is not set."
            hint = "Set it to the database's URL, or name another variable."
            raise BadInput([_finding(self.source, "store.url_env", None, message, hint)])
        return url

    @cached_property
    def sha256(self) -> str:
        """Of what decides the plan: the solve table, and the bytes of a previous plan it names.

        Where the store is and who is told are no part of it. Raises BadInput for a previous plan
        that cannot be read.
        """
        content = self.solve.model_dump()
        path = self.previous_path
        if path is not None:
            if not path.is_file():
                message = f"{path} is no file."
                hint = 'Give a plan.json, "approved" or "none".'
                place = "solve.previous"
                raise BadInput([_finding(self.source, place, self.solve.previous, message, hint)])
            content["previous"] = file_sha256(path)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def run_settings(self, previous: Path | None, standing: str) -> RunSettings:
        """What the front door is asked for.

        `force`: an input that was done before never gets that far, so one that reads like the
        scenario of the plan in force was saved anew, or is wanted anew. It warns and goes on.
        """
        solve = self.solve
        return RunSettings(
            gap=solve.gap,
            time_limit=solve.time_limit,
            threads=solve.threads,
            strict=solve.strict,
            force=True,
            previous=previous,
            standing=standing,
        )

    def _beside(self, path: str) -> Path:
        return self.source.parent / Path(path).expanduser()


def read_config(path: Path) -> Config:
    """The configuration; raises BadInput with all that is wrong in it."""
    content = _parse(path)
    content.pop("source", None)
    try:
        config = Config.model_validate({**content, "source": path.absolute()})
    except ValidationError as fault:
        raise BadInput([_told(path, error) for error in fault.errors()]) from fault
    if config.store.url is not None and config.store.url_env is not None:
        message = "Both url and url_env are given."
        raise BadInput([_finding(path, "store.url", None, message, "Keep one of them.")])
    return config


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        message = f"{path} cannot be read: {fault.strerror}."
        raise BadInput([_finding(path, None, None, message, "Give a TOML file.")]) from fault
    except (ValueError, RecursionError) as fault:
        message = f"It is no TOML: {fault}."
        hint = "docs/unattended.md shows a whole file."
        raise BadInput([_finding(path, None, None, message, hint)]) from fault


def _told(path: Path, error: Mapping[str, object]) -> Finding:
    place = error["loc"]
    parts = [str(part) for part in place] if isinstance(place, tuple) else []
    kind, value = str(error["type"]), error.get("input")
    message, hint = f"{error['msg']}.", _HINTS.get(kind, "Correct it.")
    if kind == "extra_forbidden":
        message = "There is no such key."
        close = nearest(parts[-1], _keys(parts[:-1]))
        hint = f"Did you mean {close}?" if close else hint
    elif kind == "missing":
        message, value = "It must be given.", None
    return _finding(path, ".".join(parts), value, message, hint)


def _keys(parents: list[str]) -> list[str]:
    """The keys that the table of that path may have."""
    tables: dict[str, type[BaseModel]] = {"solve": Solve, "store": StoreTable, "notify": Notify}
    tables |= {"file": FileDrop, "smtp": Smtp, "webhook": Webhook}
    table = tables.get(parents[-1], Config) if parents else Config
    return [name for name in table.model_fields if name != "source"]


def _finding(path: Path, key: str | None, value: object, message: str, hint: str) -> Finding:
    shown = None if value is None or isinstance(value, dict | list) else str(value)[:80]
    message = f"{key}: {message}" if key else message
    return Finding(
        "error", "E_CONFIG", message, sheet=path.name, column=key, value=shown, hint=hint
    )
