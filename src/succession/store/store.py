"""The store: database, documents, keys and trail kept in step."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from succession.errors import Refused, SuccessionError
from succession.store import runs, trail
from succession.store.database import connect, forget_deleted, migrate, reading, writing
from succession.store.keyring import Keyring
from succession.store.locks import run_lock
from succession.store.objects import Objects
from succession.store.runs import Decision, File, Role, Run, RunState
from succession.store.trail import Action, Entry

__all__ = ["Change", "Store", "hashes", "open_store"]


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; reading methods see one state each, `changing` is the only way to write."""

    folder: Path
    engine: Engine
    objects: Objects
    keyring: Keyring

    def plan_folder(self, number: int) -> Path:
        """Where people find the outputs of a run."""
        return self.folder / "plans" / f"run-{number:06d}"

    def run(self, number: int) -> Run:
        """The run of that number; raises Refused where there is none."""
        with reading(self.engine) as connection:
            found = runs.read_run(connection, number)
        if found is None:
            raise Refused(
                f"The store has no run {number}. `succession runs list` shows those it has."
            )
        return found

    def runs(self) -> list[Run]:
        """Every run, in order."""
        with reading(self.engine) as connection:
            return runs.all_runs(connection)

    def repeated(self, key: str) -> Run | None:
        """The last finished run of the same input, config and version."""
        with reading(self.engine) as connection:
            return runs.last_with_key(connection, key)

    def approved(self) -> Run | None:
        """The run whose plan is in force."""
        with reading(self.engine) as connection:
            return runs.last_approved(connection)

    def entries(self, run: int | None = None) -> list[Entry]:
        """The decision trail, or what it says about a run."""
        with reading(self.engine) as connection:
            return trail.entries(connection, run)

    def broken_links(self) -> list[str]:
        """What in the trail's chain was tampered with."""
        return trail.broken_links(self.entries(), self.keyring, self.folder)

    def document(self, item: File) -> bytes:
        """The bytes of a document; raises SuccessionError where they are gone or changed."""
        try:
            return self.objects.read(item.sha256)
        except (OSError, ValueError) as fault:
            raise SuccessionError(
                f"{item.name} is missing from the store, or was changed in it. "
                "`succession runs audit` lists what is wrong."
            ) from fault

    def run_alone(self) -> AbstractContextManager[None]:
        """Hold the store for a run, or raise Refused."""
        return run_lock(self.folder, self.engine)

    @contextmanager
    def changing(self, at: str) -> Iterator[Change]:
        """One step from state to state, at that time (ISO 8601, UTC): wholly, or not at all."""
        with writing(self.engine) as connection:
            change = Change(self, connection, at)
            yield change
        if change.last is not None:
            trail.save_head(self.folder, change.last)

    def sweep(self) -> int:
        """Remove documents that no run has; returns how many."""
        with writing(self.engine) as connection:
            return self.objects.keep_only(runs.known_hashes(connection))

    def forget_deleted(self) -> None:
        """Leave nothing of deleted rows in the database's files."""
        forget_deleted(self.engine)


class Change:
    """What may be done to a store within one step; every act leaves its entry in the trail."""

    def __init__(self, store: Store, connection: Connection, at: str) -> None:
        self._store = store
        self._connection = connection
        self.at = at
        self.last: Entry | None = None

    def start_run(
        self,
        key: str,
        document: Mapping[str, object],
        inputs: Mapping[str, bytes],
        previous: bytes | None = None,
    ) -> int:
        """A new running run with its inputs and previous plan; returns its number."""
        number = runs.add_run(self._connection, key, self.at, document)
        files = self.put_files(number, "input", inputs)
        if previous is not None:
            files += self.put_files(number, "previous", {"plan.json": previous})
        self.note("started", number, {"key": key, "files": hashes(files)})
        return number

    def end_run(
        self,
        number: int,
        state: RunState,
        document: Mapping[str, object],
        outputs: Mapping[str, bytes],
        decision: Decision | None,
    ) -> None:
        """The run is over: how, and with which outputs."""
        files = self.put_files(number, "output", outputs)
        runs.change_run(
            self._connection,
            number,
            state=state,
            ended=self.at,
            document=dict(document),
            decision=decision,
        )
        document_sha256 = self.run(number).document_sha256
        body = {"state": state, "decision": decision, "document": document_sha256}
        self.note("ended", number, {**body, "files": hashes(files)})

    def mark_notified(self, number: int) -> None:
        """Everybody who was to be told about the run has been told."""
        runs.change_run(self._connection, number, notified=True)

    def decide(self, number: int, decision: Decision) -> None:
        """Set where the run's plan stands; the caller notes who decided, and why."""
        runs.change_run(self._connection, number, decision=decision)

    def put_files(self, number: int, role: Role, contents: Mapping[str, bytes]) -> tuple[File, ...]:
        """Keep documents of a run, in the place of those of the same name."""
        files = tuple(
            File(role, name, self._store.objects.add(content), len(content))
            for name, content in contents.items()
        )
        runs.put_files(self._connection, number, files)
        return files

    def drop_file(self, number: int, item: File) -> None:
        """Let go of a document; `sweep` removes its bytes."""
        runs.drop_file(self._connection, number, item.role, item.name)

    def note(self, action: Action, run: int | None, body: Mapping[str, object]) -> Entry:
        """Add to the trail."""
        self.last = trail.append(self._connection, self._store.keyring, self.at, action, run, body)
        return self.last

    def run(self, number: int) -> Run:
        """The run as this step sees it; raises Refused where there is none."""
        found = runs.read_run(self._connection, number)
        if found is None:
            raise Refused(
                f"The store has no run {number}. `succession runs list` shows those it has."
            )
        return found

    def running(self) -> list[Run]:
        """Runs that have not ended."""
        return runs.runs_in(self._connection, "running")


def hashes(files: tuple[File, ...]) -> dict[str, str]:
    """Documents by role and name, as the trail records them."""
    return {f"{item.role}/{item.name}": item.sha256 for item in files}


def open_store(folder: Path, url: str | None, at: str) -> Store:
    """Open the store in `folder`, made and brought up to date where needed; `at` is the time.

    Raises Refused where it cannot be used with this version, SuccessionError where its database
    cannot be reached or its keys are gone.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "objects").mkdir(exist_ok=True)
    except OSError as fault:
        raise Refused(f"The store {folder} cannot be written to: {fault.strerror}.") from fault
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused(f"The store {folder} cannot be written to.")
    engine = connect(folder, url)
    with writing(engine) as connection:
        migrate(connection)
        last = trail.head(connection)
        keyring = Keyring.create(folder) if last is None else Keyring.load(folder)
        if last is None:
            last = trail.append(connection, keyring, at, "created", None, {})
            trail.save_head(folder, last)
    return Store(folder, engine, Objects(folder / "objects"), keyring)
