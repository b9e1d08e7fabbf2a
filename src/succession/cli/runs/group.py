"""`succession runs`: the store of a configuration, and what all its commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from succession.planning.unattended import Config
    from succession.store import Store

__all__ = ["config_option", "now", "open_runs", "read_settings", "run_argument", "table"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def config_option(command: _Command) -> _Command:
    """--config: which store."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="CONFIG.toml",
        help="Whose store; without it $SUCCESSION_CONFIG or ./succession.toml.",
    )(command)


def run_argument(command: _Command) -> _Command:
    """N: a run's number."""
    return click.argument("number", type=click.IntRange(min=1), metavar="N")(command)


def read_settings(config: Path | None) -> Config:
    """The configuration that is meant."""
    from succession.planning.unattended import find_config, read_config

    return read_config(find_config(config))


def open_runs(config: Path | None) -> Store:
    """The store that is meant."""
    from succession.planning.unattended import open_configured

    return open_configured(read_settings(config), now())


def now() -> str:
    """The time, as the store writes it."""
    from succession.planning.unattended import timestamp

    return timestamp(datetime.now(UTC))


def table(rows: Sequence[tuple[str, ...]], right: frozenset[int] = frozenset()) -> str:
    """Rows in columns, two spaces apart; the columns in `right` are aligned there."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            f"{text:>{width}}" if place in right else f"{text:<{width}}"
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
