"""What must hold for whatever bytes a reader is given: findings or a scenario, nothing else."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from succession.domain import Finding, Scenario
from succession.errors import BadInput
from succession.io import load, write_scenario
from succession.io.check import check_book
from succession.io.plan_file import read_plan
from succession.io.read import Stop, read_raw

__all__ = ["read_csv", "read_plan_file", "read_workbook", "same_in_child", "time_limit"]

MOST_SECONDS = 20


def read_workbook(data: bytes) -> str:
    """Reads a workbook of these bytes; what came of it, in a word."""
    with _folder() as folder:
        path = folder / "plan.xlsx"
        path.write_bytes(data)
        return _read(path)


def read_csv(name: str, data: bytes, others: dict[str, bytes]) -> str:
    """Reads a CSV folder in which one file has these bytes."""
    with _folder() as folder:
        plan = folder / "plan"
        plan.mkdir()
        for other, content in {**others, name: data}.items():
            (plan / other).write_bytes(content)
        return _read(plan)


def read_plan_file(data: bytes) -> str:
    """Reads a plan file of these bytes."""
    with _folder() as folder:
        path = folder / "plan.json"
        path.write_bytes(data)
        with time_limit():
            try:
                read_plan(path)
            except BadInput as refused:
                _check_findings(refused.findings)
                return "refused"
        return "accepted"


def same_in_child(data: bytes) -> None:
    """The child process says about a workbook what the reader says here."""
    with _folder() as folder:
        path = folder / "plan.xlsx"
        path.write_bytes(data)
        try:
            here = check_book(read_raw(path))[1]
        except Stop as stop:
            here = (stop.finding,)
        assert load(path).findings == here


def _read(path: Path) -> str:
    with time_limit():
        try:
            scenario, findings = check_book(read_raw(path))
        except Stop as stop:
            _check_findings([stop.finding])
            return "refused"
        _check_findings(findings)
        assert (scenario is None) == any(finding.severity == "error" for finding in findings)
        if scenario is None:
            return "errors"
        _check_round_trip(scenario, path.parent)
        return "accepted"


def _check_findings(findings: Sequence[Finding]) -> None:
    for finding in findings:
        assert finding.message
        assert finding.code[0] == finding.severity[0].upper()
        assert len(finding.value or "") <= 80
        assert (finding.value or "").isprintable()


def _check_round_trip(scenario: Scenario, folder: Path) -> None:
    """Whatever is accepted can be written and read again."""
    for name in ("again.xlsx", "again"):
        write_scenario(scenario, folder / name)
        again, findings = check_book(read_raw(folder / name))
        assert again is not None, findings
        assert again.sha256 == scenario.sha256


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def time_limit() -> Iterator[None]:
    """Breaks off what takes longer than a refused file may."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {MOST_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
