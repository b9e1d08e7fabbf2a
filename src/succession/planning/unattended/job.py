"""The scheduled run: read, check, solve, verify, report, compare, store, notify; once an input."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import succession
from succession.domain.findings import Finding
from succession.domain.result import Progress
from succession.errors import BadInput
from succession.planning.record import file_sha256, finding_record
from succession.planning.run import RunOutcome, run
from succession.planning.stored.documents import (
    comparison_files,
    deliver,
    json_bytes,
    lay_out,
    read_inputs,
    restore,
)
from succession.planning.stored.reading import stored_figures, stored_plan
from succession.planning.stored.scratch import remove_dead, scratch_folder
from succession.planning.stored.standing import proposal
from succession.planning.unattended.config import Config
from succession.planning.unattended.journal import Journal, timestamp
from succession.planning.unattended.notify import tell
from succession.store import Decision, Run, RunState, Store, open_store

__all__ = ["JobOutcome", "run_job"]

_FIGURES = ("status", "stopped", "cost", "bound", "gap", "rounds", "columns", "timings", "versions")


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """The run and where its outputs are; `repeated` when nothing had to be done.

    `findings` are those of a scenario that was refused, `untold` why somebody was not told.
    """

    run: Run
    folder: Path
    repeated: bool
    findings: tuple[Finding, ...] = ()
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    """What the steps of a run share."""

    config: Config
    store: Store
    journal: Journal
    work: Path
    interrupted: Callable[[], bool] | None

    @property
    def now(self) -> str:
        return timestamp(self.journal.clock())


def run_job(
    config: Config,
    journal: Journal,
    *,
    again: bool = False,
    interrupted: Callable[[], bool] | None = None,
) -> JobOutcome:
    """Do the run that the configuration asks for, unless it was done before.

    A run that was done before is one of the same input, config and version; `again` does it anew.
    Raises Refused while another run holds the store, BadInput for a bad configuration. A bad
    scenario is an outcome, and so is a fault: a run in state "rejected" or "failed".
    """
    store = open_store(config.store_folder, config.database_url, timestamp(journal.clock()))
    with store.run_alone(), scratch_folder(store) as work:
        job = _Job(config, store, journal, work, interrupted)
        _clear_up(job)
        return _conclude(job, *_run_once(job, again))


def _clear_up(job: _Job) -> None:
    """See what dead runs left: mark them, finish what was decided, drop what was not."""
    with job.store.changing(job.now) as change:
        dead = change.running()
        for left in dead:
            document = {**left.document, "failure": "its process ended without a word"}
            change.end_run(left.number, "died", document, {}, None)
    for left in dead:
        job.journal.warning("dead_run_found", run=left.number, started=left.started)
    for number in restore(job.store):
        job.journal.warning("outputs_restored", run=number)
    job.store.sweep()
    remove_dead(job.store)


def _run_once(job: _Job, again: bool) -> tuple[Run, bool, tuple[Finding, ...]]:
    inputs = read_inputs(job.config.scenario_path)
    source = lay_out(inputs, job.work / "input") if inputs else job.config.scenario_path
    sha256 = file_sha256(source) if inputs else hashlib.sha256().hexdigest()
    parts = (sha256, job.config.sha256, succession.__version__)
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    before = job.store.repeated(key)
    if before is not None and before.files and not again:
        job.journal.info("already_done", run=before.number, input_sha256=sha256)
        return before, True, ()
    document: dict[str, Any] = {
        "version": succession.__version__,
        "input_sha256": sha256,
        "config_sha256": job.config.sha256,
        "settings": job.config.solve.model_dump(),
    }
    approved, previous = _previous(job)
    if approved is not None:
        document["previous_run"] = approved.number
    with job.store.changing(job.now) as change:
        kept = None if previous is None else previous.read_bytes()
        number = change.start_run(key, document, inputs, kept)
    job.journal.info("started", run=number, input_sha256=sha256, version=succession.__version__)
    findings: tuple[Finding, ...] = ()
    try:
        findings = _solve(job, number, source, previous, document)
    except Exception as fault:
        _fail(job, number, document, fault)
    except KeyboardInterrupt:
        with job.store.changing(job.now) as change:
            change.end_run(number, "interrupted", document, {}, None)
        job.journal.warning("interrupted", run=number)
        raise
    return job.store.run(number), False, findings


def _solve(
    job: _Job, number: int, source: Path, previous: Path | None, document: Mapping[str, Any]
) -> tuple[Finding, ...]:
    """Read, check, solve, verify, report, compare and store; the findings that forbade it."""
    try:
        outcome = run(
            source,
            job.work / "output",
            job.config.run_settings(previous, proposal(number).sentence),
            progress=_Phases(job.journal, number),
            interrupted=job.interrupted,
        )
    except BadInput as fault:
        _reject(job, number, document, fault.findings)
        return fault.findings
    outputs = {path.name: path.read_bytes() for path in outcome.files}
    if outcome.result.plan.has_plan:
        outputs |= _compare(job, number, document.get("previous_run"), outcome)
        outputs["decision.json"] = proposal(number).as_json
    record = {**document, **_figures(outcome, outputs)}
    state = _state(outcome)
    decision: Decision | None = "proposal" if outcome.result.plan.has_plan else None
    with job.store.changing(job.now) as change:
        change.end_run(number, state, record, outputs, decision)
    shown = {name: record.get(name) for name in ("status", "cost", "bound", "gap", "warnings")}
    job.journal.info(state, run=number, **shown)
    return ()


def _state(outcome: RunOutcome) -> RunState:
    if outcome.result.stopped == "interrupted":
        return "interrupted"
    return "unsolved" if outcome.result.plan.status == "unknown" else "finished"


def _previous(job: _Job) -> tuple[Run | None, Path | None]:
    """The run whose plan is in force, and the plan that changes are counted against."""
    approved = job.store.approved()
    if job.config.solve.previous != "approved" or approved is None:
        return approved, job.config.previous_path
    item = approved.file("output", "plan.json")
    if item is None:
        return approved, None
    folder = job.work / "previous"
    return approved, lay_out({"plan.json": job.store.document(item)}, folder)


def _compare(job: _Job, number: int, approved: int | None, outcome: RunOutcome) -> dict[str, bytes]:
    """The new plan beside the one in force, where there is one that it can be compared with."""
    if approved is None:
        return {}
    kept = job.store.run(approved)
    before = stored_plan(job.store, kept, job.work)
    if before is None:
        return {}
    figures = stored_figures(job.store, kept, job.work), outcome.figures
    try:
        return comparison_files(approved, number, (before, outcome.result.plan), figures)
    except BadInput as fault:
        codes = sorted({finding.code for finding in fault.findings})
        job.journal.warning("not_compared", run=number, approved=approved, codes=codes)
        return {}


def _figures(outcome: RunOutcome, outputs: Mapping[str, bytes]) -> dict[str, Any]:
    """What the store's document says of a run; nothing in it names a person."""
    record = json.loads(outputs["run.json"]) if "run.json" in outputs else {}
    severities = Counter(finding.severity for finding in outcome.findings)
    plan = outcome.result.plan
    return {
        **{name: record[name] for name in _FIGURES if name in record},
        "scenario": plan.scenario,
        "scenario_sha256": plan.scenario_sha256,
        "previous_sha256": plan.previous_sha256,
        "currency": plan.currency,
        "periods": [plan.start.isoformat(), plan.period, plan.periods],
        "warnings": len(outcome.warnings),
        "findings": dict(sorted(severities.items())),
        "seconds": round(outcome.result.seconds, 3),
    }


