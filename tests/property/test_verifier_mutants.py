"""No wrong answer: every change of a good plan that breaks a rule or alters a cost is caught.

A mutant that is let pass must be legal and cost the same by the oracle, which shares no code with
the verifier; one that is caught must not be. Run this file to print the figures.
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.nightly import more
from tests.oracle.exact import solve_exactly
from tests.oracle.judge import Judge
from tests.property.judging import Tally, judge_mutants
from tests.property.mutants import Mutant, claim_mutants, decision_mutants

from succession.domain import Plan, RuleId, Scenario
from succession.io import load_scenario, plan_sha256, read_plan
from succession.optimize import solve

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TOY = SCENARIOS / "toy"
EXPECTED: dict[str, Any] = json.loads((TOY / "expected.json").read_text(encoding="utf-8"))
SOLVABLE = [name for name, row in EXPECTED.items() if row["status"] == "optimal"]
SEEDS = range(more(200, 60))
MODULES = ("people", "shared", "limits", "verifier")
FORGOTTEN = {
    "_available_to_learn": 0,
    "_purpose": 0,
    "_ready": 0,
    "_sessions": 0,
    "_openings": 0,
    "_seat_limits": 0,
    "check_form": 0,
    "check_costs": 0,
    "check_proof": 0,
    "_resource_limits": 1,
    "_available_to_move": 2,
    "_vacated": 2,
    "_in_time": 3,
    "_one_target": 5,
    "_bench": 5,
    "_offered": 9,
    "_eligible": 9,
    "_locks": 13,
    "_person_limits": 13,
    "move_limits": 14,
    "budget_limits": 34,
    "_hire_charges": 34,
    "_prerequisites": 39,
    "_learning_charges": 55,
    "_away_limits": 65,
    "_session_charges": 101,
    "_once": 181,
}
"""Every check of the verifier, and the first tiny plan whose mutants miss it when it is gone.

All but `_finished`: what ends too late serves no target, so `_purpose` finds it as well.
"""

MOST_TINY = more(10_000, 60)
MOST_TOY = more(10_000, 30)
MOST_COMPANY = more(10_000, 100)
ALONE = sorted({*FORGOTTEN.values(), 21, 85})
"""Tiny plans among whose mutants every rule is the only one broken by some."""


def mutants(scenario: Scenario, plan: Plan, most: int) -> Iterator[Mutant]:
    """All claims changed, and as many other decisions; always the same ones."""
    yield from claim_mutants(plan)
    yield from decision_mutants(scenario, plan, Random("mutants"))[:most]


@cache
def tiny(seed: int) -> Tally | None:
    """Mutants of the oracle's optimum of a tiny scenario; None where there is no plan."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    plan = solve_exactly(scenario, previous, "previous" if previous else None).plan
    if plan is None:
        return None
    return judge_mutants(Judge(scenario, previous), plan, mutants(scenario, plan, MOST_TINY))


@cache
def toy(name: str) -> Tally:
    """Mutants of the solver's optimum of a toy variant."""
    scenario, file = load_scenario(TOY / name), EXPECTED[name].get("previous")
    previous = None if file is None else read_plan(TOY / file)
    sha256 = None if file is None else plan_sha256(TOY / file)
    plan = solve(scenario, gap=0.0, previous=previous, previous_sha256=sha256).plan
    return judge_mutants(Judge(scenario, previous), plan, mutants(scenario, plan, MOST_TOY))


@cache
def company() -> Tally:
    """Mutants of a plan for 1,470 people, not the best one."""
    scenario = load_scenario(SCENARIOS / "company" / "company")
    plan = solve(scenario, gap=more(0.02, 10.0)).plan
    return judge_mutants(Judge(scenario), plan, mutants(scenario, plan, MOST_COMPANY))


def assert_all_caught(tally: Tally) -> None:
    assert tally.wrong == []
    assert tally.too_cheap == []
    assert tally.caught + tally.equivalent == tally.mutants
    assert tally.caught > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_changes_of_tiny_plans_are_caught(seed: int) -> None:
    tally = tiny(seed)
    if tally is not None:
        assert_all_caught(tally)


@pytest.mark.parametrize("name", SOLVABLE)
def test_changes_of_toy_plans_are_caught(name: str) -> None:
    assert_all_caught(toy(name))


def test_changes_of_the_company_s_plan_are_caught() -> None:
    assert_all_caught(company())


@pytest.mark.parametrize("seed", range(4))
def test_the_judge_agrees_with_the_enumeration(seed: int) -> None:
    """The optimum found by enumeration is legal to the judge, at the very cost."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    truth = solve_exactly(scenario, previous)
    assert truth.plan is not None
    assert Judge(scenario, previous).verdict(truth.plan).costs == truth.plan.costs


@pytest.mark.parametrize("check", FORGOTTEN)
def test_a_verifier_that_forgets_a_check_is_noticed(
    check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutants are good enough: without any one check, some of them get through."""
    scenario, previous = tiny_scenario(FORGOTTEN[check]), tiny_previous(FORGOTTEN[check])
    plan = solve_exactly(scenario, previous, "previous" if previous else None).plan
    assert plan is not None
    for name in MODULES:
        module = importlib.import_module(f"succession.verify.{name}")
        if check in vars(module):
            monkeypatch.setattr(module, check, lambda *_: iter(()))
    assert judge_mutants(Judge(scenario, previous), plan, mutants(scenario, plan, 60)).wrong


def test_every_check_is_among_those_forgotten() -> None:
    modules = [importlib.import_module(f"succession.verify.{name}") for name in MODULES]
    checks = re.findall(r"yield from (\w+)\(", inspect.getsource(modules[0].check_people))
    checks += re.findall(r"yield from (\w+)\(", inspect.getsource(modules[1].check_shared))
    checks += re.findall(r"yield from (\w+)\(", inspect.getsource(modules[2].learning_limits))
    checks += re.findall(r"\*(\w+)\(", inspect.getsource(modules[3].verify))
    assert set(checks) - {"check_people", "check_shared", "learning_limits", "_finished"} <= set(
        FORGOTTEN
    )
    assert len(checks) > 20


def test_every_rule_is_broken_alone() -> None:
    """For every rule there is a mutant that breaks it and no other: none hides behind another."""
    broken = {rule for seed in ALONE for rule in _all([tiny(seed)]).alone}
    assert broken == set(RuleId) - {RuleId.COST, RuleId.BOUND}


def _all(tallies: Iterable[Tally | None]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally or Tally())
    return total


def figures() -> Iterator[str]:
    """The figures of docs/trust.md."""
    everything = Tally()
    yield f"{'plans':<10}{'mutants':>9}{'caught':>9}{'equivalent':>12}{'missed':>8}"
    tallies = {
        "tiny": _all(map(tiny, SEEDS)),
        "toy": _all(map(toy, SOLVABLE)),
        "company": company(),
    }
    for name, tally in [*tallies.items(), ("all", everything)]:
        missed = tally.mutants - tally.caught - tally.equivalent
        counts = f"{tally.mutants:>9,}{tally.caught:>9,}{tally.equivalent:>12,}{missed:>8,}"
        yield f"{name:<10}{counts}"
        if tally is not everything:
            everything.add(tally)
    yield f"legal at a cost of their own, and accepted with it: {everything.legal:,}"
    yield f"verifier and judge differ: {len(everything.wrong)}"
    yield "broken alone: " + ", ".join(
        f"{rule} {count:,}" for rule, count in sorted(everything.alone.items())
    )


if __name__ == "__main__":
    print("\n".join(figures()))
