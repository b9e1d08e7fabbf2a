"""Tables about people: placements, the bench, learning."""

from __future__ import annotations

from succession.report.columns import Table
from succession.report.reading import Reading
from succession.report.rows import LearningRow, PlacementRow, StandbyRow
from succession.verify.holdings import Prospect
from succession.verify.ledger import Enrolment, Person, Target

__all__ = ["expected_cost", "hiring_cost", "learning_table", "placements_table", "standbys_table"]


def placements_table(reading: Reading) -> Table[PlacementRow]:
    """Who moves where and when, and what that costs against hiring."""
    moving = [row for row in reading.prospects if row.target.moves]
    moving.sort(key=lambda row: (row.target.period, row.target.seat.name, _id(row.target)))
    return Table(
        "Placements",
        "Placements",
        "Who takes which seat and when. Expected cost counts the learning and the move, the wait, "
        "and the fall-back if it fails; sessions shared with others are not divided up.",
        PlacementRow,
        [_placement(reading, row) for row in moving],
    )


def standbys_table(reading: Reading) -> Table[StandbyRow]:
    """Who stands by for each opening with a bench, and which places stay empty."""
    by_opening: dict[str, list[Target]] = {}
    for row in reading.prospects:
        if row.target.kind == "standby":
            by_opening.setdefault(row.target.seat.name, []).append(row.target)
    rows = []
    for opening in reading.scenario.openings:
        targets = sorted(by_opening.get(opening.opening, ()), key=_id)
        rows += [_standby(reading, target) for target in targets]
        common = (
            opening.opening,
            reading.role(opening.role),
            reading.unit(opening.unit),
            reading.label(opening.needed),
        )
        missing = opening.bench - len(targets)
        rows += [
            StandbyRow(*common, "", "nobody stands by", "", "", 0, None, 0.0)
            for _ in range(missing)
        ]
    return Table(
        "Bench",
        "Bench",
        "Who stands by for an opening, ready when it is needed, and the places left empty.",
        StandbyRow,
        rows,
    )


def learning_table(reading: Reading) -> Table[LearningRow]:
    """Every activity that starts in the horizon, person by person."""
    rows = [
        _learning(reading, person, item)
        for person in reading.ledger.people.values()
        for item in sorted(person.enrolments, key=lambda item: (item.start, item.activity.activity))
        if item.start >= 1
    ]
    return Table(
        "Learning",
        "Learning by person",
        "What each person does, in order. Hours are those of the whole activity.",
        LearningRow,
        rows,
    )


def expected_cost(reading: Reading, prospect: Prospect) -> float:
    """A placement's own part of the plan's cost (model.md, section 6), new learning included."""
    target, seat, settings = prospect.target, prospect.target.seat, reading.scenario.settings
    facts, sigma, wait = reading.facts, prospect.sigma, target.period - prospect.target.seat.needed
    role = reading.scenario.role_by_id[target.employee.role]
    interest = facts.interest(target.employee.employee, seat.role)
    cost = reading.learning_cost(target) + settings.interest_cost * (3 - interest)
    succeeds = sigma * facts.move_cost(target.employee, seat)
    if target.kind == "fill":
        return cost + succeeds + seat.vacancy_cost * wait
    succeeds += sigma * seat.vacancy_cost * wait
    if settings.backfill == "cost" and target.employee.employee not in facts.incumbents:
        succeeds += sigma * role.backfill_cost
    stays = (1.0 - target.employee.leaving_risk) ** (
        settings.periods / settings.calendar.periods_per_year
    )
    retained = settings.retention_effect * (1.0 - stays) * role.replacement_cost
    fails = (1.0 - sigma) * _fallback_cost(reading, prospect)
    return cost + seat.probability * (succeeds + fails - (retained if interest >= 2 else 0.0))


def _fallback_cost(reading: Reading, prospect: Prospect) -> float:
    seat = prospect.target.seat
    if prospect.fallback == "hire":
        search = seat.search(prospect.target.period, reading.facts.horizon)
        return (seat.external_cost or 0.0) + seat.vacancy_cost * search
    return (seat.unfilled_cost or 0.0) if prospect.fallback == "unfilled" else 0.0


def hiring_cost(reading: Reading, target: Target) -> float | None:
    """What hiring for the target's seat would cost instead; None where that is not allowed."""
    seat = target.seat
    if seat.external_cost is None:
        return None
    waiting = seat.wait(reading.facts.horizon)
    return seat.probability * (seat.external_cost + seat.vacancy_cost * waiting)


def _placement(reading: Reading, prospect: Prospect) -> PlacementRow:
    target, seat = prospect.target, prospect.target.seat
    cost, hiring = expected_cost(reading, prospect), hiring_cost(reading, target)
    return PlacementRow(
        opening=seat.name if target.kind == "placement" else f"left by {seat.name}",
        role=reading.role(seat.role),
        unit=reading.unit(seat.unit),
        employee=target.employee.employee,
        name=target.employee.name,
        from_role=reading.role(target.employee.role),
        needed=reading.label(seat.needed),
        ready=reading.ready(target),
        moves=reading.label(target.period),
        activities=len(reading.person(target).new),
        chance=reading.chance(target),
        leaving_risk=target.employee.leaving_risk,
        learning=reading.learning_cost(target),
        cost=cost,
        hiring=hiring,
        saving=None if hiring is None else hiring - cost,
    )


def _standby(reading: Reading, target: Target) -> StandbyRow:
    return StandbyRow(
        opening=target.seat.name,
        role=reading.role(target.seat.role),
        unit=reading.unit(target.seat.unit),
        needed=reading.label(target.seat.needed),
        employee=target.employee.employee,
        name=target.employee.name,
        from_role=reading.role(target.employee.role),
        ready=reading.ready(target),
        activities=len(reading.person(target).new),
        chance=reading.chance(target),
        learning=reading.learning_cost(target),
    )


def _learning(reading: Reading, person: Person, item: Enrolment) -> LearningRow:
    return LearningRow(
        employee=person.employee.employee,
        name=person.employee.name,
        purpose="commitment" if item.committed else _purpose(person),
        activity=item.activity.activity,
        title=item.activity.name,
        kind=item.activity.kind,
        start=reading.label(item.start),
        finished=reading.label(item.finished),
        hours=item.activity.hours * item.activity.duration,
        cost=item.activity.cost,
    )


def _purpose(person: Person) -> str:
    words = {"placement": "moves to", "fill": "follows", "standby": "stands by for"}
    return ", ".join(f"{words[target.kind]} {target.seat.name}" for target in person.targets)


def _id(target: Target) -> str:
    return target.employee.employee
