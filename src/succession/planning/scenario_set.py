"""A set of scenarios in a folder: workbooks, CSV folders, and variants of a base.

A variant is a CSV folder that holds only the tables in which it differs. Its base is `base` (or
`base.xlsx`) in the same set, or what `base.txt` names: a path, relative to the set's folder.
"""

from __future__ import annotations

import csv
import io as text_io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from succession import io
from succession.domain.findings import Finding
from succession.errors import BadInput

__all__ = ["Member", "complete", "find_members"]

BASE = "base"
_POINTER = "base.txt"
_REQUIRED = ("settings", "roles", "employees", "openings")
"""A CSV folder with all of these tables is a scenario by itself."""


@dataclass(frozen=True, slots=True)
class Member:
    """A scenario of the set; `base` is what a variant's other tables come from."""

    name: str
    path: Path
    base: Path | None = None


def find_members(folder: Path) -> tuple[Member, ...]:
    """The scenarios of a set, the base first, then by name.

    Raises BadInput where the folder cannot be read, holds no scenario, two of one name, or a
    variant without a base.
    """
    if not folder.is_dir():
        raise _bad(
            "E_PATH", folder.name, f"{folder} is not a folder.", "Give a folder of scenarios."
        )
    base = _pointed_at(folder)
    found = [] if base is None else [Member(BASE, base)]
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")):
            continue
        if path.suffix.lower() == ".xlsx" and path.is_file():
            found.append(Member(path.stem, path))
        elif path.is_dir() and _tables(path):
            found.append(Member(path.name, path))
    members = [_with_base(member, found) for member in found]
    members.sort(key=lambda member: (member.name != BASE, member.name))
    _refuse_doubles(folder, members)
    return tuple(members)


def complete(member: Member, workspace: Path) -> Path:
    """The path of the whole scenario; a variant is put together in the workspace.

    Raises BadInput where the base cannot be read.
    """
    if member.base is None:
        return member.path
    goal = workspace / member.name
    if member.base.is_dir():
        goal.mkdir()
        for path in sorted(member.base.iterdir()):
            if path.suffix.lower() == ".csv":
                shutil.copyfile(path, goal / path.name)
    else:
        io.convert(member.base, goal)
    own = _tables(member.path)
    for path in goal.iterdir():
        if _key(path) in own:
            path.unlink()
    for path in own.values():
        shutil.copyfile(path, goal / path.name)
    if "settings" not in own:
        _rename(_tables(goal)["settings"], member)
    return goal


def _pointed_at(folder: Path) -> Path | None:
    pointer = folder / _POINTER
    if not pointer.is_file():
        return None
    text = pointer.read_text(encoding="utf-8", errors="replace").strip()
    path = folder / text
    if not text or not path.exists():
        message = f"{_POINTER} names {text!r}, which is not there."
        hint = "Name a workbook or CSV folder by its path from the set's folder."
        raise _bad("E_SET_BASE", _POINTER, message, hint)
    return path


def _with_base(member: Member, members: Sequence[Member]) -> Member:
    if member.path.is_file() or _tables(member.path).keys() >= set(_REQUIRED):
        return member
    base = next((other.path for other in members if other.name == BASE), None)
    if base is None or member.name == BASE:
        missing = [name for name in _REQUIRED if name not in _tables(member.path)]
        message = (
            f"It has no table {', '.join(missing)}, and the set has no base to take them from."
        )
        hint = f"Add the tables, or a {BASE} (a scenario, or {_POINTER} with the path of one)."
        raise _bad("E_SET_BASE", member.name, message, hint)
    return Member(member.name, member.path, base)


def _refuse_doubles(folder: Path, members: Sequence[Member]) -> None:
    names = [member.name.casefold() for member in members]
    if not members:
        hint = "Give a folder of workbooks, CSV folders or variants."
        raise _bad("E_SET_EMPTY", folder.name, f"{folder} holds no scenarios.", hint)
    for name in sorted({name for name in names if names.count(name) > 1}):
        hint = "Rename one of them."
        raise _bad("E_SET_NAME", folder.name, f"Two scenarios are called {name}.", hint)


def _tables(folder: Path) -> dict[str, Path]:
    """The CSV files of a folder by the table that they hold."""
    return {_key(path): path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv"}


def _key(path: Path) -> str:
    return path.stem.casefold().replace(" ", "").replace("_", "").replace("-", "")


def _rename(settings: Path, member: Member) -> None:
    """Call the scenario by its variant's name too; the name counts in no plan."""
    rows = list(csv.reader(text_io.StringIO(settings.read_text(encoding="utf-8-sig"))))
    for row in rows:
        if len(row) > 1 and row[0].strip().casefold() == "name":
            row[1] = f"{row[1]}: {member.name}"
            break
    out = text_io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    settings.write_text(out.getvalue(), encoding="utf-8")


def _bad(code: str, sheet: str, message: str, hint: str) -> BadInput:
    return BadInput([Finding("error", code, message, sheet=sheet, hint=hint)])
