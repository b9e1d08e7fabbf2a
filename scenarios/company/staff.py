"""The employees: role, unit, hours, risk of leaving, what they can do, and what they want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from scenarios.company.jobs import JOBS, Job
from scenarios.company.roles import (
    CERTIFICATES,
    CROSS_FUNCTIONAL,
    EXPERIENCES,
    TEAM_LEAD,
    TOP,
    Certificate,
    Roles,
    preparation,
)
from scenarios.company.source import PERIODS, YEAR, Person, Source, draw, label
from scenarios.tables import Row

UNITS = {
    "RD-LIFE": ("R&D Life Sciences", 6, 5),
    "RD-MED": ("R&D Medical", 5, 4),
    "RD-TECH": ("R&D Technical", 3, 2),
    "SA-MKT": ("Sales Marketing", 3, 3),
    "SA-LIFE": ("Sales Life Sciences", 3, 3),
    "SA-MED": ("Sales Medical", 2, 2),
    "SA-TECH": ("Sales Technical", 2, 2),
    "HR": ("Human Resources", 2, 2),
}
FIELDS = {"Life Sciences": "LIFE", "Medical": "MED", "Marketing": "MKT"}
AGE_BANDS = ((30, "under 30"), (40, "30-39"), (50, "40-49"), (200, "50 and over"))
HOURS, HOURS_WITH_OVERTIME, HOURS_OF_SENIORS = 40, 24, 32
SENIOR = 4
ON_LEAVE = 0.01


class Staff:
    """The people of the staff file as employees of the scenario."""

    def __init__(self, source: Source, roles: Roles) -> None:
        self.people = source.staff
        self.roles = roles
        by_job = {(job.department, job.job_role, job.grade): job for job in JOBS}
        self.job = {p.employee: by_job[p.department, p.job_role, p.grade] for p in self.people}

    @cached_property
    def leaving_rates(self) -> dict[tuple[int, bool, str], float]:
        """Leavers as a share of everyone in the band, as the staff file has them."""
        everyone = Counter(_band(p) for p in self.people)
        leavers = Counter(_band(p) for p in self.people if p.leaver)
        return {band: round(leavers[band] / count, 2) for band, count in everyone.items()}

    @cached_property
    def levels(self) -> dict[str, dict[str, int]]:
        """Employee → competency → level, for the roles they are in or can move to."""
        return {p.employee: self._levels(p) for p in self.people}

    @cached_property
    def reachable(self) -> dict[str, list[str]]:
        """Role → roles that a career path leads to from it, the role itself first."""
        return {
            job.role: [job.role, *(b for a, b in self.roles.paths if a == job.role != b)]
            for job in JOBS
        }

    def gap(self, employee: str, role: str) -> int:
        """How many levels an employee is short of a role, over all competencies."""
        held = self.levels[employee]
        needs = self.roles.requirements[role].items()
        return sum(max(0, level - held.get(competency, 0)) for competency, level in needs)

    def _levels(self, person: Person) -> dict[str, int]:
        job = self.job[person.employee]
        own = self.roles.requirements[job.role]
        wanted = {c: None for r in self.reachable[job.role] for c in self.roles.requirements[r]}
        skills = {c: self._skill(person, job, c) for c in wanted if c in self.roles.elements}
        return {
            c: level for c, level in (skills | dict(_credentials(person, own))).items() if level
        }

    def _skill(self, person: Person, job: Job, element: str) -> int:
        spread = 1.4 * draw("skill", person.employee, element) - 0.7
        level = round(self.roles.base_level(job.soc, element) + _strength(person) + spread)
        required = self.roles.requirements[job.role].get(element)
        if required is not None:
            # Whoever is in a role can do it, but for one thing or another in the first year.
            floor = required - (person.years_in_role == 0 and spread < -0.4)
            level = max(floor, min(level, required + 1))
        return min(TOP, level)

    def employee_rows(self) -> list[Row]:
        return [self._employee_row(person) for person in self.people]

    def _employee_row(self, person: Person) -> Row:
        leave = draw("leave", person.employee) < ON_LEAVE and not person.leaver
        return {
            "employee": person.employee,
            "role": self.job[person.employee].role,
            "unit": unit_of(person),
            "hours": hours_of(person),
            "leaving_risk": self.leaving_rates[_band(person)],
            "available_from": label(2 + int(2 * draw("back", person.employee))) if leave else None,
            "available_to": label(leaving_period(person) - 1) if person.leaver else None,
            # A year in the role before the next move.
            "move_from": label(YEAR) if person.years_in_role == 0 else None,
        }

    def profile_rows(self) -> list[Row]:
        certificates = {c.name: c for c in CERTIFICATES}
        return [
            {
                "employee": employee,
                "competency": competency,
                "level": level,
                "valid_to": _valid_to(employee, certificates.get(competency)),
            }
            for employee, levels in self.levels.items()
            for competency, level in levels.items()
        ]

    def interest_rows(self) -> list[Row]:
        return [row for person in self.people for row in self._interests(person)]

    def _interests(self, person: Person) -> Iterator[Row]:
        role = self.job[person.employee].role
        for target in self.reachable[role][1:]:
            kind = self.roles.paths[role, target]
            interest = _interest(person, target, kind)
            if interest != 1:
                yield {"employee": person.employee, "role": target, "interest": interest}

    def group_rows(self) -> list[Row]:
        rows: list[Row] = []
        for p in self.people:
            band = next(name for limit, name in AGE_BANDS if p.age < limit)
            rows.append({"employee": p.employee, "attribute": "gender", "value": p.gender})
            rows.append({"employee": p.employee, "attribute": "age band", "value": band})
        return rows


def unit_rows() -> list[Row]:
    return [
        {"unit": unit, "name": name, "max_away": away, "max_moves_out": moves}
        for unit, (name, away, moves) in UNITS.items()
    ]


def unit_of(person: Person) -> str:
    if person.department == "Human Resources":
        return "HR"
    prefix = "SA" if person.department == "Sales" else "RD"
    return f"{prefix}-{FIELDS.get(person.field, 'TECH')}"


def leaving_period(person: Person) -> int:
    """The period from which a leaver's seat is empty: 2 to 8."""
    return 2 + int((PERIODS - 1) * draw("leaves", person.employee))


