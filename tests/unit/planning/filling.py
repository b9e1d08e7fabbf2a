"""Writes results of every size where there is little room, and tells in JSON lines what was left.

    python -m tests.unit.planning.filling FOLDER disk|limit

`disk`: the folder is a small disk of its own. `limit`: files cannot grow beyond a size, as the
next best thing to a full disk.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from pathlib import Path

from tests.unit.planning import fakes

from succession import optimize
from succession.errors import Refused, SuccessionError
from succession.planning import RunSettings, run
from succession.planning.folder import OUTPUTS, existing_outputs, sweep, write_all

SIZES = (1_000, 30_000, 50_000, 60_000, 70_000, 100_000, 300_000)
MOST = 55_000
BASE = Path(__file__).parents[3] / "scenarios" / "toy" / "base"


def results(letter: bytes, size: int) -> dict[str, bytes]:
    return dict.fromkeys(OUTPUTS, letter * size)


def seen(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in existing_outputs(out)}


def left_behind(out: Path) -> list[str]:
    return sorted(path.name for path in [*out.parent.glob(".succ*"), *out.glob(".succ*")])


def tell(out: Path, old: dict[str, bytes], new: dict[str, bytes] | None, said: str) -> None:
    found = seen(out)
    state = "old" if found == old else "mixed"
    if found == new or (new is None and said == "written" and len(found) == len(OUTPUTS)):
        state = "new"
    print(json.dumps({"said": said, "state": state, "left": left_behind(out)}), flush=True)


def write(out: Path, size: int) -> None:
    old, new = results(b"o", 8_000), results(b"n", size)
    for name in OUTPUTS:
        (out / name).unlink(missing_ok=True)
    write_all(out, old)
    said = "written"
    try:
        write_all(out, new)
    except OSError as fault:
        said = str(fault.strerror)
    tell(out, old, new, said)
    sweep(out)


def solve(out: Path, filler: Path, room: int) -> None:
    """A whole run with so many bytes of the disk left."""
    old = results(b"o", 4_000)
    write_all(out, old)
    with open(filler, "wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(b"f" * 4096)
    with open(filler, "r+b") as stream:
        stream.truncate(max(0, filler.stat().st_size - room))
    said = "written"
    try:
        run(BASE, out, RunSettings(force=True))
    except Refused as fault:
        said = f"refused: {fault}"
    except SuccessionError as fault:
        said = str(fault)
    tell(out, old, None, said)
    filler.unlink()


def main(place: Path, kind: str) -> None:
    if kind == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, MOST))
    for out in (place / "out", place):
        out.mkdir(exist_ok=True)
        for size in SIZES:
            write(out, size)
    for name in OUTPUTS:
        (place / name).unlink()
    optimize.solve = lambda scenario, **_: fakes.hired(scenario)
    if kind == "disk":
        for room in (0, 4_096, 20_000, 40_000):
            solve(place / "out", place / "filler", room)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
