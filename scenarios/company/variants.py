"""Writes `scenarios/company-variants`: what if, for the company scenario.

Each variant is a folder of the tables in which it differs from the company, which `base.txt` names.
`python scenarios/company/variants.py` writes them, `--check` compares them with what is there.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from scenarios.company import build  # noqa: E402
from scenarios.tables import Files, Row, Tables, csv_files, main  # noqa: E402

FOLDER = HERE.parent / "company-variants"
DEVELOPMENT = ("learning", "leadership")
MOST_RISK = 0.95


def files() -> Files:
    company = build.tables()
    variants: dict[str, Tables] = {
        "half-budget": {"Budgets": _half_budget(company["Budgets"])},
        "no-rotations": {"Sessions": _no_rotations(company)},
        "double-attrition": {"Employees": _double_attrition(company["Employees"])},
    }
    made = {
        f"{variant}/{name}": content
        for variant, tables in variants.items()
        for name, content in csv_files(tables).items()
    }
    return made | {"base.txt": b"../company/company\n"}


def _half_budget(budgets: list[Row]) -> list[Row]:
    """Half the money for learning and leadership programmes; hiring and moves keep theirs."""
    return [
        {**row, "amount": _number(row["amount"]) / 2} if row["pool"] in DEVELOPMENT else row
        for row in budgets
    ]


def _no_rotations(company: Tables) -> list[Row]:
    """A rotation with no sessions in any period is not offered; those agreed go ahead."""
    rotations = [row["activity"] for row in company["Activities"] if row["kind"] == "rotation"]
    kept = [row for row in company["Sessions"] if row["activity"] not in rotations]
    return kept + [{"activity": name, "period": 1, "sessions": 0} for name in rotations]


def _double_attrition(employees: list[Row]) -> list[Row]:
    """Twice the leaving risk of everybody, at most 0.95."""
    return [
        {**row, "leaving_risk": round(min(MOST_RISK, 2 * _number(row.get("leaving_risk"))), 4)}
        for row in employees
    ]


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


if __name__ == "__main__":
    owned = ("half-budget/*", "no-rotations/*", "double-attrition/*", "base.txt")
    sys.exit(main(files, FOLDER, __doc__ or "", owned=owned))
