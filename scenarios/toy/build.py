"""Rebuilds the toy scenarios: CSV folders, a workbook, README.md and expected.json.

`python scenarios/toy/build.py` writes them, `--check` compares them with what is there.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from scenarios.tables import Files, csv_files, main, workbook  # noqa: E402
from scenarios.toy import costs, learning, people, sharing  # noqa: E402
from scenarios.toy.base import Variant  # noqa: E402

PARTS = (
    ("What one person may do (model, sections 1 and 2)", learning.VARIANTS),
    ("Who may have an opening (section 3)", people.ELIGIBLE),
    ("Commitments (section 4)", people.COMMITTED),
    ("What people share (section 5)", sharing.VARIANTS),
    ("Risk (section 6)", costs.RISK),
    ("The other cost parts (section 6)", costs.PARTS),
    ("Vacancy chains (section 7)", costs.CHAINS),
)
INTRODUCTION = """# Toy scenarios, solved by hand

The base: four quarters of 2027, amounts in EUR, no risk, no backfill. Ann (HQ) and Bob (Site) are
clerks. Seat O1, a manager at HQ, is needed in period 3 and may wait one period for 1,000. A manager
leads at level 2. Ann leads at level 1, Bob not at all. Basics (300) leads to level 1, Advanced
(1,000) from 1 to 2; each takes one period and 20 of 40 hours. A clerk becomes manager for 500, Bob
for 800. A hired manager costs 10,000 and is there at once, a hired clerk 4,000.

Every variant changes a little of that to show one rule. Its optimum, worked out by hand, is below
and, for machines, in `expected.json`: status, cost, the cost parts that are not 0, the placements,
and hires, standbys and so on where there are any. Each optimum is the only one as far as these are
concerned; when an activity starts may differ. `base` is also there as a workbook, `toy.xlsx`.

This file is written by `build.py`; change the variants in `learning.py`, `people.py`,
`sharing.py` and `costs.py`, then run `python scenarios/toy/build.py`.
"""
COST_PARTS = (
    *("learning", "sessions", "moves", "external", "vacancy", "unfilled", "backfill", "bench"),
    *("interest", "change", "retention"),
)
# The plan of the variant `exclude`, as far as the next plan is compared with it.
PREVIOUS: dict[str, Any] = {
    "format": "succession-plan/1",
    "scenario": "exclude",
    "scenario_sha256": "0" * 64,
    "start": "2027-01-01",
    "period": "quarter",
    "periods": 4,
    "previous_sha256": None,
    "status": "optimal",
    "cost": 2100.0,
    "bound": 2100.0,
    "gap": 0.0,
    "currency": "EUR",
    "costs": dict.fromkeys(COST_PARTS, 0.0) | {"learning": 1300.0, "moves": 800.0},
    "placements": [{"opening": "O1", "employee": "Bob", "period": 3}],
    "vacated": [],
    "standbys": [],
    "learning": [
        {"employee": "Bob", "activity": "Advanced", "start": 2},
        {"employee": "Bob", "activity": "Basics", "start": 1},
    ],
    "sessions": [],
    "hires": [],
    "vacated_hires": [],
    "unfilled": [],
    "vacated_unfilled": [],
}


def files() -> Files:
    variants = [variant for _, some in PARTS for variant in some]
    made: Files = {}
    for variant in variants:
        tables = csv_files(variant.tables())
        made |= {f"{variant.name}/{name}": content for name, content in tables.items()}
    expected = {variant.name: variant.expected() for variant in variants}
    return made | {
        "toy.xlsx": workbook(variants[0].tables()),
        "README.md": _readme().encode(),
        "expected.json": _json(expected),
        "previous.json": _json(PREVIOUS),
    }


def _readme() -> str:
    return INTRODUCTION + "".join(_section(title, variants) for title, variants in PARTS)


def _section(title: str, variants: tuple[Variant, ...]) -> str:
    rows = "".join(f"| {v.name} | {v.words} | {_cost(v)} |\n" for v in variants)
    header = "| variant | what is changed, and the optimum | cost |\n|---|---|---|\n"
    return f"\n## {title}\n\n{header}{rows}"


def _cost(variant: Variant) -> str:
    cost = variant.expected()["cost"]
    return "infeasible" if cost is None else f"{cost:,}"


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


if __name__ == "__main__":
    sys.exit(main(files, HERE, __doc__ or "", owned=("*/*.csv", "*.xlsx")))
