"""Measures what is not measured yet, one process each, and writes RESULTS.md: `benchmarks/run`.

A finished measurement is one line of results.jsonl; stopped at any moment and started again, the
runner goes on with what is missing. A line is out of date when the code that it measured changes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.report import results_page
from benchmarks.suite import METHODS, OPTIONS, OURS, ROOT, SIZES, Case, cases

__all__ = ["main"]

LIBRARIES = ("highspy", "numba", "numpy", "ortools", "scipy")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the cases asked for that have no line yet, then writes the page of all lines."""
    asked = _parser().parse_args(arguments)
    records = _read(asked.results)
    if not asked.report_only:
        _measure(asked, records)
    asked.page.write_text(results_page(list(records.values())), encoding="utf-8")
    print(f"{len(records)} measurements: {asked.page}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument("--methods", type=_names(METHODS), default=list(METHODS))
    parser.add_argument("--options", type=_names(OPTIONS), default=list(OPTIONS))
    parser.add_argument("--sizes", type=_numbers, default=list(SIZES), help="e.g. 100,300,1000")
    parser.add_argument("--seeds", type=int, help="of each size; the usual number otherwise")
    parser.add_argument("--seconds", type=float, help="our solver's limit; by size otherwise")
    parser.add_argument("--peer-seconds", type=float, default=600.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", type=float, default=20.0, help="GB that a process may have")
    parser.add_argument("--again", action="store_true", help="measure what has a line already")
    parser.add_argument("--report-only", action="store_true")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results.jsonl")
    parser.add_argument("--page", type=Path, default=ROOT / "benchmarks" / "RESULTS.md")
    return parser


def _names(known: Sequence[str]) -> Any:
    def names(text: str) -> list[str]:
        found = text.split(",")
        if not set(found) <= set(known):
            raise argparse.ArgumentTypeError(f"one or more of {', '.join(known)}")
        return found

    return names


def _numbers(text: str) -> list[int]:
    found = [int(part) for part in text.split(",")]
    if not set(found) <= set(SIZES):
        raise argparse.ArgumentTypeError(f"one or more of {', '.join(map(str, SIZES))}")
    return found


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """Records by key, the last line of each; half a line at the end is not one."""
    found: dict[str, dict[str, Any]] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            found[record["key"]] = record
    return found


def _measure(asked: argparse.Namespace, records: dict[str, dict[str, Any]]) -> None:
    wanted = list(
        cases(
            methods=asked.methods,
            options=asked.options,
            sizes=asked.sizes,
            seeds=asked.seeds,
            seconds=asked.seconds,
            peer_seconds=asked.peer_seconds,
            threads=asked.threads,
        )
    )
    if any(case.method == OURS for case in wanted):
        _compile()
    beaten: dict[tuple[str, str], int] = {}
    for case in wanted:
        record = records.get(case.key)
        scale = case.method, case.option
        if record is None or asked.again:
            if beaten.get(scale, case.employees) < case.employees:
                continue
            record = _measured(case, asked.memory)
            _append(asked.results, record)
            records[case.key] = record
            print(_line(record), flush=True)
        if case.method != OURS and record["cost"] is None:
            beaten.setdefault(scale, case.employees)


def _compile() -> None:
    """The search is compiled once on a machine; that is no part of a solve."""
    case = json.dumps(asdict(Case(OURS, "small", 20, 1, 0.0, 20.0, 1)))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.measure", case, f"{folder}/record.json"]
        subprocess.run(command, cwd=ROOT, check=True, timeout=900)


def _measured(case: Case, gigabytes: float) -> dict[str, Any]:
    """The case's record, or one that says why there is none."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "record.json"
        command = [sys.executable, "-m", "benchmarks.measure", json.dumps(asdict(case)), str(out)]
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=_patience(case),
                check=False,
                preexec_fn=lambda: _limit_memory(gigabytes),
            )
            failed = _last_line(done.stderr) if done.returncode else None
        except subprocess.TimeoutExpired:
            failed = f"ended after {_patience(case):.0f} s"
        if failed is None:
            record = json.loads(out.read_text(encoding="utf-8"))
        else:
            record = {**asdict(case), "key": case.key, "cost": None, "failed": failed}
    return {**record, "load": round(load, 2), "machine": _machine(), "commit": _commit()}


def _patience(case: Case) -> float:
    """Seconds until a process is ended: its limit, the time to write a program down, to draw."""
    return 2.0 * case.seconds + 120.0 + case.employees / 2_000


def _limit_memory(gigabytes: float) -> None:
    size = int(gigabytes * 2**30)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["ended by a signal"])[-1][:200]


def _append(path: Path, record: dict[str, Any]) -> None:
    """A line more; half a line that a kill has left stays one of its own."""
    whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(("" if whole else "\n") + json.dumps(record) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _line(record: dict[str, Any]) -> str:
    name = f"{record['method']:12} {record['option']:6} {record['employees']:>9,} {record['seed']}"
    if "failed" in record:
        return f"{name}  {record['failed']}"
    cost, bound = (
        "-" if record[part] is None else f"{record[part]:,.0f}" for part in ("cost", "bound")
    )
    return (
        f"{name}  cost {cost:>15}  bound {bound:>15}  "
        f"{record['build_seconds']:7.1f} + {record['seconds']:7.1f} s  {record['megabytes']:6} MB"
    )


def _machine() -> dict[str, Any]:
    """What is measured on."""
    processor, memory = platform.processor(), 0
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            processor = line.split(":", 1)[1].strip()
            break
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemTotal"):
            memory = int(line.split()[1])
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "gigabytes": round(memory / 2**20, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
    }


def _commit() -> str:
    """The commit that is checked out, + where files differ from it."""
    command = ["git", "-c", f"safe.directory={ROOT}", "describe", "--always", "--dirty=+"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
