"""A run's documents taken out of the store, as they are or under pseudonyms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from succession import io
from succession.errors import Refused, SuccessionError
from succession.metrics import Figures
from succession.planning.decisions.deciding import restated
from succession.planning.privacy.mentions import Mentions
from succession.planning.privacy.renaming import rename_plan, rename_scenario
from succession.planning.stored.documents import json_bytes
from succession.planning.stored.reading import StoredPlan, read_stored
from succession.planning.stored.scratch import scratch_folder
from succession.store import Store
from succession.store.objects import sha256_of

__all__ = ["export"]

_SAFE = (
    "format",
    "written",
    "scenario",
    "settings",
    "versions",
    "status",
    "stopped",
    "cost",
    "bound",
    "gap",
    "rounds",
    "columns",
    "history",
    "timings",
)
"""What of run.json names nobody: findings and warnings quote cells."""


def export(store: Store, number: int, out: Path, *, pseudonymised: bool, at: str) -> list[Path]:
    """Write a run's documents into the new folder `out`; returns the files.

    Under pseudonyms these are scenario, plan and reports; the same person has the same pseudonym
    in every export, until their key is destroyed. Raises Refused where `out` holds something, or
    the run has nothing to export.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Refused(f"{out} is not empty. Choose another --out.")
    run = store.run(number)
    if not run.files:
        raise Refused(f"The documents of run {number} were pruned.")
    if pseudonymised:
        documents = _pseudonymised(store, number, at)
    else:
        documents = {f"{item.role}/{item.name}": store.document(item) for item in run.files}
    try:
        for name, content in documents.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
    except OSError as fault:
        raise SuccessionError(f"{out} could not be written: {fault.strerror}.") from fault
    return [out / name for name in documents]


def _pseudonymised(store: Store, number: int, at: str) -> dict[str, bytes]:
    with scratch_folder(store) as folder:
        stored = read_stored(store, store.run(number), folder)
        everyone = [row.employee for row in stored.scenario.employees]
        deciders = [stored.standing.by] if stored.standing.by else []
        with store.changing(at):
            people = store.keyring.pseudonyms([*everyone, *deciders])
        mentions = Mentions(_with_names(stored, people))
        path = folder / "scenario"
        scenario = rename_scenario(stored.scenario, people, mentions, path)
        previous, previous_sha256 = None, None
        if stored.previous is not None:
            previous = io.dump_plan(rename_plan(stored.previous, people))
            previous_sha256 = sha256_of(previous)
        plan = rename_plan(
            stored.plan, people, scenario_sha256=scenario.sha256, previous_sha256=previous_sha256
        )
        left_out = len(stored.warnings)
        warnings = (
            (f"{left_out} warning(s) are left out, for they may name people.",) if left_out else ()
        )
        anonymous = replace(stored, scenario=scenario, plan=plan, warnings=warnings)
        standing = stored.standing
        by = None if standing.by is None else people[standing.by]
        documents = {f"scenario/{file.name}": file.read_bytes() for file in sorted(path.iterdir())}
        documents["plan.json"] = io.dump_plan(plan)
        if previous is not None:
            documents["previous/plan.json"] = previous
        documents |= restated(anonymous, replace(standing, by=by, note=None))
        safe = (*_SAFE, *(item.name for item in fields(Figures)))
        record = {name: stored.record[name] for name in safe if name in stored.record}
        record["plan_sha256"] = sha256_of(documents["plan.json"])
        documents["run.json"] = mentions.replaced_json(json_bytes(record))
        return documents


def _with_names(stored: StoredPlan, people: Mapping[str, str]) -> dict[str, str]:
    """Ids and names, each with the pseudonym."""
    named = {row.name: people[row.employee] for row in stored.scenario.employees if row.name}
    return {**named, **people}
