"""Solve every scenario of a set into a folder of its own, and compare them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from succession import io
from succession.domain.findings import Finding
from succession.domain.result import Progress
from succession.errors import BadInput, Refused
from succession.planning.comparing import FEWEST, MOST, ComparisonOutcome, compare_files
from succession.planning.folder import COMPARISON_OUTPUTS, OUTPUTS, existing_outputs
from succession.planning.run import RunOutcome, RunSettings, run
from succession.planning.scenario_set import Member, complete, find_members

__all__ = ["COMPARISON", "BatchOutcome", "run_batch"]

COMPARISON = "comparison"
"""The folder of the comparison, beside those of the plans."""


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """The runs by name, in order, and their comparison; None where fewer than two have a plan."""

    folder: Path
    runs: Mapping[str, RunOutcome]
    comparison: ComparisonOutcome | None
    interrupted: bool


def run_batch(
    source: Path,
    folder: Path,
    settings: RunSettings,
    *,
    started: Callable[[str], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> BatchOutcome:
    """Solve the set of scenarios at `source` into `folder`, one after the other.

    Every scenario is read before the first is solved. Each plan is written as soon as it is found;
    an interrupt ends the batch after the plan in work, without a comparison.

    Raises BadInput (nothing was written), Refused (results stand there and `force` is not set, or
    another run holds a folder's lock) and SolverError.
    """
    folder = folder.resolve()
    members = _members(source)
    _refuse_overwriting(folder, members, settings)
    runs: dict[str, RunOutcome] = {}
    with tempfile.TemporaryDirectory(prefix="succession-") as workspace:
        paths = {member.name: complete(member, Path(workspace)) for member in members}
        _check(paths, strict=settings.strict)
        for name, path in paths.items():
            if started is not None:
                started(name)
            runs[name] = run(
                path, folder / name, settings, progress=progress, interrupted=interrupted
            )
            if runs[name].result.stopped == "interrupted":
                return BatchOutcome(folder, runs, None, interrupted=True)
    solved = [folder / name for name, outcome in runs.items() if outcome.result.plan.has_plan]
    comparison = None
    if len(solved) >= FEWEST:
        comparison = compare_files(solved, folder / COMPARISON, force=settings.force)
    return BatchOutcome(folder, runs, comparison, interrupted=False)


def _members(source: Path) -> tuple[Member, ...]:
    members = find_members(source)
    if len(members) > MOST or any(member.name == COMPARISON for member in members):
        message = f"It holds {len(members)} scenarios; at most {MOST} can be compared."
        hint = "Move some to a set of their own."
        if len(members) <= MOST:
            message = f"A scenario is called {COMPARISON}, as the comparison's folder is."
            hint = "Rename it."
        raise BadInput([Finding("error", "E_SET_SIZE", message, sheet=source.name, hint=hint)])
    return members


def _refuse_overwriting(folder: Path, members: Sequence[Member], settings: RunSettings) -> None:
    """Before anything is solved: nobody waits for hours only to be refused."""
    if settings.force:
        return
    standing = [
        f"{member.name}/{name}"
        for member in members
        for name in existing_outputs(folder / member.name, OUTPUTS)
    ]
    standing += [
        f"{COMPARISON}/{name}" for name in existing_outputs(folder / COMPARISON, COMPARISON_OUTPUTS)
    ]
    if standing:
        raise Refused(
            f"{folder} holds results already ({', '.join(standing[:3])}"
            f"{', …' if len(standing) > 3 else ''}). "
            "Use --force to replace them, or another --out."
        )


def _check(paths: Mapping[str, Path], *, strict: bool) -> None:
    """Every finding of every scenario at once, each with its scenario's name."""
    findings: list[Finding] = []
    bad = False
    for name, path in paths.items():
        loaded = io.load(path)
        bad |= loaded.scenario is None or (strict and bool(loaded.warnings))
        findings += [
            replace(finding, sheet=f"{name}/{finding.sheet}" if finding.sheet else name)
            for finding in loaded.findings
        ]
    if bad:
        raise BadInput(findings)
