"""A named person approves, rejects or overrides a proposal."""

from __future__ import annotations

import secrets

from succession.errors import Refused
from succession.planning.record import read_stability
from succession.planning.run import render
from succession.planning.stored.documents import deliver, json_bytes
from succession.planning.stored.reading import StoredPlan, read_stored
from succession.planning.stored.scratch import scratch_folder
from succession.planning.stored.standing import Standing
from succession.store import Change, Decision, Run, Store, hashes
from succession.store.trail import Action

__all__ = ["check_decider", "decide", "put_note", "record_decision", "restated"]

_VERBS: dict[str, Action] = {
    "approved": "approved",
    "rejected": "rejected",
    "overridden": "overridden",
}


def decide(
    store: Store, number: int, decision: Decision, *, by: str, note: str | None, at: str
) -> Run:
    """Record the decision and say it in the run's outputs; returns the run.

    `by` is who decides, `at` when (ISO 8601, UTC). To reject, to override and to decide again take
    a reason in `note`. Raises Refused where the run has no plan, or is decided so already.
    """
    by = check_decider(by)
    with scratch_folder(store) as folder, store.changing(at) as change:
        stored = read_stored(store, change.run(number), folder)
        record_decision(store, change, stored, Standing(number, decision, by, at, note))
    decided = store.run(number)
    deliver(store, decided)
    return decided


def record_decision(store: Store, change: Change, stored: StoredPlan, standing: Standing) -> None:
    """Within a step: keep the outputs that say it, and note who decided and why."""
    run, decision = change.run(standing.run), standing.state
    _check(run, decision, standing.note)
    files = hashes(change.put_files(run.number, "output", restated(stored, standing)))
    change.decide(run.number, decision)
    body: dict[str, object] = {"by": store.keyring.pseudonym(standing.by or ""), "note": None}
    body |= {"files": files, **put_note(change, run, standing.note, files)}
    change.note(_VERBS[decision], run.number, body)


def check_decider(by: str) -> str:
    """The name, trimmed; raises Refused where there is none."""
    if not by.strip() or not by.isprintable():
        raise Refused("A decision needs the name of who decides: --by NAME.")
    return by.strip()


def put_note(
    change: Change, run: Run, note: str | None, files: dict[str, str]
) -> dict[str, object]:
    """Keep a note as a document and return what the trail says of it.

    The salt keeps the hash in the trail from giving away a short note once it has been purged.
    """
    if not note:
        return {}
    name = f"note-{len(run.of_role('note')) + 1}.json"
    content = json_bytes({"salt": secrets.token_hex(16), "note": note})
    kept = change.put_files(run.number, "note", {name: content})
    return {"note": name, "files": files | hashes(kept)}


def restated(stored: StoredPlan, standing: Standing) -> dict[str, bytes]:
    """The outputs that say where the plan stands."""
    changes = read_stability(stored.record.get("changes"), stored.scenario.settings.calendar)
    files = render(stored.scenario, stored.plan, stored.warnings, standing.sentence, changes)
    return {**files, "decision.json": standing.as_json}


def _check(run: Run, decision: Decision, note: str | None) -> None:
    if decision != "approved" and not note:
        raise Refused("To reject or override a plan takes a reason: --reason.")
    if run.decision == decision:
        raise Refused(f"Run {run.number} is {decision} already.")
    if run.decision not in (None, "proposal") and not note:
        raise Refused(f"Run {run.number} is {run.decision} already. To decide anew, give a reason.")
