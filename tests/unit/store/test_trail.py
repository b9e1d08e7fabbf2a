"""The decision trail: whatever is changed in it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from succession.store import Store, open_store
from succession.store.database import writing

AT = "2027-01-05T06:00:00.000+00:00"


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Store:
    store = open_store(tmp_path, database_url, AT)
    for number in range(1, 5):
        with store.changing(AT) as change:
            change.note("approved", number, {"by": f"p-{number}"})
    return store


def tamper(store: Store, statement: str) -> list[str]:
    with writing(store.engine) as connection:
        connection.exec_driver_sql(statement)
    return store.broken_links()


def test_an_untouched_trail_holds(store: Store) -> None:
    assert store.broken_links() == []


@pytest.mark.parametrize(
    "change",
    [
        "at = '2020-01-01T00:00:00.000+00:00'",
        "action = 'rejected'",
        "run = 7",
        "run = NULL",
        """body = '{"by":"p-9"}'""",
        "hash = '" + "0" * 64 + "'",
        "previous = '" + "0" * 64 + "'",
    ],
)
def test_a_changed_field_shows(store: Store, change: str) -> None:
    faults = tamper(store, f"UPDATE entries SET {change} WHERE number = 3")
    assert any("Entry 3" in fault for fault in faults)


def test_a_removed_entry_shows(store: Store) -> None:
    assert "Entry 3 is missing" in tamper(store, "DELETE FROM entries WHERE number = 3")[0]


def test_entries_that_changed_places_show(store: Store) -> None:
    with writing(store.engine) as connection:
        for one, other in ((2, 99), (3, 2), (99, 3)):
            statement = f"UPDATE entries SET number = {other} WHERE number = {one}"
            connection.exec_driver_sql(statement)
    assert store.broken_links()


def test_a_cut_end_shows(store: Store) -> None:
    faults = tamper(store, "DELETE FROM entries WHERE number = 5")
    assert faults == ["The trail was cut: 5 entries were written, 4 remain."]


def test_an_emptied_trail_shows(store: Store) -> None:
    assert tamper(store, "DELETE FROM entries") != []


def test_an_added_entry_shows(store: Store) -> None:
    last = store.entries()[-1]
    statement = (
        "INSERT INTO entries (number, at, action, run, body, previous, hash) "
        f"VALUES (6, '{AT}', 'approved', 1, '{{}}', '{last.hash}', '{last.hash}')"
    )
    assert "Entry 6 (approved" in tamper(store, statement)[0]


def test_a_trail_written_anew_with_other_keys_shows(store: Store, tmp_path: Path) -> None:
    """Whoever can write to the database but has no key cannot make the hashes."""
    other = open_store(tmp_path / "forged", None, AT)
    with other.changing(AT) as change:
        for number in range(1, 5):
            change.note("approved", number, {"by": "p-forger"})
    with writing(store.engine) as connection:
        for entry in other.entries():
            statement = (
                f"UPDATE entries SET body = '{entry.body}', previous = '{entry.previous}', "
                f"hash = '{entry.hash}' WHERE number = {entry.number}"
            )
            connection.exec_driver_sql(statement)
    assert len([fault for fault in store.broken_links() if "was changed" in fault]) == 5


def test_a_missing_head_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "trail-head.json").unlink()
    assert "a cut at the end could not be seen" in store.broken_links()[0]
