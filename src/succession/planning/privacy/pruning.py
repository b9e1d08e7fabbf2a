"""Retention: documents of old runs go, with the keys of people who stand in no other."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

from succession import io
from succession.errors import BadInput
from succession.planning.privacy.mentions import words_in
from succession.planning.stored.documents import lay_out
from succession.planning.stored.scratch import scratch_folder
from succession.store import Run, Store

__all__ = ["prune"]


def prune(store: Store, *, keep: int, older_than: timedelta | None, at: str) -> list[int]:
    """Destroy the documents of old runs; returns their numbers.

    Spared are the newest `keep` runs, those that ended less than `older_than` before `at`, and the
    run whose plan is in force. What remains of a pruned run names nobody: figures, hashes, and
    its entries in the trail. Raises Refused while a run holds the store.
    """
    with store.run_alone():
        old = _old(store, keep, older_than, at)
        for run in old:
            with store.changing(at) as change:
                dropped = [f"{item.role}/{item.name}" for item in run.files]
                for item in run.files:
                    change.drop_file(run.number, item)
                change.note("pruned", run.number, {"dropped": dropped})
            shutil.rmtree(store.plan_folder(run.number), ignore_errors=True)
        store.sweep()
        if old:
            _forget_the_gone(store, at)
            store.forget_deleted()
    return [run.number for run in old]


def _old(store: Store, keep: int, older_than: timedelta | None, at: str) -> list[Run]:
    runs = store.runs()
    in_force = store.approved()
    spared = {run.number for run in runs[len(runs) - keep :]} if keep else set()
    if in_force is not None:
        spared.add(in_force.number)
    limit = None if older_than is None else datetime.fromisoformat(at) - older_than
    return [
        run
        for run in runs
        if run.files
        and run.number not in spared
        and run.ended is not None
        and (limit is None or datetime.fromisoformat(run.ended) < limit)
    ]


def _forget_the_gone(store: Store, at: str) -> None:
    """Destroy the keys of people who stand in no document that is left."""
    if not store.keyring.names():
        return
    left: set[str] = set()
    for run in store.runs():
        if run.files:
            left |= _people_in(store, run)
    with store.changing(at):
        store.keyring.forget(set(store.keyring.names().values()) - left)


def _people_in(store: Store, run: Run) -> set[str]:
    """Everybody in a run's scenario, and who decided on its plan."""
    names = store.keyring.names()
    deciders = {names.get(str(entry.content.get("by")), "") for entry in store.entries(run.number)}
    inputs = {item.name: store.document(item) for item in run.of_role("input")}
    if not inputs:
        return deciders
    with scratch_folder(store) as folder:
        try:
            scenario = io.load_scenario(lay_out(inputs, folder))
        except BadInput:
            return deciders.union(*(words_in(content) for content in inputs.values()))
    return deciders | {row.employee for row in scenario.employees}
