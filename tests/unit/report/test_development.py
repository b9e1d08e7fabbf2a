"""A development plan says what the plan means for one person, and nothing else."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.report import samples

from succession.report import DevelopmentPlan, build_report, development_plans
from succession.report.development import GapRow, Milestone, write_development_html

OFFICE = samples.office_scenario()
READING = build_report(OFFICE, samples.office_plan(OFFICE)).reading
PLANS = {plan.employee: plan for plan in development_plans(READING)}


def test_everybody_with_a_target_or_learning_has_one() -> None:
    assert list(PLANS) == ["E1", "E3", "E7"]
    assert PLANS["E1"].label == "Zoë Žižek (E1)"
    assert PLANS["E1"].aim == "moves to Team lead, south"
    assert PLANS["E3"].aim == "stands by for Team lead, south"
    assert PLANS["E7"].aim == "keeps the learning that is agreed"


def test_the_gap_today_and_when_it_closes() -> None:
    assert PLANS["E1"].gaps == (
        GapRow("lead", 2, 0, "2027-Q4", "Leading teams"),
        GapRow("law", 1, 1, "held", ""),
    )


def test_dated_activities_with_hours_and_cost() -> None:
    plan = PLANS["E1"]
    assert [(row.start, row.finished, row.hours, row.cost) for row in plan.steps] == [
        ("2027-Q1", "2027-Q2", 16.0, 800.0),
        ("2027-Q2", "2027-Q4", 16.0, 300.0),
    ]
    assert (plan.hours, plan.cost) == (32.0, 1100.0)
    assert [row.committed for row in PLANS["E7"].steps] == [True]


def test_milestones_are_in_order_one_a_period() -> None:
    assert PLANS["E1"].milestones == (
        Milestone("2027-Q2", "Leading people finished: lead at level 1"),
        Milestone(
            "2027-Q4",
            "Leading teams finished: lead at level 2; Ready for Team lead; Moves to Team lead",
        ),
    )


def test_why_this_role() -> None:
    assert PLANS["E1"].reasons[:3] == (
        "A step up from Clerk to Team lead.",
        "Aspires to the role.",
        "Meets 1 of 2 requirements today; 2 levels are missing.",
    )
    row = READING.prospect_of["E1"]
    assert "hiring would cost 40,000" in PLANS["E1"].reasons[3]
    assert row.fallback is not None
    assert "bench" in PLANS["E3"].reasons[-1]


def test_what_could_go_wrong_names_the_chance_and_why() -> None:
    first, second, third, *_ = PLANS["E1"].risks
    chance = PLANS["E1"].chance
    assert chance == pytest.approx(0.96**0.75 * 0.9)
    assert first.startswith(f"With a chance of {1 - (chance or 0):.0%} it does not come about")
    assert "leaving risk 4% a year" in first
    assert "Leading teams 90%" in first
    assert second == "If it fails, the seat stays unfilled."
    assert third.startswith("No time to spare: Leading teams is finished when the move is due")


def page(*people: str, **changes: Any) -> str:
    plans = [replace(PLANS[name], **changes) if changes else PLANS[name] for name in people]
    return write_development_html(READING, plans).decode("utf-8")


def test_the_page_has_one_article_a_person_and_a_list_for_several() -> None:
    assert page("E1").count("<article") == 1
    assert 'class="list"' not in page("E1")
    text = page("E1", "E3", "E7")
    assert text.count("<article") == 3
    anchors = re.findall(r'href="#([\w-]+)"', text)
    assert len(anchors) == 3
    assert all(f'id="{anchor}"' in text for anchor in anchors)


def test_the_page_says_all_that_the_plan_says() -> None:
    text = html.unescape(re.sub(r"<[^>]+>", " ", page("E1")))
    plan = PLANS["E1"]
    wanted = [plan.aim, *plan.reasons, *plan.risks, *(row.what for row in plan.milestones)]
    wanted += [row.activity for row in plan.steps] + [row.competency for row in plan.gaps]
    for words in wanted:
        assert words in text


def test_names_cannot_reach_the_markup_and_nothing_is_fetched() -> None:
    awkward = "<img src=x onerror=alert(1)> & </script>"
    text = page("E1", name=awkward)
    assert awkward not in text
    assert html.escape(awkward, quote=False) in text.replace("&#34;", '"')
    assert not re.search(r'(?:src|href)="(?!#)', text)


def test_a_chain_gives_plans_for_those_who_follow() -> None:
    scenario = samples.chain_scenario()
    reading = build_report(scenario, samples.chain_plan(scenario)).reading
    plans = development_plans(reading)
    assert [plan.aim for plan in plans] == ["follows into senior, u", "moves to head, u"]
    assert [plan.opening for plan in plans] == ["", "H"]


def test_plans_are_the_same_every_time() -> None:
    again: tuple[DevelopmentPlan, ...] = development_plans(READING)
    assert again == tuple(PLANS.values())
