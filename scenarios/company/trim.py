"""Cuts the public source files down to the rows and columns that this scenario uses.

`python scenarios/company/trim.py SOURCE_FOLDER` wrote `data/` (but for `offers.csv`, which is our
own); README.md says where the sources come from. Values are kept; only rows and columns go.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scenarios.company.jobs import JOBS

DATA = Path(__file__).parent / "data"
STAFF = (
    *("EmployeeNumber", "Age", "Attrition", "Department", "EducationField", "Gender"),
    *("JobInvolvement", "JobLevel", "JobRole", "OverTime", "PerformanceRating"),
    *("TrainingTimesLastYear", "YearsAtCompany", "YearsInCurrentRole"),
)
RATING = ("onet_soc", "element", "importance_1_5", "level_0_7")


def main(source: Path) -> None:
    socs = {job.soc for job in JOBS}
    _cut(source, "hr_staff.csv", STAFF)
    _cut(source, "occupations.csv", ("onet_soc", "title"), onet_soc=socs)
    _cut(source, "skills.csv", RATING, onet_soc=socs)
    _cut(source, "knowledge.csv", RATING, onet_soc=socs)
    related = ("onet_soc", "related_onet_soc", "tier", "rank")
    _cut(source, "related_occupations.csv", related, onet_soc=socs, related_onet_soc=socs)
    wages = ("soc", "title", "p25", "p50", "p75", "p90")
    _cut(source, "wages_2025.csv", wages, soc={soc[:7] for soc in socs})


def _cut(source: Path, name: str, columns: tuple[str, ...], **keep: set[str]) -> None:
    with (source / name).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[c] in v for c, v in keep.items())]
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
