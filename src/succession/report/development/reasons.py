"""Why a person is meant for a role, and what could go wrong, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from succession.report.people import expected_cost, hiring_cost
from succession.report.reading import Reading
from succession.verify.holdings import Holdings, prerequisite_demands, role_demands
from succession.verify.ledger import Enrolment, Person, Target
from succession.verify.limits import start_counts

__all__ = ["reasons", "risks"]

_INTEREST = {1: "Is open to the role.", 2: "Is interested in the role.", 3: "Aspires to the role."}
_NAMED = {
    "nominate": "Was nominated for the opening.",
    "require": "Is required for the opening: this was decided.",
    "standby": "Is named a standby for the opening: this was decided.",
}


def reasons(reading: Reading, target: Target | None, met: tuple[int, int, int]) -> Iterator[str]:
    """Why this role; `met` is requirements met today, all of them, and levels missing."""
    if target is None:
        return
    yield from _way_there(reading, target)
    yield _INTEREST.get(reading.facts.interest(target.employee.employee, target.seat.role), "")
    held, asked, missing = met
    if not asked:
        yield "The role requires nothing in particular."
    elif missing:
        levels = "1 level is" if missing == 1 else f"{missing} levels are"
        yield f"Meets {held} of {asked} requirements today; {levels} missing."
    else:
        yield f"Meets all {asked} requirements today."
    if target.moves:
        yield from _money(reading, target)
    else:
        label = reading.label(target.seat.needed)
        yield f"The opening wants a bench: somebody who is ready when it is needed, {label}."


def _way_there(reading: Reading, target: Target) -> Iterator[str]:
    roles = (target.employee.role, target.seat.role)
    for path in reading.scenario.career_paths:
        if (path.from_role, path.to_role) == roles:
            step = "A step up" if path.kind == "ladder" else "A step across"
            yield f"{step} from {reading.role(roles[0])} to {reading.role(roles[1])}."
    candidate = reading.facts.candidates.get((target.seat.name, target.employee.employee))
    if candidate is not None and candidate.status in _NAMED:
        yield _NAMED[candidate.status]


def _money(reading: Reading, target: Target) -> Iterator[str]:
    cost = expected_cost(reading, reading.prospect_of[target.employee.employee])
    hiring, currency = hiring_cost(reading, target), reading.plan.currency
    if hiring is None:
        yield "The seat may not be hired for; it is to be filled from within."
    elif hiring > cost:
        yield (
            f"Expected to cost {cost:,.0f} {currency}, fall-back included; "
            f"hiring would cost {hiring:,.0f}: {hiring - cost:,.0f} less."
        )
    else:
        yield f"Expected to cost {cost:,.0f} {currency}, fall-back included."


def risks(reading: Reading, person: Person, target: Target | None) -> Iterator[str]:
    """What could go wrong, the chance of it first."""
    if target is not None:
        yield from _chance(reading, person, target)
        yield from _slack(reading, person, target)
    yield from _classes(reading, person)
    yield from _full_hours(reading, person)
    if target is not None:
        yield from _after(reading, person, target)


def _chance(reading: Reading, person: Person, target: Target) -> Iterator[str]:
    chance = reading.chance(target)
    if chance < 1.0:
        parts = []
        if person.employee.leaving_risk and target.period > 1:
            parts.append(f"leaving risk {person.employee.leaving_risk:.0%} a year")
        rates = [
            f"{reading.activity(item.activity)} {item.activity.pass_rate:.0%}"
            for item in _needed(reading, person, target)
            if item.activity.pass_rate < 1.0
        ]
        if rates:
            parts.append(f"pass rates: {', '.join(rates)}")
        yield f"With a chance of {1.0 - chance:.0%} it does not come about ({'; '.join(parts)})."
    fallback = reading.prospect_of[person.employee.employee].fallback
    if target.kind == "placement" and chance < 1.0 and fallback is not None:
        way = "is hired for" if fallback == "hire" else "stays unfilled"
        yield f"If it fails, the seat {way}."


def _needed(reading: Reading, person: Person, target: Target) -> list[Enrolment]:
    demands = [*prerequisite_demands(reading.facts, person), *role_demands(reading.facts, target)]
    needed = Holdings(reading.facts, person).needed(demands)
    return [item for item in person.enrolments if item.finished > 1 and needed(item)]


def _slack(reading: Reading, person: Person, target: Target) -> Iterator[str]:
    spare = target.period - reading.ready_period(target)
    new = [item for item in person.new if item.finished == target.period]
    if not spare and new and target.period > 1:
        names = ", ".join(reading.activity(item.activity) for item in new)
        rest = target.seat.latest - target.period if target.moves else 0
        length = reading.scenario.settings.period + ("" if rest == 1 else "s")
        late = f"the seat can wait {rest} {length}" if rest else "the seat cannot wait"
        yield f"No time to spare: {names} is finished when the move is due; {late}."


def _classes(reading: Reading, person: Person) -> Iterator[str]:
    starts = start_counts(reading.ledger)
    for item in person.new:
        least = item.activity.min_seats * reading.ledger.sessions.get(
            (item.activity.activity, item.start), 0
        )
        count = sum(starts.get((item.activity.activity, item.start), (0, 0)))
        if 1 < least == count:
            title, label = reading.activity(item.activity), reading.label(item.start)
            yield f"{title} in {label} has just the {least} learners that it needs."


def _full_hours(reading: Reading, person: Person) -> Iterator[str]:
    hours = person.employee.hours
    full = []
    for period in range(1, reading.facts.horizon + 1):
        underway = (i for i in person.enrolments if period in i.underway(reading.facts.horizon))
        if hours and sum(item.activity.hours for item in underway) > 0.9 * hours:
            full.append(reading.label(period))
    if full:
        yield f"Learning hours are full in {', '.join(full)} ({hours:g} a period)."


def _after(reading: Reading, person: Person, target: Target) -> Iterator[str]:
    """What ends after the move: certificates that run out, the person's own time."""
    holdings = Holdings(reading.facts, person)
    for demand in role_demands(reading.facts, target):
        last = demand.period
        while last < reading.facts.horizon and holdings.meets(replace(demand, period=last + 1)):
            last += 1
        if last < reading.facts.horizon:
            name, label = reading.competency(demand.competency), reading.label(last + 1)
            yield f"{name} runs out in {label} and must be renewed."
    if person.employee.available_to < reading.facts.horizon:
        yield f"Is there until {reading.label(person.employee.available_to)} only."
