"""Texts that want to be more than text, and a scenario with each of them in every text field."""

from __future__ import annotations

from typing import Any

__all__ = ["PAYLOADS", "TRIGGER", "content", "shown"]

TRIGGER = "document.documentElement.setAttribute('data-hit','yes')"
"""What a page does that runs a payload."""

_LONG = "long " + "x" * 230

_SHOWN = {
    '=HYPERLINK("http://evil.invalid","click")': None,
    "=1+1": None,
    "+cmd|' /C calc'!A0": None,
    "-2+3": None,
    "@SUM(1+1)": None,
    "\t=2+2": "=2+2",
    "\r=3+3": "=3+3",
    "=cmd|'/C calc'!A1": None,
    "{=1+2}": None,
    "'=4+4": None,
    "''quoted": None,
    f'<img src=x onerror="{TRIGGER}">': None,
    f"<script>{TRIGGER}</script>": None,
    f'"><svg onload="{TRIGGER}">': None,
    f"' autofocus onfocus='{TRIGGER}": None,
    "</script></style></table><h1>gone</h1>": None,
    f"javascript:{TRIGGER}": None,
    "&lt;b&gt; &amp; &#65;": None,
    "{{ 7 * 7 }} {% raw %}": None,
    "${7*7} #{7*7} <%= 7*7 %>": None,
    "]]> <!-- -->": None,
    "http://evil.invalid/a?b=c": None,
    "mailto:a@evil.invalid": None,
    "internal:Summary!A1": None,
    "external:c:\\evil.xlsx": None,
    "file:///etc/passwd": None,
    "../../etc/passwd": None,
    "CON": None,
    "a/b\\c": None,
    "[x]:*?": None,
    "%s %n %(x)s {0}": None,
    "'; DROP TABLE x; --": None,
    "$(id) `id` | id": None,
    "bell\x07 and \x1b[31mred": "bell and [31mred",
    "\u202egnp.exe": "gnp.exe",
    "zero\u200bwidth": "zerowidth",
    "_x0041_ escaped": None,
    "#REF!": None,
    "TRUE that": None,
    "a,b;c|d": None,
    'say "so"': None,
    "محمد علي": None,
    "דנה לוי": None,
    "山田太郎": None,
    "👩\u200d💻 😀": None,
    "Zoë Straße": None,
    _LONG: None,
}

PAYLOADS = tuple(_SHOWN)


def shown(payload: str) -> str:
    """What stands in every output: the payload without what is stripped on reading."""
    return _SHOWN[payload] or payload


def content() -> dict[str, list[list[Any]]]:
    """The tables of the scenario."""
    tables: dict[str, list[list[Any]]] = {
        "Settings": [
            ["key", "value"],
            ["name", f'=1+1 <img src=x onerror="{TRIGGER}">'],
            ["start", "2027-01-01"],
            ["periods", 4],
            ["backfill", "none"],
            ["external_pool", PAYLOADS[0]],
            ["move_pool", PAYLOADS[11]],
        ],
        "Competencies": [["competency", "name", "kind"]],
        "Roles": [["role", "title", "family", "external_cost", "unfilled_cost"]],
        "Requirements": [["role", "competency", "level"]],
        "Units": [["unit", "name"]],
        "Employees": [["employee", "name", "role", "unit"]],
        "Profiles": [["employee", "competency", "level"]],
        "CareerPaths": [["from_role", "to_role", "move_cost"]],
        "Openings": [["opening", "role", "unit", "needed", "incumbent"]],
        "Candidates": [["opening", "employee", "status"]],
        "Interests": [["employee", "role", "interest"]],
        "Activities": [["activity", "name", "cost", "seats", "pool", "resource"]],
        "Sessions": [["activity", "period"]],
        "Prerequisites": [["activity", "competency", "level"]],
        "Outcomes": [["activity", "competency", "level"]],
        "Resources": [["resource", "capacity"]],
        "Budgets": [["pool", "unit", "amount"]],
        "Commitments": [["employee", "activity", "start"]],
        "Groups": [["employee", "attribute", "value"]],
    }
    for payload in PAYLOADS:
        for sheet, rows in _rows(payload).items():
            tables[sheet] += rows
    return tables


def _rows(p: str) -> dict[str, list[list[Any]]]:
    """A person who can learn their way into an opening; every name is the payload."""
    base = f"{p} base"
    return {
        "Competencies": [[p, p, "skill"]],
        "Roles": [[p, p, p, 5000, 9000], [base, p, p, 5000, 9000]],
        "Requirements": [[p, p, 3]],
        "Units": [[p, p]],
        "Employees": [[p, p, base, p], [base, p, p, p]],
        "Profiles": [[p, p, 1]],
        "CareerPaths": [[base, p, 100], [p, base, 100]],
        "Openings": [[p, p, p, 3, base], [base, p, p, 3, p]],
        "Candidates": [[p, p, "nominate"]],
        "Interests": [[p, p, 2]],
        "Activities": [[p, p, 10, 2, p, p], [base, p, 10, None, p, p]],
        "Sessions": [[p, 1]],
        "Prerequisites": [[p, p, 1]],
        "Outcomes": [[p, p, 3], [base, p, 2]],
        "Resources": [[p, 5]],
        "Budgets": [[p, p, 100_000]],
        "Commitments": [[p, base, 1], [base, p, 1]],
        "Groups": [[p, p, p]],
    }
