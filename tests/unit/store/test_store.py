"""The store on both databases: what goes in comes out, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from succession.errors import Refused, SuccessionError
from succession.store import Store, open_store
from succession.store.database import writing
from succession.store.tables import METADATA

AT = "2027-01-05T06:00:00.000+00:00"
KEY = "k" * 64


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Store:
    return open_store(tmp_path / "store", database_url, AT)


def add_run(store: Store, key: str = KEY) -> int:
    with store.changing(AT) as change:
        return change.start_run(key, {"cost": 0.1, "name": "Ünïcode"}, {"in.xlsx": b"input"})


def finish(store: Store, number: int, outputs: dict[str, bytes]) -> None:
    with store.changing(AT) as change:
        change.end_run(number, "finished", {"cost": 0.1}, outputs, "proposal")


def test_a_run_comes_back_as_it_was_put_in(store: Store) -> None:
    number = add_run(store)
    started = store.run(number)
    assert (started.state, started.decision, started.ended) == ("running", None, None)
    assert started.document == {"cost": 0.1, "name": "Ünïcode"}
    finish(store, number, {"plan.json": b"plan"})
    run = store.run(number)
    assert (run.state, run.decision, run.ended) == ("finished", "proposal", AT)
    assert [(item.role, item.name, item.size) for item in run.files] == [
        ("input", "in.xlsx", 5),
        ("output", "plan.json", 4),
    ]
    assert [store.document(item) for item in run.files] == [b"input", b"plan"]


def test_runs_are_numbered_without_gaps(store: Store) -> None:
    numbers = [add_run(store), add_run(store)]
    with contextlib.suppress(RuntimeError), store.changing(AT) as change:
        change.start_run(KEY, {}, {})
        raise RuntimeError("in the middle")
    assert [*numbers, add_run(store)] == [1, 2, 3]
    assert [run.number for run in store.runs()] == [1, 2, 3]


def test_a_step_that_fails_leaves_no_trace(store: Store) -> None:
    number = add_run(store)
    before = (store.runs(), store.entries())
    with contextlib.suppress(RuntimeError), store.changing(AT) as change:
        change.end_run(number, "finished", {}, {"plan.json": b"half"}, "proposal")
        raise RuntimeError("in the middle")
    assert (store.runs(), store.entries()) == before
    assert store.sweep() == 1, "the document that no run has"


def test_a_repeated_key_is_known_once_its_run_finished(store: Store) -> None:
    number = add_run(store)
    assert store.repeated(KEY) is None
    finish(store, number, {})
    found = store.repeated(KEY)
    assert found is not None
    assert found.number == number
    assert store.repeated("x" * 64) is None


def test_of_two_approved_plans_the_one_approved_last_is_in_force(store: Store) -> None:
    numbers = [add_run(store), add_run(store), add_run(store)]
    assert store.approved() is None
    for number in (numbers[1], numbers[0]):
        with store.changing(AT) as change:
            change.decide(number, "approved")
            change.note("approved", number, {})
    approved = store.approved()
    assert approved is not None
    assert approved.number == numbers[0]


def test_a_store_is_there_again_after_it_was_closed(
    tmp_path: Path, database_url: str | None
) -> None:
    first = open_store(tmp_path, database_url, AT)
    add_run(first)
    before = (first.runs(), first.entries())
    again = open_store(tmp_path, database_url, AT)
    assert (again.runs(), again.entries()) == before
    assert again.broken_links() == []


def test_one_run_at_a_time(store: Store, tmp_path: Path, database_url: str | None) -> None:
    other = open_store(tmp_path / "store", database_url, AT)
    with store.run_alone(), pytest.raises(Refused, match="Another run holds"), other.run_alone():
        pass
    with other.run_alone():
        pass


def test_stores_of_one_postgresql_database_share_its_lock(tmp_path: Path, postgres: object) -> None:
    url = postgres.new_database()  # type: ignore[attr-defined]
    one, two = (open_store(tmp_path / name, None, AT) for name in ("one", "two"))
    shared = open_store(tmp_path / "shared", url, AT)
    with one.run_alone(), two.run_alone(), shared.run_alone():
        engine = sa.create_engine(url.replace("postgresql", "postgresql+psycopg", 1))
        with engine.connect() as connection:
            held = connection.scalar(
                sa.text("SELECT count(*) FROM pg_locks WHERE locktype='advisory'")
            )
        engine.dispose()
    assert held == 1


def test_migrations_lead_to_the_tables_in_use(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_store_of_a_later_version_is_refused(tmp_path: Path, database_url: str | None) -> None:
    store = open_store(tmp_path, database_url, AT)
    with writing(store.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="later version"):
        open_store(tmp_path, database_url, AT)


def test_sqlite_is_set_up_to_lose_nothing_and_to_forget(tmp_path: Path) -> None:
    store = open_store(tmp_path, None, AT)
    with store.engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 2, 1, 1]


def test_a_store_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_store(tmp_path / "store", None, AT)
    assert stat.S_IMODE(os.stat(tmp_path / "store").st_mode) == 0o700
    assert stat.S_IMODE(os.stat(tmp_path / "store" / "people.json").st_mode) == 0o600


def test_a_changed_document_is_not_handed_out(store: Store) -> None:
    number = add_run(store)
    item = store.run(number).files[0]
    path = next(store.objects.folder.glob("??/*"))
    path.write_bytes(b"other")
    with pytest.raises(
        SuccessionError, match=r"in\.xlsx is missing from the store, or was changed"
    ):
        store.document(item)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://x/y", "SQLite or PostgreSQL, not in mysql"),
        ("not a url", "is not one"),
    ],
)
def test_another_database_is_refused(tmp_path: Path, url: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        open_store(tmp_path, url, AT)


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path) -> None:
    url = "postgresql://planner:secret@127.0.0.1:1/none"
    with pytest.raises(SuccessionError, match="failed") as caught:
        open_store(tmp_path, url, AT)
    assert "secret" not in str(caught.value)
