"""The rules of a person plan (model.md, sections 2 and 3), but for hours and at once: limits.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from succession.domain import Employee, RuleId, Violation
from succession.verify.facts import Facts, Seat
from succession.verify.holdings import Demand, Holdings, prerequisite_demands, role_demands
from succession.verify.ledger import Enrolment, Ledger, Person, Target

__all__ = ["check_people", "objections"]


def check_people(facts: Facts, ledger: Ledger) -> Iterator[Violation]:
    """Every breach of section 2, person by person."""
    for person in ledger.people.values():
        holdings = Holdings(facts, person)
        yield from _once(facts, person)
        yield from _one_target(facts, person)
        yield from _offered(facts, person)
        yield from _prerequisites(facts, person, holdings)
        yield from _available_to_learn(facts, person)
        yield from _purpose(facts, person, holdings)
        for target in person.targets:
            yield from _available_to_move(facts, target)
            yield from _eligible(facts, target)
            yield from _in_time(facts, target)
            yield from _ready(facts, target, holdings)
            yield from _finished(facts, person, target)


def _once(facts: Facts, person: Person) -> Iterator[Violation]:
    committed = {item.activity.activity for item in person.enrolments if item.committed}
    counts = Counter(item.activity.activity for item in person.new)
    for activity, count in sorted(counts.items()):
        surplus = count if activity in committed else count - 1
        if surplus > 0:
            why = "is committed to it already" if activity in committed else "does it once at most"
            message = (
                f"{facts.name(person.employee.employee)} is to start {activity} anew "
                f"{count} time(s), but {why}."
            )
            yield Violation(
                RuleId.ONCE, person.employee.employee, activity, "", float(surplus), message
            )


def _one_target(facts: Facts, person: Person) -> Iterator[Violation]:
    if len(person.targets) > 1:
        seats = ", ".join(_aim(facts, target) for target in person.targets)
        yield Violation(
            RuleId.ONE_TARGET,
            person.employee.employee,
            "",
            "",
            float(len(person.targets) - 1),
            f"{facts.name(person.employee.employee)} may have one target alone, not {seats}.",
        )


def _offered(facts: Facts, person: Person) -> Iterator[Violation]:
    for item in person.new:
        if not facts.offered(item.activity.activity, item.start):
            yield _learning(facts, RuleId.OFFERED, person, item, 0.0, "it is not offered then")
        late = item.finished - (facts.horizon + 1)
        if late > 0:
            why = f"it ends {late} period(s) after the horizon"
            yield _learning(facts, RuleId.OFFERED, person, item, float(late), why)


def _prerequisites(facts: Facts, person: Person, holdings: Holdings) -> Iterator[Violation]:
    for demand in prerequisite_demands(facts, person):
        if demand.enrolment is not None and not holdings.meets(demand):
            why = f"its prerequisite {_level(demand)} is not held then"
            yield _learning(facts, RuleId.PREREQUISITES, person, demand.enrolment, 0.0, why)


def _available_to_learn(facts: Facts, person: Person) -> Iterator[Violation]:
    for item in person.new:
        underway = item.underway(facts.horizon)
        outside = sum(1 for period in underway if not _available(person.employee, period))
        if outside:
            why = f"the person is away in {outside} of its period(s)"
            yield _learning(facts, RuleId.AVAILABILITY, person, item, float(outside), why)


def _purpose(facts: Facts, person: Person, holdings: Holdings) -> Iterator[Violation]:
    demands = [*prerequisite_demands(facts, person)]
    for target in person.targets:
        demands += role_demands(facts, target)
    needed = holdings.needed(demands)
    for item in person.new:
        if not person.targets:
            why = "the person is neither placed nor stands by for anything"
        elif not needed(item):
            why = "the target can be met without it"
        else:
            continue
        yield _learning(facts, RuleId.PURPOSE, person, item, 0.0, why)


def _available_to_move(facts: Facts, target: Target) -> Iterator[Violation]:
    employee, period = target.employee, target.period
    if not _available(employee, period):
        yield _target(facts, RuleId.AVAILABILITY, target, 0.0, "the person is not available then")
    if not target.moves:
        return
    if period < employee.move_from:
        early = employee.move_from - period
        why = f"that is {early} period(s) before the person may move"
        yield _target(facts, RuleId.AVAILABILITY, target, float(early), why)
    stay = min(facts.horizon, period + facts.scenario.settings.min_stay - 1)
    if employee.available_to < stay:
        short = stay - employee.available_to
        why = f"the person leaves {short} period(s) before the least stay is over"
        yield _target(facts, RuleId.AVAILABILITY, target, float(short), why)


def _eligible(facts: Facts, target: Target) -> Iterator[Violation]:
    for why in objections(facts, target.employee, target.seat):
        yield _target(facts, RuleId.ELIGIBLE, target, 0.0, why)


def objections(facts: Facts, employee: Employee, seat: Seat) -> Iterator[str]:
    """Why an employee is not eligible for a seat: section 3, and section 7 for vacated seats."""
    path = (employee.role, seat.role) in facts.paths
    if seat.opening is None:
        named = False
    else:
        candidate = facts.candidates.get((seat.name, employee.employee))
        excluded = candidate is not None and candidate.status == "exclude"
        named = candidate is not None and not excluded
        if excluded:
            yield "the person is excluded from it"
        if seat.opening.incumbent == employee.employee:
            yield "the person is its incumbent"
        if seat.opening.nominated_only and not named:
            yield "only named candidates may take it"
    if not path and not named:
        yield f"no career path leads from role {employee.role} to role {seat.role}"
    if facts.interest(employee.employee, seat.role) == 0:
        yield f"the person does not want role {seat.role}"
    if employee.role == seat.role and employee.unit == seat.unit:
        yield "the person has that role in that unit already"


def _in_time(facts: Facts, target: Target) -> Iterator[Violation]:
    early = target.seat.needed - target.period
    late = target.period - target.seat.latest
    if early > 0:
        why = f"that is {early} period(s) before the seat is free"
        yield _target(facts, RuleId.TARGET, target, float(early), why)
    if late > 0 and target.moves:
        why = f"that is {late} period(s) later than allowed"
        yield _target(facts, RuleId.TARGET, target, float(late), why)


def _ready(facts: Facts, target: Target, holdings: Holdings) -> Iterator[Violation]:
    for demand in role_demands(facts, target):
        if not holdings.meets(demand):
            why = f"the person does not hold {_level(demand)} then"
            yield _target(facts, RuleId.TARGET, target, 0.0, why)


def _finished(facts: Facts, person: Person, target: Target) -> Iterator[Violation]:
    for item in person.new:
        late = item.finished - target.period
        if late > 0:
            name = item.activity.activity
            why = f"the activity {name} is finished {late} period(s) after that"
            yield _target(facts, RuleId.TARGET, target, float(late), why)


def _available(employee: Employee, period: int) -> bool:
    return employee.available_from <= period <= employee.available_to


def _level(demand: Demand) -> str:
    return f"{demand.competency} at level {demand.level}"


def _aim(facts: Facts, target: Target) -> str:
    seat = target.seat
    name = f"opening {seat.name}" if seat.opening else f"the seat of {facts.name(seat.name)}"
    return f"standby for {name}" if target.kind == "standby" else f"placement in {name}"


def _learning(
    facts: Facts, rule: RuleId, person: Person, item: Enrolment, amount: float, why: str
) -> Violation:
    who, activity = person.employee.employee, item.activity.activity
    when = facts.label(item.start)
    message = f"{facts.name(who)} cannot start {activity} in {when}: {why}."
    return Violation(rule, who, activity, when, amount, message)


def _target(facts: Facts, rule: RuleId, target: Target, amount: float, why: str) -> Violation:
    who, when = target.employee.employee, facts.label(target.period)
    message = f"{facts.name(who)}, {_aim(facts, target)} in {when}: {why}."
    return Violation(rule, who, target.seat.name, when, amount, message)
