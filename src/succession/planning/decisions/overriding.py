"""People decide otherwise than the plan: their own plan is verified, priced and kept instead."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from pathlib import Path

from succession import io
from succession.domain.findings import Finding
from succession.domain.plan import Plan, Status
from succession.domain.rules import Violation
from succession.errors import BadInput
from succession.planning.comparing import figures as key_figures
from succession.planning.decisions.deciding import (
    check_decider,
    put_note,
    record_decision,
    restated,
)
from succession.planning.record import stability_record
from succession.planning.stability import examine_changes
from succession.planning.stored.documents import deliver, json_bytes
from succession.planning.stored.reading import StoredPlan, read_stored
from succession.planning.stored.scratch import scratch_folder
from succession.planning.stored.standing import Standing
from succession.store import Change, Run, Store
from succession.store.objects import sha256_of
from succession.verify import verify

__all__ = ["override"]


def override(store: Store, number: int, plan_path: Path, *, by: str, note: str, at: str) -> Run:
    """Put the plan of a file in the place of a run's; returns the run that holds it, approved.

    What the file says of costs, bound and status is worked out anew. Raises BadInput with every
    rule that the plan breaks, Refused where the run has no plan.
    """
    by = check_decider(by)
    wanted = io.read_plan(plan_path)
    with scratch_folder(store) as folder:
        stored = read_stored(store, store.run(number), folder)
        plan = _priced(stored, wanted, plan_path.name)
        with store.changing(at) as change:
            successor = _add(store, change, stored, plan, by=by, note=note)
            reason = f"{note} (see run {successor})"
            record_decision(store, change, stored, Standing(number, "overridden", by, at, reason))
    for changed in (number, successor):
        deliver(store, store.run(changed))
    return store.run(successor)


def _priced(stored: StoredPlan, wanted: Plan, name: str) -> Plan:
    """The plan with its costs and the bound of the run; raises BadInput where it is not legal."""
    kept = stored.plan
    if not wanted.has_plan:
        raise BadInput([_finding(name, "E_OVERRIDE_EMPTY", "There is no plan in it.")])
    plan = replace(
        wanted,
        scenario=kept.scenario,
        scenario_sha256=kept.scenario_sha256,
        previous_sha256=kept.previous_sha256,
        start=kept.start,
        period=kept.period,
        periods=kept.periods,
        currency=kept.currency,
        status="feasible",
        bound=kept.bound,
    )
    costs = verify(stored.scenario, plan, stored.previous).costs
    cost = costs.total
    bound = min(kept.bound if kept.bound is not None else cost, cost)
    gap = (cost - bound) / max(1.0, abs(cost))
    status: Status = "optimal" if gap <= _OPTIMAL else "feasible"
    plan = replace(plan, costs=costs, cost=cost, bound=bound, gap=gap, status=status)
    violations = verify(stored.scenario, plan, stored.previous).violations
    if violations:
        raise BadInput([_broken(name, violation) for violation in violations])
    return plan


_OPTIMAL = 1e-6


def _add(
    store: Store, change: Change, stored: StoredPlan, plan: Plan, *, by: str, note: str
) -> int:
    """Keep the plan as a run of its own; returns its number."""
    number = stored.run.number
    content = io.dump_plan(plan)
    key = hashlib.sha256(f"override {number}".encode() + content).hexdigest()
    figures = {"status": plan.status, "cost": plan.cost, "bound": plan.bound, "gap": plan.gap}
    document = {**stored.run.document, **figures, "stopped": "overridden", "override_of": number}
    record = {**stored.record, **figures, "stopped": "overridden", "override_of": number}
    record |= asdict(key_figures(stored.scenario, plan))
    record["plan_sha256"] = sha256_of(content)
    if stored.previous is not None:
        stability = examine_changes(stored.scenario, plan, stored.previous)
        record["changes"] = stability_record(stability)
    inputs = {item.name: store.document(item) for item in stored.run.of_role("input")}
    kept = stored.run.file("previous", "plan.json")
    previous = None if kept is None else store.document(kept)
    successor = change.start_run(key, document, inputs, previous)
    standing = Standing(successor, "approved", by, change.at, note)
    outputs = {"plan.json": content, "run.json": json_bytes(record)}
    outputs |= restated(replace(stored, plan=plan, record=record), standing)
    change.end_run(successor, "finished", document, outputs, "approved")
    body: dict[str, object] = {"by": store.keyring.pseudonym(by)}
    body |= put_note(change, change.run(successor), note, {})
    change.note("approved", successor, body)
    return successor


def _broken(name: str, violation: Violation) -> Finding:
    place = " ".join(part for part in (violation.who, violation.what, violation.when) if part)
    return _finding(name, "E_OVERRIDE_RULE", f"{violation.rule}: {place}: {violation.message}")


def _finding(name: str, code: str, message: str) -> Finding:
    hint = "Correct the plan; `succession verify` checks it too."
    return Finding("error", code, message, sheet=name, hint=hint)
