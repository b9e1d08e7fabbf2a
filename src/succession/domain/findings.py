"""What is wrong or odd in an input: one finding for each problem (scenario.md, cli.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding", "FindingGroup", "Severity", "group_findings"]

Severity = Literal["error", "warning", "fix"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem with its place, what stands there, what was expected and how to mend it.

    `cell` is `C14` in a workbook; a CSV has no cells, so it is None there and `row` and `column`
    (the header) say where.
    """

    severity: Severity
    code: str
    message: str
    sheet: str = ""
    cell: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hint: str = ""

    @property
    def place(self) -> str:
        """`Employees!C14`, or `Employees.csv:14:grade`, or the sheet alone."""
        if self.cell is not None:
            return f"{self.sheet}!{self.cell}"
        if self.row is not None:
            column = f":{self.column}" if self.column else ""
            return f"{self.sheet}:{self.row}{column}"
        return self.sheet


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings that are alike: one code in one column of one sheet; never empty."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all."""
        return self.findings[0]


def group_findings(findings: Iterable[Finding]) -> list[FindingGroup]:
    """Alike findings together: errors first, then in the order in which each kind first comes."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.severity, finding.code, finding.sheet, finding.column or "")
        groups.setdefault(key, []).append(finding)
    order = {"error": 0, "warning": 1, "fix": 2}
    found = sorted(groups.values(), key=lambda group: order[group[0].severity])
    return [FindingGroup(tuple(group)) for group in found]
