"""Mutants of a good plan before the verifier, with the oracle's judge to say who is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.oracle.judge import Judge, Verdict, truthful
from tests.property.mutants import Mutant

from succession.domain import Plan, RuleId
from succession.verify import verify

__all__ = ["Tally", "judge_mutants"]


@dataclass
class Tally:
    """Mutants by what became of them; `alone` counts the rules that were the only one broken.

    `wrong` are those where verifier and judge differ, and `too_cheap` those below the bound.
    """

    mutants: int = 0
    caught: int = 0
    equivalent: int = 0
    legal: int = 0
    alone: Counter[RuleId] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    too_cheap: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Adds another tally's counts to this one."""
        self.mutants += other.mutants
        self.caught += other.caught
        self.equivalent += other.equivalent
        self.legal += other.legal
        self.alone.update(other.alone)
        self.wrong += other.wrong
        self.too_cheap += other.too_cheap


def judge_mutants(judge: Judge, plan: Plan, mutants: Iterable[Mutant]) -> Tally:
    """Shows each mutant to the verifier twice: with the claims of the good plan, and with its own.

    With the good plan's claims it must be caught, unless it is legal and comes to the very same
    amounts (equivalent). With its own claims it must pass if it is legal, and if not, some rule
    other than that of costs and proof must be said to be broken.
    """
    tally = Tally()
    for mutant in mutants:
        verdict = judge.verdict(mutant.plan)
        _with_old_claims(tally, judge, mutant, verdict)
        _with_its_own_claims(tally, judge, mutant, verdict)
        if verdict.costs is not None and plan.bound is not None:
            low = plan.bound - 1e-6 * max(1.0, abs(plan.bound))
            if verdict.costs.total < low:
                tally.too_cheap.append(f"{mutant.change}: {verdict.costs.total} < {plan.bound}")
    return tally


def _with_old_claims(tally: Tally, judge: Judge, mutant: Mutant, verdict: Verdict) -> None:
    found = verify(judge.scenario, mutant.plan, judge.previous)
    equivalent = verdict.costs is not None and truthful(mutant.plan, verdict.costs)
    tally.mutants += 1
    tally.caught += not found.ok
    tally.equivalent += equivalent
    if found.ok != equivalent:
        said = [violation.message for violation in found.violations]
        tally.wrong.append(f"{mutant.change}: {said or 'let pass'}, but {verdict}")


def _with_its_own_claims(tally: Tally, judge: Judge, mutant: Mutant, verdict: Verdict) -> None:
    tally.legal += verdict.costs is not None
    costs = verdict.costs or verify(judge.scenario, mutant.plan, judge.previous).costs
    total = costs.total
    honest = replace(mutant.plan, costs=costs, cost=total, bound=total, gap=0.0, status="feasible")
    found = verify(judge.scenario, honest, judge.previous)
    rules = {violation.rule for violation in found.violations}
    if len(rules) == 1:
        tally.alone.update(rules)
    if found.ok != (verdict.costs is not None) or rules & {RuleId.COST, RuleId.BOUND}:
        said = [violation.message for violation in found.violations]
        tally.wrong.append(f"{mutant.change}, restated: {said or 'let pass'}, but {verdict}")
