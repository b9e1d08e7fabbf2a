"""A short run of the fuzzer; `python -m tests.fuzz` is the long one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz import mutations as m
from tests.fuzz import targets

SHORT = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

_PLAN = (m.SCENARIOS / "toy" / "previous.json").read_bytes()


@SHORT
@given(m.edits())
def test_no_bytes_of_a_workbook_break_the_reader(changes: list[m.Edit]) -> None:
    targets.read_workbook(m.apply(m.workbook(), changes))


@SHORT
@given(st.sampled_from(sorted(m.workbook_parts())), m.edits())
def test_no_part_of_a_workbook_breaks_the_reader(part: str, changes: list[m.Edit]) -> None:
    parts = m.workbook_parts()
    targets.read_workbook(m.rezip({**parts, part: m.apply(parts[part], changes)}))


@SHORT
@given(st.sampled_from(sorted(m.csv_files())), m.edits())
def test_no_bytes_of_a_csv_file_break_the_reader(name: str, changes: list[m.Edit]) -> None:
    files = m.csv_files()
    targets.read_csv(name, m.apply(files[name], changes), files)


@SHORT
@given(m.edits())
def test_no_bytes_of_a_plan_file_break_the_reader(changes: list[m.Edit]) -> None:
    targets.read_plan_file(m.apply(_PLAN, changes))


def test_what_is_not_changed_is_accepted() -> None:
    """The fuzzer starts from good files, and what it does to them is seen."""
    assert targets.read_workbook(m.workbook()) == "accepted"
    assert targets.read_csv("Roles.csv", m.csv_files()["Roles.csv"], m.csv_files()) == "accepted"
    assert targets.read_plan_file(_PLAN) == "accepted"
    targets.same_in_child(m.workbook())
    cut = m.apply(m.workbook(), [("cut", 0.5, b"x", 1)])
    assert targets.read_workbook(cut) == "refused"
    targets.same_in_child(cut)
