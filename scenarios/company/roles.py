"""Roles, what they require, what they cost, and the career paths between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scenarios.company.jobs import FAMILIES, JOBS, Job
from scenarios.company.source import Element, Source, rounded
from scenarios.tables import Row

TOP = 5
ELEMENTS_A_ROLE = 6
# Every occupation is rated high on these; nobody books a course to pass from 3 to 4 in them.
TOO_GENERAL = {"English Language", "Reading Comprehension", "Active Listening"}

TEAM_LEAD = "Team leadership"
CROSS_FUNCTIONAL = "Cross-functional assignment"
BUSINESS_OWNER = "Profit and loss responsibility"
EXPERIENCES = {TEAM_LEAD: 2, CROSS_FUNCTIONAL: 1, BUSINESS_OWNER: 1}


@dataclass(frozen=True)
class Certificate:
    """A certificate that roles of some families require from a grade on."""

    name: str
    short: str
    families: tuple[str, ...]
    from_grade: int
    valid_periods: int


CERTIFICATES = (
    Certificate("Good Laboratory Practice certificate", "GLP", ("LT", "RS"), 2, 8),
    Certificate("Good Clinical Practice certificate", "GCP", ("RS", "RD"), 3, 8),
    Certificate("Lean Six Sigma Green Belt", "Green Belt", ("MD", "OM"), 3, 16),
    Certificate("Certified Sales Professional", "CSP", ("SE", "HC", "SM"), 3, 12),
    Certificate("Project Management Professional", "PMP", ("RD", "OM", "MD"), 4, 12),
    Certificate("HR Professional certificate", "HRP", ("HR", "HM"), 2, 12),
)

HIRING, ONBOARDING_QUARTERS = {1: 0.15, 2: 0.17, 3: 0.24, 4: 0.33, 5: 0.42}, 0.5
# An inside applicant's seat is refilled a little cheaper than an opening: nobody is in a hurry.
BACKFILL = 0.85
REPLACEMENT = {1: 0.30, 2: 0.40, 3: 0.55, 4: 0.70, 5: 0.90}
VACANCY_A_QUARTER = {1: 0.03, 2: 0.05, 3: 0.06, 4: 0.07, 5: 0.08}
LEAD = {1: 0, 2: 1, 3: 1, 4: 2, 5: 2}
UNFILLED_UP_TO_GRADE = 3
UNFILLED = 0.75
# Nobody walks a path that is longer than this, in levels of all competencies, in two years.
FARTHEST = 6
# Laboratory technicians may supervise production: no O*NET link, the company's own custom.
COMPANY_PATHS = {("LT2", "MD2")}


class Roles:
    """What the occupation data say about the company's jobs."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.by_id = {job.role: job for job in JOBS}

    @cached_property
    def requirements(self) -> dict[str, dict[str, int]]:
        """Role → competency → level."""
        return {job.role: self._skills(job) | dict(_credentials(job)) for job in JOBS}

    @cached_property
    def elements(self) -> dict[str, str]:
        """The O*NET elements that some role requires, with their domain."""
        names = {e.name: e.domain for job in JOBS for e in self._most_important(job.soc)}
        return dict(sorted(names.items()))

    @cached_property
    def paths(self) -> dict[tuple[str, str], str]:
        """(from role, to role) → ladder or lattice."""
        pairs = ((a, b) for a in JOBS for b in JOBS)
        return {(a.role, b.role): kind for a, b in pairs if (kind := self._path(a, b))}

    def base_level(self, soc: str, element: str) -> float:
        """O*NET's level 0–7, on our scale 0–5."""
        found = self.source.elements[soc].get(element)
        return found.level * TOP / 7 if found else 0.0

    def wage(self, job: Job) -> int:
        return self.source.wage(job.soc, job.wage)

    def _most_important(self, soc: str) -> list[Element]:
        elements = [e for e in self.source.elements[soc].values() if e.name not in TOO_GENERAL]
        return sorted(elements, key=lambda e: (-e.importance, e.name))[:ELEMENTS_A_ROLE]

    def _skills(self, job: Job) -> dict[str, int]:
        # Each grade above the occupation's lowest raises every other element by a level.
        steps = job.grade - min(other.grade for other in JOBS if other.soc == job.soc)
        levels = {}
        for rank, element in enumerate(self._most_important(job.soc)):
            level = round(self.base_level(job.soc, element.name)) + (steps + rank % 2) // 2
            levels[element.name] = min(TOP, level)
        return levels

    def _path(self, a: Job, b: Job) -> str | None:
        rise = b.grade - a.grade
        if rise not in (0, 1):
            return None
        if (a.role, b.role) in COMPANY_PATHS:
            return "lattice"
        near = a.soc == b.soc or frozenset((a.soc, b.soc)) in self.source.related
        if self._distance(a, b) > FARTHEST:
            return None
        if a.department == b.department and (near or a.job_role == b.job_role):
            return "ladder" if rise else "lattice"
        # Nobody changes the department and rises in one step.
        return "lattice" if near and not rise else None

    def _distance(self, a: Job, b: Job) -> int:
        """How many levels somebody who just meets role a is short of role b."""
        held = {e: round(self.base_level(a.soc, e)) for e in self.elements}
        for competency, level in self.requirements[a.role].items():
            held[competency] = max(held.get(competency, 0), level)
        needs = self.requirements[b.role].items()
        return sum(max(0, level - held.get(competency, 0)) for competency, level in needs)

    def competency_rows(self) -> list[Row]:
        rows: list[Row] = [{"competency": e, "kind": "skill", "levels": TOP} for e in self.elements]
        for certificate in CERTIFICATES:
            rows.append({"competency": certificate.name, "kind": "certification", "levels": 1})
            rows.append({"competency": preparation(certificate), "kind": "experience", "levels": 1})
        for name, levels in EXPERIENCES.items():
            rows.append({"competency": name, "kind": "experience", "levels": levels})
        return rows

    def role_rows(self) -> list[Row]:
        return [self._role_row(job) for job in JOBS]

    def _role_row(self, job: Job) -> Row:
        wage = self.wage(job)
        # Recruiting, and half a quarter's pay until a newcomer is up to speed.
        external = wage * (HIRING[job.grade] + ONBOARDING_QUARTERS / 4)
        return {
            "role": job.role,
            "title": job.title,
            "family": FAMILIES[job.role[:2]],
            "grade": job.grade,
            "external_cost": rounded(external),
            "external_lead": LEAD[job.grade],
            "vacancy_cost": rounded(wage * VACANCY_A_QUARTER[job.grade]),
            "unfilled_cost": rounded(wage * UNFILLED)
            if job.grade <= UNFILLED_UP_TO_GRADE
            else None,
            "backfill_cost": rounded(external * BACKFILL),
            "replacement_cost": rounded(wage * REPLACEMENT[job.grade]),
        }

    def requirement_rows(self) -> list[Row]:
        return [
            {"role": role, "competency": competency, "level": level}
            for role, levels in self.requirements.items()
            for competency, level in levels.items()
        ]

    def path_rows(self) -> list[Row]:
        return [
            {"from_role": a, "to_role": b, "kind": kind, "move_cost": self._move_cost(a, b, kind)}
            for (a, b), kind in self.paths.items()
        ]

    def _move_cost(self, a: str, b: str, kind: str) -> int:
        if a == b:
            return 3000
        return 1200 if kind == "ladder" else 2400


def preparation(certificate: Certificate) -> str:
    return f"{certificate.short} preparation"


def _credentials(job: Job) -> Iterator[tuple[str, int]]:
    for certificate in CERTIFICATES:
        if job.role[:2] in certificate.families and job.grade >= certificate.from_grade:
            yield certificate.name, 1
    if job.grade >= 3:
        yield TEAM_LEAD, 2 if job.grade >= 4 else 1
    if job.grade >= 4:
        yield CROSS_FUNCTIONAL, 1
    if job.grade == TOP:
        yield BUSINESS_OWNER, 1
