"""Changes against the previous plan: a sentence each, and a row for every one of them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
from tests import builders as b

from succession.domain import Hires, PreviousDecision, Scenario, Stability
from succession.report import build_report, stability_summary, write_html, write_xlsx
from succession.report.stability import changes_table

GONE = PreviousDecision("placement", "E9", "O1", 3, "gone", "hired for", "", "E9 has left")
MOVED = PreviousDecision("start", "E1", "A1", 2, "moved", "moved to 2027-Q3", "capacity", "Full.")
GIVEN = PreviousDecision("placement", "E1", "O1", 3, "given away", "goes to E2", "pays", "Cheaper.")


def company() -> Scenario:
    return b.scenario(
        roles=[b.role("senior", title="Senior")],
        employees=[replace(b.employee("E1", "senior"), name="Ann")],
        openings=[b.opening("O1")],
        activities=[replace(b.activity("A1"), name="Course")],
    )


def stability(*rows: PreviousDecision, kept: int = 1, **changes: Any) -> Stability:
    values = {"change_cost": 400.0, "extra": None, "extra_at_least": None} | changes
    return Stability(b.settings().calendar, kept, rows, **values)


def test_the_summary_says_what_stands_what_changed_and_why() -> None:
    found = stability(GONE, MOVED, GIVEN, extra=1234.4, extra_at_least=1000.0)
    assert stability_summary(found, "EUR") == (
        "1 of 3 decisions of the previous plan stand.",
        "2 changes: 1 no place for it, 1 the new plan is cheaper.",
        "1 decision lapsed with people, openings or activities.",
        "Keeping all that can be kept would cost 1,234 EUR more (proven: at least 1,000), before "
        "400 a change.",
    )


def test_the_summary_is_short_where_little_happened() -> None:
    assert stability_summary(stability(), "EUR") == (
        "1 of 1 decisions of the previous plan stand.",
    )
    assert stability_summary(stability(MOVED), "EUR")[-1] == "All that can be kept is kept."
    assert stability_summary(stability(GIVEN), "EUR")[-1].endswith("was not found.")


def test_every_decision_that_does_not_stand_has_a_row() -> None:
    table = changes_table(company(), stability(GONE, MOVED, GIVEN))
    assert [tuple(cells) for cells in table.cells] == [
        ("E1", "Ann", "placement in O1", "Senior", "2027-Q3", "goes to E2",
         "the new plan is cheaper", "Cheaper."),
        ("E1", "Ann", "start A1", "Course", "2027-Q2", "moved to 2027-Q3", "no place for it",
         "Full."),
        ("E9", "", "placement in O1", "Senior", "2027-Q3", "hired for", "no longer there",
         "E9 has left"),
    ]  # fmt: skip


def test_page_and_workbook_show_changes_only_against_a_previous_plan() -> None:
    scenario = company()
    plan = b.plan(scenario, hires=[Hires("O1", 1)])
    with_changes = build_report(scenario, plan, stability=stability(GIVEN))
    without = build_report(scenario, plan)
    assert "Changes against the previous plan" in write_html(with_changes).decode()
    assert "Changes against the previous plan" not in write_html(without).decode()
    assert next(table.key for table in with_changes.tables) == "Changes"
    book = write_xlsx(with_changes)
    assert book == write_xlsx(with_changes)
    sheet = openpyxl.load_workbook(BytesIO(book))["Changes"]
    assert GIVEN.why in {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Changes" not in openpyxl.load_workbook(BytesIO(write_xlsx(without))).sheetnames
