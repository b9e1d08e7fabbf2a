"""The documents of a run as they are without a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from succession import io
from succession.errors import BadInput
from succession.planning.decisions.deciding import restated
from succession.planning.privacy.mentions import Mentions
from succession.planning.privacy.renaming import rename_plan, rename_scenario
from succession.planning.stored.documents import (
    comparison_files,
    json_bytes,
    lay_out,
    read_inputs,
)
from succession.planning.stored.reading import StoredPlan, read_stored, stored_figures, stored_plan
from succession.planning.stored.standing import standing_of
from succession.store import Role, Run, Store
from succession.store.objects import sha256_of

__all__ = ["Documents", "Rewriting", "rewrite"]

Documents = dict[tuple[Role, str], bytes]


@dataclass(frozen=True)
class Rewriting:
    """Who gets which id, and who (ids and names) is replaced in texts."""

    people: Mapping[str, str]
    texts: Mapping[str, str]

    @cached_property
    def mentions(self) -> Mentions:
        """What to look for."""
        return Mentions(self.texts)


def rewrite(store: Store, run: Run, rewriting: Rewriting, folder: Path) -> Documents:
    """Every document of the run, without the people; what cannot be written is left out."""
    documents = _texts(store, run, rewriting)
    if run.decision is None or run.file("output", "plan.json") is None:
        return documents | _input(store, run, rewriting, folder)
    try:
        stored = read_stored(store, run, folder)
    except BadInput:  # written by an earlier version, and no scenario to this one
        return documents
    if any(
        rewriting.mentions.inside(item.name, store.document(item)) for item in run.of_role("input")
    ):
        stored, renamed = _renamed(stored, rewriting)
        documents |= renamed
    else:
        documents |= {("input", item.name): store.document(item) for item in run.of_role("input")}
    return documents | _for_people(store, stored, rewriting, folder)


def _texts(store: Store, run: Run, rewriting: Rewriting) -> Documents:
    """JSON and logs, with others in the place of the people."""
    mentions, documents = rewriting.mentions, Documents()
    for item in run.files:
        if item.role == "input":
            continue
        content = store.document(item)
        if item.name.endswith(".json"):
            documents[item.role, item.name] = mentions.replaced_json(content)
        elif item.name.endswith(".log"):
            text = content.decode("utf-8", "replace")
            documents[item.role, item.name] = mentions.replaced(text).encode("utf-8")
    return documents


def _input(store: Store, run: Run, rewriting: Rewriting, folder: Path) -> Documents:
    """The scenario of a run without a plan; one that cannot be read comes back as it is."""
    inputs = {item.name: store.document(item) for item in run.of_role("input")}
    if not inputs:
        return {}
    try:
        source = lay_out(inputs, folder / "input")
        rename_scenario(io.load_scenario(source), rewriting.people, rewriting.mentions, source)
    except BadInput:
        return {("input", name): content for name, content in inputs.items()}
    return {("input", name): content for name, content in read_inputs(source).items()}


def _renamed(stored: StoredPlan, rewriting: Rewriting) -> tuple[StoredPlan, Documents]:
    """Scenario and plans with other ids, and their documents."""
    people, documents = rewriting.people, Documents()
    scenario = rename_scenario(stored.scenario, people, rewriting.mentions, stored.source)
    documents |= {("input", name): content for name, content in read_inputs(stored.source).items()}
    previous, previous_sha256 = stored.previous, stored.plan.previous_sha256
    if previous is not None:
        previous = rename_plan(previous, people)
        documents["previous", "plan.json"] = io.dump_plan(previous)
        previous_sha256 = sha256_of(documents["previous", "plan.json"])
    plan = rename_plan(
        stored.plan, people, scenario_sha256=scenario.sha256, previous_sha256=previous_sha256
    )
    documents["output", "plan.json"] = io.dump_plan(plan)
    record: dict[str, object] = json.loads(
        rewriting.mentions.replaced_json(json_bytes(stored.record))
    )
    record |= {"scenario_sha256": scenario.sha256, "previous_sha256": previous_sha256}
    record["plan_sha256"] = sha256_of(documents["output", "plan.json"])
    documents["output", "run.json"] = json_bytes(record)
    return replace(stored, scenario=scenario, plan=plan, previous=previous), documents


def _for_people(store: Store, stored: StoredPlan, rewriting: Rewriting, folder: Path) -> Documents:
    """What people read of the plan: where it stands is said without the names that go."""
    mentions, names = rewriting.mentions, store.keyring.names()
    left = {pseudonym: name for pseudonym, name in names.items() if name not in rewriting.texts}
    standing = standing_of(store, stored.run, left)
    standing = replace(standing, note=standing.note and mentions.replaced(standing.note))
    warnings = tuple(map(mentions.replaced, stored.warnings))
    record = json.loads(mentions.replaced_json(json_bytes(stored.record)))
    outputs = restated(replace(stored, warnings=warnings, record=record), standing)
    outputs |= _comparison(store, stored, rewriting, folder)
    return {("output", name): content for name, content in outputs.items()}


def _comparison(
    store: Store, stored: StoredPlan, rewriting: Rewriting, folder: Path
) -> dict[str, bytes]:
    """The comparison that the run has, made anew; nothing where its other plan was pruned."""
    number = stored.run.document.get("previous_run")
    if number is None or stored.run.file("output", "comparison.json") is None:
        return {}
    kept, reworded = store.run(number), rewriting.mentions.replaced_json
    before = stored_plan(store, kept, folder)
    if before is None:
        return {}
    plans = rename_plan(before, rewriting.people), stored.plan
    figures = (
        stored_figures(store, kept, folder, reworded),
        stored_figures(store, stored.run, folder, reworded),
    )
    return comparison_files(number, stored.run.number, plans, figures)
