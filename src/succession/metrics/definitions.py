"""What every key figure is called and counted in; docs/kpis.md has its formula and source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["DEFINITIONS", "DIGITS", "Definition", "KpiKind"]

KpiKind = Literal["amount", "share", "gap", "count", "hours", "periods"]
"""amount: in the currency; share: a fraction; gap: a fraction worth four decimals of a percent."""

DIGITS: dict[KpiKind, int] = {
    "amount": 2,
    "share": 6,
    "gap": 6,
    "count": 0,
    "hours": 2,
    "periods": 4,
}
"""Decimals that a figure keeps. They are cut here, so that no two outputs can round apart."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A key figure; `note` says in a few words what it counts."""

    key: str
    label: str
    kind: KpiKind
    group: str
    note: str


def _group(group: str, *rows: tuple[str, str, KpiKind, str]) -> tuple[Definition, ...]:
    return tuple(Definition(key, label, kind, group, note) for key, label, kind, note in rows)


DEFINITIONS: tuple[Definition, ...] = (
    *_group(
        "Money",
        ("cost", "Cost of the plan", "amount", "expected, all parts"),
        ("cost_all_external", "Cost all-external", "amount", "hiring for every seat instead"),
        ("saving", "Saving", "amount", "against all-external"),
        ("saving_share", "Saving, share", "share", "of the cost all-external"),
        ("learning_spend", "Learning spend", "amount", "activities and sessions, commitments too"),
        ("new_learning_spend", "New learning spend", "amount", "without what is committed anyway"),
        ("return_on_learning", "Return on learning", "share", "saving for each unit newly spent"),
    ),
    *_group(
        "Filling",
        ("seats", "Seats to fill", "count", "of all openings"),
        ("placements", "Seats filled from within", "count", "seats of openings"),
        ("hires", "Seats hired for", "count", "seats of openings"),
        ("unfilled", "Seats left unfilled", "count", "seats of openings"),
        ("internal_fill_rate", "Internal fill rate", "share", "seats filled from within"),
        (
            "expected_internal_fill_rate",
            "Internal fill rate, expected",
            "share",
            "weighted with the chance that it comes true",
        ),
        ("vacated", "Vacated seats", "count", "left by people who move (vacancy chains)"),
        ("vacated_fill_rate", "Vacated seats filled", "share", "from within (vacancy chains)"),
    ),
    *_group(
        "Bench",
        ("successor_coverage", "Successor coverage", "share", "successors for each seat"),
        ("openings_covered", "Openings with a successor", "share", "placed or standing by"),
        ("bench_wanted", "Bench places wanted", "count", "standbys that the openings ask for"),
        ("standbys", "Standing by", "count", "ready when the opening is needed"),
        ("bench_strength", "Bench strength", "share", "standbys of those wanted"),
        ("ready_now", "Successors ready now", "share", "in the first period"),
        ("ready_in_a_year", "Ready within a year", "share", "of the successors, not yet now"),
        ("ready_later", "Ready later", "share", "of the successors, in more than a year"),
    ),
    *_group(
        "Time",
        ("time_to_ready", "Time to ready", "periods", "mean of all successors"),
        ("vacancy_periods", "Vacancy", "periods", "expected, all seats together"),
        ("vacancy_per_seat", "Vacancy per seat", "periods", "expected, mean"),
    ),
    *_group(
        "Learning",
        ("learners", "People who learn", "count", "commitments too"),
        ("activities", "Activities started", "count", "commitments too"),
        ("learning_hours", "Learning hours", "hours", "of the activities started"),
        ("hours_per_learner", "Hours per learner", "hours", "mean over the horizon"),
        ("sessions", "Sessions held", "count", "of activities with seats"),
        ("seat_use", "Seat use", "share", "seats used of seats held"),
    ),
    *_group(
        "Budgets",
        ("budget", "Budgets, all pools", "amount", "all pools together"),
        ("budget_used", "Budget used", "amount", "charged to the pools"),
        ("budget_use", "Budget use", "share", "used of what the pools have"),
    ),
    *_group(
        "Proof",
        ("bound", "No plan is below", "amount", "proven for every legal plan"),
        ("gap", "Proven gap", "gap", "no plan is cheaper by more than this"),
    ),
)
