"""Rebuilds the company scenario from the public data in `data/`: a CSV folder and a workbook.

`python scenarios/company/build.py` writes them, `--check` compares them with what is there.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from scenarios.company import catalogue as learning  # noqa: E402
from scenarios.company import openings as vacancies  # noqa: E402
from scenarios.company import staff as people  # noqa: E402
from scenarios.company.commitments import commitment_rows  # noqa: E402
from scenarios.company.roles import Roles  # noqa: E402
from scenarios.company.source import Source  # noqa: E402
from scenarios.tables import Files, Row, Tables, csv_files, main, workbook  # noqa: E402

SETTINGS: Row = {
    "name": "Company",
    "start": dt.date(2027, 1, 1),
    "period": "quarter",
    "periods": 8,
    "currency": "USD",
    "hours_per_period": people.HOURS,
    "max_at_once": 2,
    "risk": "expected",
    "interest_cost": 500,
    "change_cost": 400,
    "bench_shortage_cost": 9000,
    "retention_effect": 0.25,
    "min_stay": 4,
    "backfill": "cost",
    "external_pool": "recruiting",
    "move_pool": "mobility",
}
YEARS = (("2027-Q1", "2027-Q4"), ("2028-Q1", "2028-Q4"))
YEARLY = {
    "learning": (105_000, 38_000),
    "leadership": (28_000, 18_000),
    "recruiting": (450_000, 900_000),
    "mobility": (60_000, 90_000),
}
OF_UNITS = {("learning", "RD-TECH"): 9_000, ("learning", "SA-TECH"): 11_000}


def tables() -> Tables:
    source = Source()
    roles = Roles(source)
    staff = people.Staff(source, roles)
    catalogue = learning.build_catalogue(roles)
    openings = vacancies.build_openings(staff)
    return {
        "Settings": [{"key": key, "value": value} for key, value in SETTINGS.items()],
        "Competencies": roles.competency_rows(),
        "Roles": roles.role_rows(),
        "Requirements": roles.requirement_rows(),
        "Units": people.unit_rows(),
        "Employees": staff.employee_rows(),
        "Profiles": staff.profile_rows(),
        "CareerPaths": roles.path_rows(),
        "Openings": vacancies.opening_rows(openings, staff),
        "Candidates": vacancies.candidate_rows(openings, staff),
        "Interests": staff.interest_rows(),
        "Activities": learning.activity_rows(catalogue),
        "Sessions": learning.session_rows(catalogue),
        "Prerequisites": learning.prerequisite_rows(catalogue),
        "Outcomes": learning.outcome_rows(catalogue),
        "Resources": learning.resource_rows(),
        "Budgets": _budget_rows(),
        "Commitments": commitment_rows(catalogue, staff),
        "Groups": staff.group_rows(),
    }


def files() -> Files:
    made = tables()
    folder = {f"company/{name}": content for name, content in csv_files(made).items()}
    return folder | {"company.xlsx": workbook(made)}


def _budget_rows() -> list[Row]:
    yearly: list[Row] = [
        {"pool": pool, "from": first, "to": last, "amount": amount}
        for pool, amounts in YEARLY.items()
        for (first, last), amount in zip(YEARS, amounts, strict=True)
    ]
    return yearly + [
        {"pool": pool, "unit": unit, "amount": amount} for (pool, unit), amount in OF_UNITS.items()
    ]


if __name__ == "__main__":
    sys.exit(main(files, HERE, __doc__ or "", owned=("company/*", "company.xlsx")))