def _band(person: Person) -> tuple[int, bool, str]:
    years = "0-2" if person.years <= 2 else "3-9" if person.years <= 9 else "10+"
    return min(3, person.grade), person.overtime, years


def hours_of(person: Person) -> int:
    if person.overtime:
        return HOURS_WITH_OVERTIME
    return HOURS_OF_SENIORS if person.grade >= SENIOR else HOURS


def _strength(person: Person) -> float:
    return (
        0.30 * (person.performance - 3)
        + 0.05 * person.trainings
        + 0.15 * (person.years_in_role >= 3)
        + 0.15 * (person.years >= 8)
    )


def _credentials(person: Person, own: dict[str, int]) -> Iterator[tuple[str, int]]:
    for certificate in CERTIFICATES:
        held = certificate.name in own
        if held or draw("prepared", person.employee, certificate.short) < 0.10:
            yield preparation(certificate), 1
        if held or draw("certified", person.employee, certificate.short) < 0.04:
            yield certificate.name, 1
    for name, top in EXPERIENCES.items():
        yield name, min(top, max(own.get(name, 0), _experience(person, name)))


def _experience(person: Person, name: str) -> int:
    seasoned = person.grade >= 2 and person.years >= 5
    if name == TEAM_LEAD:
        return int(seasoned and draw(name, person.employee) < 0.35) + (person.grade >= 3)
    likely = 0.25 if name == CROSS_FUNCTIONAL else 0.10
    return int(seasoned and draw(name, person.employee) < likely)


def _valid_to(employee: str, certificate: Certificate | None) -> str | None:
    if certificate is None:
        return None
    # Passed at some time within the last term, so it runs out at some time within the next.
    left = 1 + int(certificate.valid_periods * draw("valid", employee, certificate.short))
    return label(left)


def _interest(person: Person, target: str, kind: str) -> int:
    chance = draw("interest", person.employee, target)
    keen = {1: 0.10, 2: 0.25, 3: 0.45, 4: 0.65}[person.involvement]
    if kind == "lattice":
        keen /= 3
    if chance < keen / 3:
        return 3
    if chance < keen:
        return 2
    return 0 if chance > (0.85 if kind == "lattice" else 0.95) else 1
