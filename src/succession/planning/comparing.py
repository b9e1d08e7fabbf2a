"""Compare solved plans: read, check, lay side by side, write."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from succession import io, report
from succession.domain.findings import Finding
from succession.domain.plan import Plan
from succession.domain.scenario import Scenario
from succession.errors import BadInput, Refused, SuccessionError
from succession.metrics import Figures, compute_kpis, figures_of
from succession.planning.folder import COMPARISON_OUTPUTS, existing_outputs, sweep, write_all
from succession.planning.lock import output_lock
from succession.report import Comparison
from succession.report.columns import clean

__all__ = ["FEWEST", "MOST", "ComparisonOutcome", "compare", "compare_files", "figures"]

FEWEST, MOST = 2, 6
"""So many plans can stand side by side."""

_PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class ComparisonOutcome:
    """The comparison and the files it was written to."""

    comparison: Comparison
    folder: Path
    files: tuple[Path, ...]


def compare(
    plans: Sequence[Plan],
    names: Sequence[str],
    figures: Sequence[Figures | None] | None = None,
) -> Comparison:
    """Lay two to six plans side by side, with their differences against the first.

    `figures` are the plans' key figures, None for a plan whose figures are not known.

    Raises ValueError for another number of plans or names, or for names that are not distinct, and
    BadInput for plans that cannot be compared: without a plan in them, of another currency or of
    another period length than the first.
    """
    if not FEWEST <= len(plans) <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} plans can be compared, not {len(plans)}")
    if len(names) != len(plans) or len(set(names)) != len(names):
        raise ValueError("every plan needs a name of its own")
    findings = [
        finding
        for name, plan in zip(names, plans, strict=True)
        for finding in _incomparable(name, plan, plans[0])
    ]
    if findings:
        raise BadInput(findings)
    return report.build_comparison(plans, names, figures)


def figures(scenario: Scenario, plan: Plan) -> Figures:
    """The key figures of a verified plan (docs/kpis.md), as `compare` takes them.

    Raises ValueError where there is no plan: its status is infeasible or unknown.
    """
    return figures_of(scenario, plan, compute_kpis(scenario, plan))


def compare_files(
    sources: Sequence[Path], folder: Path, *, force: bool = False
) -> ComparisonOutcome:
    """Compare result folders (or plan files) into `folder`.

    Raises BadInput (nothing was written) and Refused (a comparison stands there and `force` is not
    set, or another run holds the folder's lock).
    """
    folder = folder.resolve()
    paths = [_plan_path(source) for source in sources]
    comparison = compare(_read(paths), _names(sources), [io.read_figures(path) for path in paths])
    files = {
        "comparison.xlsx": report.write_comparison_xlsx(comparison),
        "comparison.html": report.write_comparison_html(comparison),
        "comparison.json": report.write_comparison_json(comparison),
    }
    with output_lock(folder):
        sweep(folder)
        standing = existing_outputs(folder, COMPARISON_OUTPUTS)
        if standing and not force:
            raise Refused(
                f"{folder} holds a comparison already ({', '.join(standing)}). "
                "Use --force to replace it, or another --out."
            )
        try:
            write_all(folder, files)
        except OSError as fault:
            raise SuccessionError(
                f"The comparison could not be written: {fault.strerror or fault}. "
                f"What stood in {folder} before is untouched."
            ) from fault
    return ComparisonOutcome(comparison, folder, tuple(folder / name for name in files))


def _plan_path(source: Path) -> Path:
    return source / _PLAN if source.is_dir() else source


def _read(paths: Sequence[Path]) -> list[Plan]:
    """Every plan; raises BadInput with what is wrong in any of the files."""
    plans, findings = [], []
    for path in paths:
        try:
            plans.append(io.read_plan(path))
        except BadInput as fault:
            findings += [replace(finding, sheet=str(path)) for finding in fault.findings]
    if findings:
        raise BadInput(findings)
    return plans


def _names(sources: Sequence[Path]) -> list[str]:
    """What each plan is called: its folder's name, with the one above where names are shared."""
    short, longer = [], []
    for source in sources:
        is_result = source.name == _PLAN and not source.is_dir()
        path = Path(os.path.abspath(source.parent if is_result else source))
        short.append(clean(path.name or str(path)))
        longer.append(clean("/".join(path.parts[-2:])))
    shared = Counter(short)
    names: list[str] = []
    for name, long in zip(short, longer, strict=True):
        wanted = called = name if shared[name] == 1 else long
        number = 1
        while called in names:
            number += 1
            called = f"{wanted} ({number})"
        names.append(called)
    return names


def _incomparable(name: str, plan: Plan, first: Plan) -> list[Finding]:
    """Why a plan cannot stand beside the first."""
    if not plan.has_plan or plan.cost is None:
        message = f"There is no plan in it: its status is {plan.status}."
        return [_finding("E_COMPARE_EMPTY", name, plan.status, message, "Leave it out.")]
    findings = []
    if plan.currency != first.currency:
        message = f"The plan is in {plan.currency}, the first in {first.currency}."
        hint = "Compare plans of one currency."
        findings.append(_finding("E_COMPARE_CURRENCY", name, plan.currency, message, hint))
    if plan.period != first.period:
        message = f"The plan counts in {plan.period}s, the first in {first.period}s."
        hint = "Compare plans of one period length."
        findings.append(_finding("E_COMPARE_PERIOD", name, plan.period, message, hint))
    return findings


def _finding(code: str, name: str, value: str, message: str, hint: str) -> Finding:
    return Finding("error", code, message, sheet=name, value=value, hint=hint)
