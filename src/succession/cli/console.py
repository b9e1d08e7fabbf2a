"""Where text goes: the answer to standard output, everything for humans to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import click

from succession.domain.findings import Finding, FindingGroup, group_findings

__all__ = [
    "Console",
    "common_options",
    "finding_records",
    "printable",
    "show_findings",
    "write_findings",
]

FINDINGS_SHOWN = 200
ALIKE_SHOWN = 5
_ORDER = ("severity", "code", "sheet", "cell", "row", "column", "value", "message", "hint")
_GROUPS = {"error": "error", "warning": "warning", "fix": "value repaired"}
_COLOURS = {"error": "red", "warning": "yellow", "fix": "green"}

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Console:
    """How one call of the command talks; its flags are set by `common_options`."""

    quiet: bool = False
    debug: bool = False
    json: bool = False

    def say(self, text: str, *, always: bool = False, colour: str | None = None) -> None:
        """A line for humans; `always` means in spite of --quiet."""
        if always or not self.quiet:
            styled = click.style(printable(text), fg=colour) if colour else printable(text)
            click.echo(styled, err=True, color=_coloured(sys.stderr))

    def answer(self, record: object, text: str) -> None:
        """The answer on standard output: the record with --json, the text without."""
        if self.json:
            click.echo(json.dumps(record, indent=2, allow_nan=False))
        elif text:
            click.echo(text)

    def answer_error(self, status: str, message: str) -> None:
        """Why there is no answer; with --json as an object too."""
        if self.json:
            self.answer({"status": status, "message": message}, "")
        self.say(message, always=True, colour="red")


def common_options(*, json_option: bool = True) -> Callable[[_Command], _Command]:
    """--json, --quiet and --debug, kept in the call's Console."""

    def decorate(command: _Command) -> _Command:
        command = _flag("debug", "Show the traceback of a fault.")(command)
        command = _flag("quiet", "Say nothing but errors and the answer.", "-q")(command)
        if json_option:
            command = _flag("json", "Answer with one JSON document on standard output.")(command)
        return command

    return decorate


def _flag(name: str, text: str, *short: str) -> Callable[[_Command], _Command]:
    def keep(context: click.Context, _: click.Parameter, value: bool) -> None:
        setattr(context.ensure_object(Console), name, value)

    return click.option(
        f"--{name}",
        *short,
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=keep,
        help=text,
    )


def finding_records(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings in the form and order of cli.md."""
    records = []
    for finding in findings:
        fields = asdict(finding)
        records.append({name: fields[name] for name in _ORDER})
    return records


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Bad input: the findings for humans, and as an object with --json."""
    if console.json:
        record = {
            "status": "bad_input",
            "total": len(findings),
            "findings": finding_records(findings),
        }
        console.answer(record, "")
    write_findings(findings, err=True)


def write_findings(findings: Sequence[Finding], *, err: bool) -> None:
    """Findings as lines, errors first, many alike cut short; at most 200, the total always."""
    groups = group_findings(findings)
    colour = _coloured(sys.stderr if err else sys.stdout)
    left, severity = FINDINGS_SHOWN, None
    for group in groups:
        if group.first.severity != severity:
            severity = group.first.severity
            number = sum(finding.severity == severity for finding in findings)
            noun = _GROUPS[severity]
            title = f"{number:,} {noun if number == 1 else _plural(noun)}"
            click.secho(title, fg=_COLOURS[severity], bold=True, err=err, color=colour)
        lines = _group_lines(group)[:left]
        left -= len(lines)
        for line in lines:
            click.echo(f"  {line}", err=err)
    shown = FINDINGS_SHOWN - left
    if left == 0 or shown < len(findings):
        text = f"Shown are {shown} of {len(findings):,} findings; check --out lists them all."
        click.echo(text, err=err)


def _group_lines(group: FindingGroup) -> list[str]:
    """Its findings; of many alike, some and the number and rows of the rest."""
    findings = group.findings
    if len(findings) <= ALIKE_SHOWN + 1:
        return [_line(finding) for finding in findings]
    lines = [_line(finding) for finding in findings[:ALIKE_SHOWN]]
    rest = findings[ALIKE_SHOWN:]
    rows = [finding.row for finding in rest if finding.row is not None]
    span = f", rows {min(rows)} to {max(rows)}" if rows else ""
    column = f", column {group.first.column}" if group.first.column else ""
    where = f" in {group.first.sheet}{column}{span}" if group.first.sheet else ""
    return [*lines, printable(f"… and {len(rest):,} more {group.first.code}{where}")]


def printable(text: str) -> str:
    """Text that cannot steer a terminal: control characters are written out."""
    return "".join(
        char
        if char.isprintable() or char == "\n"
        else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def _line(finding: Finding) -> str:
    place = f"{finding.place}: " if finding.place else ""
    message = finding.message.rstrip()
    hint = finding.hint
    if hint:
        message = f"{message} {hint}" if message.endswith((".", "?", "!")) else f"{message}. {hint}"
    return printable(f"{place}{message}").replace("\n", " ")


def _plural(noun: str) -> str:
    return "values repaired" if noun == "value repaired" else f"{noun}s"


def _coloured(stream: Any) -> bool:
    return not os.environ.get("NO_COLOR") and stream.isatty() and os.environ.get("TERM") != "dumb"
