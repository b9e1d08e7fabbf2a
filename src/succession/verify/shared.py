"""What all person plans share, beside limits (model.md, sections 5 and 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from succession.domain import Opening, RuleId, Violation
from succession.verify.facts import Facts
from succession.verify.ledger import Ledger
from succession.verify.limits import start_counts

__all__ = ["check_shared"]


def check_shared(facts: Facts, ledger: Ledger) -> Iterator[Violation]:
    """Every breach of sessions, openings, bench, locks and vacated seats."""
    yield from _sessions(facts, ledger)
    yield from _openings(facts, ledger)
    yield from _bench(facts, ledger)
    yield from _locks(facts, ledger)
    yield from _vacated(facts, ledger)


def _sessions(facts: Facts, ledger: Ledger) -> Iterator[Violation]:
    starts = start_counts(ledger)
    for key in sorted(starts.keys() | ledger.sessions.keys()):
        name, period = key
        activity = facts.scenario.activity_by_id[name]
        if activity.seats is None:
            continue
        committed, new = starts.get(key, (0, 0))
        held = ledger.sessions.get(key, 0)
        allowed = facts.sessions_allowed(name, period)
        least = facts.sessions_committed(activity, period, committed)
        when = facts.label(period)
        if held > allowed:
            message = f"{held} session(s) of {name} in {when}, but the calendar allows {allowed}."
            yield Violation(RuleId.SESSIONS, name, "", when, float(held - allowed), message)
        if held < least:
            message = f"{held} session(s) of {name} in {when}, but commitments need {least}."
            yield Violation(RuleId.SESSIONS, name, "", when, float(least - held), message)
        short = activity.min_seats * (held - least) - (committed + new)
        if short > 0:
            message = (
                f"{held} session(s) of {name} in {when} with {committed + new} learner(s): "
                f"{short} too few for viable classes."
            )
            yield Violation(RuleId.MIN_SEATS, name, "", when, float(short), message)


def _openings(facts: Facts, ledger: Ledger) -> Iterator[Violation]:
    placed = Counter(target.seat.name for target in ledger.targets if target.kind == "placement")
    for row in facts.scenario.openings:
        name = row.opening
        hired, left = ledger.hires.get(name, 0), ledger.unfilled.get(name, 0)
        difference = placed[name] + hired + left - row.seats
        if difference:
            message = (
                f"Opening {name} has {row.seats} seat(s), but the plan places {placed[name]}, "
                f"hires {hired} and leaves {left} unfilled."
            )
            yield _opening(facts, RuleId.OPENINGS, row, "", abs(difference), message)
        if hired and row.external_cost is None:
            message = f"Opening {name} may not be hired for, but the plan hires {hired}."
            yield _opening(facts, RuleId.OPENINGS, row, "hires", hired, message)
        if left and row.unfilled_cost is None:
            message = f"Opening {name} may not stay unfilled, but the plan leaves {left} open."
            yield _opening(facts, RuleId.OPENINGS, row, "unfilled", left, message)


def _bench(facts: Facts, ledger: Ledger) -> Iterator[Violation]:
    standing = Counter(target.seat.name for target in ledger.targets if target.kind == "standby")
    for row in facts.scenario.openings:
        surplus = standing[row.opening] - row.bench
        if surplus > 0:
            message = (
                f"{standing[row.opening]} people stand by for opening {row.opening}, "
                f"which wants {row.bench}."
            )
            yield _opening(facts, RuleId.BENCH, row, "", surplus, message)


def _locks(facts: Facts, ledger: Ledger) -> Iterator[Violation]:
    for row in facts.scenario.candidates:
        if row.status not in ("require", "standby"):
            continue
        kind = "placement" if row.status == "require" else "standby"
        person = ledger.people.get(row.employee)
        kept = person is not None and any(
            target.kind == kind
            and target.seat.name == row.opening
            and (kind == "standby" or row.period in (None, target.period))
            for target in person.targets
        )
        if not kept:
            when = "" if row.period is None or kind == "standby" else facts.label(row.period)
            wanted = (
                f"be placed in opening {row.opening}"
                if kind == "placement"
                else (f"stand by for opening {row.opening}")
            )
            message = f"{facts.name(row.employee)} must {wanted}{f' in {when}' if when else ''}."
            yield Violation(RuleId.LOCK, row.employee, row.opening, when, 0.0, message)


def _vacated(facts: Facts, ledger: Ledger) -> Iterator[Violation]:
    fills = Counter(target.seat.name for target in ledger.targets if target.kind == "fill")
    for name, seat in ledger.vacated.items():
        hired, left = name in ledger.vacated_hires, name in ledger.vacated_unfilled
        when, owner = facts.label(seat.needed), facts.name(name)
        answers = fills[name] + hired + left
        if answers != 1:
            message = (
                f"The seat that {owner} leaves in {when} needs exactly one of a successor, a "
                f"hire or staying unfilled, but has {answers}."
            )
            yield Violation(RuleId.VACATED, name, "", when, float(abs(answers - 1)), message)
        if hired and seat.external_cost is None:
            message = f"The seat that {owner} leaves in {when} may not be hired for."
            yield Violation(RuleId.VACATED, name, "vacated_hires", when, 1.0, message)
        if left and seat.unfilled_cost is None:
            message = f"The seat that {owner} leaves in {when} may not stay unfilled."
            yield Violation(RuleId.VACATED, name, "vacated_unfilled", when, 1.0, message)


def _opening(
    facts: Facts, rule: RuleId, row: Opening, what: str, amount: int, message: str
) -> Violation:
    when = facts.label(row.needed)
    return Violation(rule, row.opening, what, when, float(amount), message)