def _reject(
    job: _Job, number: int, document: Mapping[str, Any], findings: tuple[Finding, ...]
) -> None:
    severities = dict(sorted(Counter(finding.severity for finding in findings).items()))
    records = json_bytes([finding_record(finding) for finding in findings])
    record = {**document, "findings": severities, "failure": "bad input"}
    with job.store.changing(job.now) as change:
        change.end_run(number, "rejected", record, {"findings.json": records}, None)
    # Code and place only: what stands in a cell may be a person, and logs are kept by others.
    places = [{"code": finding.code, "place": finding.place} for finding in findings]
    job.journal.error("rejected", run=number, findings=places[:200], total=len(findings))


def _fail(job: _Job, number: int, document: Mapping[str, Any], fault: Exception) -> None:
    """The run ended in a fault; the traceback stays in the store, for it may name people."""
    failure = type(fault).__name__
    text = "".join(traceback.format_exception(fault)).encode("utf-8", "backslashreplace")
    with job.store.changing(job.now) as change:
        record = {**document, "failure": failure}
        change.end_run(number, "failed", record, {"fault.log": text}, None)
    job.journal.error("failed", run=number, failure=failure)


def _conclude(job: _Job, done: Run, repeated: bool, findings: tuple[Finding, ...]) -> JobOutcome:
    folder = job.store.plan_folder(done.number)
    if deliver(job.store, done):
        job.journal.info("delivered", run=done.number, folder=str(folder))
    untold = _tell_all(job)
    return JobOutcome(job.store.run(done.number), folder, repeated, findings, untold)


def _tell_all(job: _Job) -> tuple[str, ...]:
    """Tell of every run that ended and was not told of; what failed is tried by the next start."""
    untold: list[str] = []
    for ended in job.store.runs():
        if ended.notified or ended.state == "running":
            continue
        failures = tell(job.config, ended, job.store.plan_folder(ended.number))
        for channel, reason in failures.items():
            job.journal.error("not_notified", run=ended.number, channel=channel, reason=reason)
            untold.append(f"{channel}: {reason}")
        if not failures:
            with job.store.changing(job.now) as change:
                change.mark_notified(ended.number)
    return tuple(untold)


class _Phases:
    """Logs where a solve stands whenever it goes on to another phase."""

    def __init__(self, journal: Journal, number: int) -> None:
        self._journal, self._number, self._last = journal, number, ""

    def __call__(self, progress: Progress) -> None:
        """A line of the solve's history."""
        if progress.phase != self._last:
            self._last = progress.phase
            figures = {"cost": progress.cost, "bound": progress.bound, "gap": progress.gap}
            self._journal.info("solving", run=self._number, phase=progress.phase, **figures)
