"""Plays a company's years, quarter by quarter, through the real commands; holds them to account.

python -m tests.years.play --quarters 12
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from click.testing import CliRunner
from tests.years.accounts import Line, charged, counted
from tests.years.reality import UNFILLED_COST, Quarter, happen

import succession
from succession import io
from succession.cli.main import cli
from succession.domain import Plan, Scenario

__all__ = ["QuarterReport", "play", "table"]

LIMIT = 900.0
"""Seconds that a solve may take; so many that it ends by its gap, however busy the machine."""

COMPANY = Path(__file__).parents[2] / "scenarios" / "company" / "company"


@dataclass(frozen=True)
class QuarterReport:
    """A quarter in numbers; seats due in it, and how they were to be filled and were."""

    label: str
    cost: float
    gap: float
    kept: int
    changed: int
    gone: int
    keeping_costs: float | None
    planned_within: int
    planned_hires: int
    within: int
    hires: int
    open_still: int
    leavers: int
    passed: int
    failed: int
    spent: float
    seconds: float


def play(
    folder: Path, quarters: int, *, seed: int = 7, gap: float = 0.05, url: str | None = None
) -> Iterator[QuarterReport]:
    """Plans, approves, lives and accounts for one quarter after the other.

    `url` is the store's database, or None for SQLite. AssertionError where anything fails.
    """
    rng = Random(f"years/{seed}")
    source, previous = _company(folder / "scenario-1"), None
    promised: list[Line] = []
    for number in range(1, quarters + 1):
        began = time.monotonic()
        config = _configured(folder, source, gap, url)
        output = _run(config)
        plan_path = output / "plan.json"
        against = () if previous is None else ("--previous", previous)
        _call("verify", source, plan_path, *against)
        scenario, plan = succession.load(source), io.read_plan(plan_path)
        assert_promises_kept(scenario, plan, promised)
        form = folder / f"actuals-{number}.xlsx"
        _call("advance", source, plan_path, "--actuals-template", form)
        quarter = happen(form, scenario, rng)
        following = folder / f"scenario-{number + 1}"
        _call("advance", source, plan_path, "--actuals", form, "--out", following)
        spent = assert_budgets_add_up(scenario, succession.load(following), quarter)
        promised = quarter.promised
        yield _report(output, scenario, plan, quarter, spent, time.monotonic() - began)
        source, previous = following, plan_path
    audit = json.loads(_call("runs", "audit", "--config", folder / "succession.toml", "--json"))
    assert audit["runs"] == quarters


def _company(folder: Path) -> Path:
    """The company scenario, in which every opening may stay unfilled at a price."""
    company = succession.load(COMPANY)
    openings = tuple(
        replace(row, unfilled_cost=row.unfilled_cost or UNFILLED_COST) for row in company.openings
    )
    io.write_scenario(replace(company, openings=openings), folder)
    return folder


def _configured(folder: Path, source: Path, gap: float, url: str | None) -> Path:
    """The quarterly job's configuration, pointing at the quarter's scenario."""
    config = folder / "succession.toml"
    store = "" if url is None else f'[store]\nurl = "{url}"\n'
    config.write_text(
        f'scenario = "{source.name}"\n'
        f"[solve]\ngap = {gap}\ntime_limit = {LIMIT}\nstrict = false\n{store}",
        encoding="utf-8",
    )
    return config


def _run(config: Path) -> Path:
    """The scheduled run, approved; the same again has nothing to do. Returns its folder."""
    done = json.loads(_call("run", config, "--quiet", "--json"))
    assert done["state"] == "finished"
    _call("runs", "approve", done["run"], "--by", "Pat Planner", "--config", config)
    again = json.loads(_call("run", config, "--quiet", "--json"))
    assert again["repeated"]
    assert again["run"] == done["run"]
    return Path(done["folder"])


def _call(*arguments: object) -> str:
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert done.exit_code == 0, (arguments, done.stdout, done.stderr[-2000:])
    return done.stdout


def assert_promises_kept(scenario: Scenario, plan: Plan, promised: list[Line]) -> None:
    """What was agreed stands in the new scenario and in the new plan, in its calendar period."""
    label = scenario.settings.calendar.label
    committed = {(r.employee, r.activity, label(r.start)) for r in scenario.commitments}
    learning = {(r.employee, r.activity, label(r.start)) for r in plan.learning}
    placed = {(r.employee, r.opening, label(r.period)) for r in plan.placements}
    for line in promised:
        if line["activity"] is not None:
            promise = (line["employee"], line["activity"], line["period"])
            assert promise in committed, promise
            assert promise in learning, promise
        else:
            assert (line["employee"], line["opening"], line["period"]) in placed, line


def assert_budgets_add_up(before: Scenario, after: Scenario, quarter: Quarter) -> float:
    """Left of each row is what it had without what was spent, counted here once more."""
    label = before.settings.calendar.label
    later = after.settings.calendar.label
    left = {
        (row.pool, row.unit, later(row.to_period)): row.amount
        for row in after.budgets
        if row.from_period <= max(1, row.from_period)
    }
    charges = list(charged(before, quarter.learning, quarter.sessions, quarter.seats))
    total = sum(amount for _, _, _, amount in charges)
    for row in before.budgets:
        if row.to_period < 2:
            continue
        spent = sum(amount for charge in charges if (amount := counted(row, *charge)))
        key = (row.pool, row.unit, label(row.to_period))
        assert abs(left[key] - max(0.0, row.amount - spent)) < 1e-6, (row, spent, left[key])
    return total


def _report(
    folder: Path, scenario: Scenario, plan: Plan, quarter: Quarter, spent: float, seconds: float
) -> QuarterReport:
    changes = json.loads((folder / "run.json").read_text("utf-8"))["changes"] or {}
    planned = Counter(line["plan"] for line in quarter.seats)
    done = Counter(line["plan"] for line in quarter.seats if line["mark"] == "done")
    marks = Counter(line["mark"] for line in quarter.learning)
    return QuarterReport(
        label=scenario.settings.calendar.label(1),
        cost=plan.cost or 0.0,
        gap=plan.gap or 0.0,
        kept=changes.get("kept", 0),
        changed=changes.get("changed", 0),
        gone=changes.get("gone", 0),
        keeping_costs=changes.get("keeping_costs"),
        planned_within=planned["placement"],
        planned_hires=planned["hire"],
        within=done["placement"],
        hires=done["hire"],
        open_still=sum(line["mark"] in ("failed", "moved") for line in quarter.seats),
        leavers=len(quarter.gone),
        passed=marks["done"],
        failed=marks["failed"],
        spent=spent,
        seconds=seconds,
    )


def table(rows: list[QuarterReport]) -> str:
    """Planned against actual internal fill, quarter by quarter and in all."""
    head = ("quarter", "cost", "gap", "kept", "changed", "gone", "keeping", "planned within",
            "really", "planned hires", "really", "still open", "leavers", "done", "failed",
            "spent", "seconds")  # fmt: skip
    lines: list[tuple[str, ...]] = [head]
    for row in rows:
        keeping = "" if row.keeping_costs is None else f"{row.keeping_costs:+,.0f}"
        numbers = (row.planned_within, row.within, row.planned_hires, row.hires, row.open_still,
                   row.leavers, row.passed, row.failed)  # fmt: skip
        lines.append(
            (row.label, f"{row.cost:,.0f}", f"{row.gap:.2%}", f"{row.kept}", f"{row.changed}",
             f"{row.gone}", keeping, *map(str, numbers), f"{row.spent:,.0f}", f"{row.seconds:.0f}")
        )  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = [
        "  ".join(f"{cell:>{width}}" for cell, width in zip(line, widths, strict=True))
        for line in lines
    ]
    within, planned = sum(row.within for row in rows), sum(row.planned_within for row in rows)
    share = within / planned if planned else 0.0
    text.append(f"Filled from within: {planned} planned for their quarter, {within} took place "
                f"({share:.0%}).")  # fmt: skip
    return "\n".join(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quarters", type=int, default=12)
    parser.add_argument("--gap", type=float, default=0.05)
    parser.add_argument("--url", help="the store's database; SQLite without it")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    rows: list[QuarterReport] = []
    with tempfile.TemporaryDirectory() as name:
        for row in play(Path(name), given.quarters, seed=given.seed, gap=given.gap, url=given.url):
            rows.append(row)
            print(table([row]).splitlines()[1], flush=True)
    print(table(rows))
