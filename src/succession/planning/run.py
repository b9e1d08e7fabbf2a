"""Read a scenario, solve it, verify the plan and write the results, all or none."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from succession import io, report
from succession.domain.findings import Finding
from succession.domain.plan import Plan
from succession.domain.result import Progress, SolveResult
from succession.domain.rules import Violation
from succession.domain.scenario import Scenario
from succession.domain.stability import Stability
from succession.errors import BadInput, Refused, SolverError, SuccessionError
from succession.metrics import Figures, figures_of
from succession.planning.checking import check_scenario
from succession.planning.folder import existing_outputs, sweep, write_all
from succession.planning.lock import output_lock
from succession.planning.previous import read_previous, same_input
from succession.planning.record import run_record
from succession.planning.stability import examine_changes
from succession.verify import verify

__all__ = ["RunOutcome", "RunSettings", "render", "run", "solve"]

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What a caller may ask of a run; `previous` is a plan file, limits are in seconds.

    `force` replaces results that stand in the folder, and takes the previous plan's own scenario
    even where `strict` refuses warnings. `standing` is what the outputs say about who has decided
    on the plan.
    """

    gap: float = 1e-4
    time_limit: float = 600.0
    threads: int = 1
    strict: bool = False
    force: bool = False
    previous: Path | None = None
    standing: str = ""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run came to; `files` are those written, none after a fruitless interrupt.

    `stability` tells of the changes against a previous plan, where there was one.
    """

    scenario: Scenario
    result: SolveResult
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]
    folder: Path
    files: tuple[Path, ...]
    figures: Figures | None = None
    stability: Stability | None = None


@dataclass(slots=True)
class _Clock:
    """Seconds by phase of the run."""

    timings: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.monotonic)

    def lap(self, phase: str) -> None:
        now = time.monotonic()
        self.timings[phase] = now - self._last
        self._last = now


def run(
    source: Path,
    folder: Path,
    settings: RunSettings = RunSettings(),
    *,
    progress: Callable[[Progress], None] | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> RunOutcome:
    """Solve the scenario at `source` into `folder`.

    Raises BadInput (nothing was written), Refused (results stand there and `force` is not set, or
    another run holds the folder's lock) and SolverError (the plan failed its verification and was
    not written).
    """
    clock = _Clock()
    folder = folder.resolve()
    scenario, findings = _read(source, settings.strict)
    previous, previous_sha256 = read_previous(settings.previous, scenario)
    same = same_input(previous, scenario, source)
    if same and settings.strict and not settings.force:
        raise BadInput([*findings, *same])
    findings += same
    clock.lap("read")
    with output_lock(folder):
        sweep(folder)
        _refuse_overwriting(folder, settings.force)
        result, excesses = solve_and_verify(
            scenario, settings, previous, previous_sha256, progress, interrupted
        )
        clock.lap("solve")
        stability = _stability(scenario, result, settings, previous, progress, interrupted)
        if stability is not None:
            clock.lap("changes")
        warnings = _warnings(findings, result, excesses)
        outcome = RunOutcome(scenario, result, findings, warnings, folder, (), stability=stability)
        if result.stopped == "interrupted" and not result.plan.has_plan:
            return outcome
        return _write(outcome, source, settings, excesses, clock)


def solve(
    scenario: Scenario,
    *,
    gap: float = 1e-4,
    time_limit: float = 600.0,
    previous: Plan | None = None,
    previous_sha256: str | None = None,
    threads: int = 1,
    progress: Callable[[Progress], None] | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> SolveResult:
    """Find the plan of least cost, with proof, and verify it independently.

    Stops at the `gap` asked for, after `time_limit` seconds, or when `interrupted()` turns true.
    "Infeasible" and "unknown" are statuses of the result's plan. `previous` is the plan that
    changes are counted against. Raises SolverError if the plan found breaks a rule.
    """
    settings = RunSettings(gap=gap, time_limit=time_limit, threads=threads)
    result, _ = solve_and_verify(
        scenario, settings, previous, previous_sha256, progress, interrupted
    )
    return result


def solve_and_verify(
    scenario: Scenario,
    settings: RunSettings,
    previous: Plan | None,
    previous_sha256: str | None,
    progress: Callable[[Progress], None] | None,
    interrupted: Callable[[], bool] | None,
) -> tuple[SolveResult, tuple[str, ...]]:
    """The verified result, and what commitments alone exceed."""
    from succession import optimize

    result = optimize.solve(
        replace(scenario, groups=()),  # protected attributes never get as far as the solver
        gap=settings.gap,
        time_limit=settings.time_limit,
        previous=previous,
        previous_sha256=previous_sha256,
        threads=settings.threads,
        progress=progress,
        interrupted=interrupted,
    )
    if not result.plan.has_plan:
        return result, ()
    verification = verify(scenario, result.plan, previous)
    if not verification.ok:
        raise SolverError(_broken(verification.violations))
    return result, tuple(excess.message for excess in verification.excesses)


def _stability(
    scenario: Scenario,
    result: SolveResult,
    settings: RunSettings,
    previous: Plan | None,
    progress: Callable[[Progress], None] | None,
    interrupted: Callable[[], bool] | None,
) -> Stability | None:
    """What changed against the previous plan and why; nothing more is solved after an interrupt."""
    if previous is None or not result.plan.has_plan:
        return None

    def resolve(fixed: Scenario) -> Plan:
        again, _ = solve_and_verify(fixed, settings, None, None, progress, interrupted)
        return again.plan

    stopped = result.stopped == "interrupted"
    return examine_changes(scenario, result.plan, previous, None if stopped else resolve)


def _read(source: Path, strict: bool) -> tuple[Scenario, tuple[Finding, ...]]:
    loaded = check_scenario(source) if strict else io.load(source)
    findings = tuple(loaded.findings)
    barred = ("error", "warning") if strict else ("error",)
    if loaded.scenario is None or any(finding.severity in barred for finding in findings):
        raise BadInput(findings)
    return loaded.scenario, findings


def _refuse_overwriting(folder: Path, force: bool) -> None:
    standing = existing_outputs(folder)
    if standing and not force:
        raise Refused(
            f"{folder} holds results already ({', '.join(standing)}). "
            "Use --force to replace them, or another --out."
        )


def render(
    scenario: Scenario,
    plan: Plan,
    warnings: Sequence[str],
    standing: str = "",
    stability: Stability | None = None,
) -> dict[str, bytes]:
    """What people read of a plan, by file name; equal arguments give equal bytes."""
    return _shown(report.build_report(scenario, plan, warnings, standing, stability=stability))


def _shown(tables: report.Report) -> dict[str, bytes]:
    return {"results.xlsx": report.write_xlsx(tables), "report.html": report.write_html(tables)}


def _write(
    outcome: RunOutcome,
    source: Path,
    settings: RunSettings,
    excesses: Sequence[str],
    clock: _Clock,
) -> RunOutcome:
    plan = outcome.result.plan
    files, figures = {"plan.json": io.dump_plan(plan)}, None
    if plan.has_plan:
        tables = report.build_report(
            outcome.scenario,
            plan,
            outcome.warnings,
            settings.standing,
            stability=outcome.stability,
        )
        figures = figures_of(outcome.scenario, plan, tables.kpis)
        files |= _shown(tables)
        clock.lap("report")
    files["run.json"] = run_record(
        source,
        settings,
        outcome.result,
        outcome.findings,
        outcome.warnings,
        files["plan.json"],
        figures,
        clock.timings,
        outcome.stability,
    )
    try:
        write_all(outcome.folder, files)
    except OSError as fault:
        raise SuccessionError(
            f"The results could not be written: {fault.strerror or fault}. "
            f"What stood in {outcome.folder} before is untouched."
        ) from fault
    written = tuple(outcome.folder / name for name in files)
    return replace(outcome, files=written, figures=figures)


def _warnings(
    findings: Sequence[Finding], result: SolveResult, excesses: Sequence[str]
) -> tuple[str, ...]:
    read = [
        f"{finding.place}: {finding.message}" if finding.place else finding.message
        for finding in findings
        if finding.severity == "warning"
    ]
    return tuple(dict.fromkeys([*read, *result.warnings, *excesses]))


def _broken(violations: Sequence[Violation]) -> str:
    lines = [
        f"  {violation.rule}: {violation.who} {violation.what} {violation.when}: "
        f"{violation.message}"
        for violation in violations[:_SHOWN]
    ]
    head = f"The plan found breaks {len(violations)} rule(s); it was not written."
    return "\n".join([head, *lines])
