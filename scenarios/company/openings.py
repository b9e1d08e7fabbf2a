"""The seats that fall vacant in the horizon, and who is named for them.

Leavers of grade 3 and above are openings of their own with the leaver as incumbent. Leavers of
grade 2 are counted by role, unit and half-year: one opening with so many seats. Seats of grade 1
go to beginners from outside and are no matter for succession. Further openings come from
retirements, with a probability by age, and from a few new posts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.company.jobs import Job
from scenarios.company.source import PERIODS, YEAR, Person, draw, label, rounded
from scenarios.company.staff import SENIOR, Staff, leaving_period, unit_of
from scenarios.tables import Row

RETIREMENT_AGE = 56
# By the age that they reach in the horizon's second year.
RETIREMENT_CHANCE = {58: 0.3, 59: 0.4, 60: 0.5, 61: 0.65, 62: 0.8}
MAX_DELAY = {2: 2, 3: 2, 4: 3, 5: 3}
NEW_POSTS = (
    *(("RD3", "RD-LIFE", 3), ("RD3", "RD-MED", 5), ("SE4", "SA-MKT", 4), ("OM3", "RD-TECH", 2)),
    *(("MD3", "RD-MED", 4), ("SM3", "SA-LIFE", 6), ("HR3", "HR", 3), ("RS3", "RD-LIFE", 5)),
    *(("LT3", "RD-TECH", 6), ("HC4", "RD-MED", 7)),
)
NEW_POST_CHANCE, UNFILLED_NEW_POST = 0.9, 0.35
NOMINATED_ONLY_FROM = 5
NOMINEES = 6
MANY_FOR_A_SEAT, EXCLUDED_SHARE = 10, 0.15
RELOCATION = 4500
# Both can do the job today, and their managers have agreed: by role, unit and period needed.
AGREED = {
    ("SE4", "SA-MKT", 4): ("E0789", "require"),
    ("HC4", "RD-MED", 7): ("E1971", "standby"),
}


@dataclass(frozen=True)
class Opening:
    """An opening before it has its number."""

    job: Job
    unit: str
    needed: int
    seats: int = 1
    probability: float = 1.0
    incumbent: str | None = None
    new_post: bool = False


def build_openings(staff: Staff) -> dict[str, Opening]:
    found = [*_leavers(staff), *_counted_leavers(staff), *_retirements(staff), *_new_posts(staff)]
    found.sort(key=lambda o: (o.needed, o.job.role, o.unit, o.incumbent or ""))
    return {f"O{number:03d}": opening for number, opening in enumerate(found, start=1)}


def _leavers(staff: Staff) -> Iterator[Opening]:
    for p in staff.people:
        if p.leaver and p.grade >= 3:
            job = staff.job[p.employee]
            yield Opening(job, unit_of(p), leaving_period(p), incumbent=p.employee)


def _counted_leavers(staff: Staff) -> Iterator[Opening]:
    counted = Counter(
        (staff.job[p.employee], unit_of(p), (leaving_period(p) + 1) // 2 * 2)
        for p in staff.people
        if p.leaver and p.grade == 2
    )
    for (job, unit, needed), seats in counted.items():
        yield Opening(job, unit, needed, seats=seats)


def _retirements(staff: Staff) -> Iterator[Opening]:
    for p in staff.people:
        if not p.leaver and p.grade >= 3 and p.age >= RETIREMENT_AGE:
            needed = YEAR + 1 + int((PERIODS - YEAR) * draw("retires", p.employee))
            yield Opening(
                job=staff.job[p.employee],
                unit=unit_of(p),
                needed=needed,
                probability=RETIREMENT_CHANCE[min(p.age + 2, 62)],
                incumbent=p.employee,
            )


def _new_posts(staff: Staff) -> Iterator[Opening]:
    for role, unit, needed in NEW_POSTS:
        job = staff.roles.by_id[role]
        yield Opening(job, unit, needed, probability=NEW_POST_CHANCE, new_post=True)


def opening_rows(openings: dict[str, Opening], staff: Staff) -> list[Row]:
    return [_opening_row(key, o, staff) for key, o in openings.items()]


def _opening_row(key: str, o: Opening, staff: Staff) -> Row:
    wage = staff.roles.wage(o.job)
    return {
        "opening": key,
        "role": o.job.role,
        "unit": o.unit,
        "needed": label(o.needed),
        "seats": o.seats,
        "probability": o.probability if o.probability < 1 else 1,
        "max_delay": MAX_DELAY[o.job.grade],
        "bench": 1 if o.job.grade >= SENIOR else None,
        "incumbent": o.incumbent,
        "nominated_only": "yes" if o.job.grade >= NOMINATED_ONLY_FROM else None,
        # A post that is new may wait; one in the field has to be filled.
        "unfilled_cost": rounded(wage * UNFILLED_NEW_POST) if o.new_post else _must_be_filled(o),
    }


def _must_be_filled(o: Opening) -> str | None:
    return "none" if o.job.department == "Sales" and o.job.grade == 3 else None


def candidate_rows(openings: dict[str, Opening], staff: Staff) -> list[Row]:
    return [row for key, opening in openings.items() for row in _candidates(key, opening, staff)]


def _candidates(key: str, opening: Opening, staff: Staff) -> Iterator[Row]:
    role = opening.job.role
    near = sorted(
        _eligible(opening, staff), key=lambda p: (staff.gap(p.employee, role), p.employee)
    )
    agreed = AGREED.get((role, opening.unit, opening.needed))
    if agreed and not opening.incumbent:
        yield {"opening": key, "employee": agreed[0], "status": agreed[1]}
    elif opening.job.grade >= NOMINATED_ONLY_FROM:
        for p in near[:NOMINEES]:
            move_cost = None if unit_of(p) == opening.unit else RELOCATION
            yield {
                "opening": key,
                "employee": p.employee,
                "status": "nominate",
                "move_cost": move_cost,
            }
    elif len(near) > MANY_FOR_A_SEAT and draw("exclude", key) < EXCLUDED_SHARE:
        yield {"opening": key, "employee": near[0].employee, "status": "exclude"}


def _eligible(opening: Opening, staff: Staff) -> list[Person]:
    """Whoever a career path from a lower grade leads to the seat, and who stays."""
    role, grade = opening.job.role, opening.job.grade
    return [
        p
        for p in staff.people
        if not p.leaver
        and p.grade == grade - 1
        and (staff.job[p.employee].role, role) in staff.roles.paths
        and p.employee != opening.incumbent
    ]
