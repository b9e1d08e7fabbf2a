"""A solve under way: what it shows on standard error, and how it is asked to stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from succession.cli.console import Console
from succession.domain.result import Progress

__all__ = ["StopRequest", "progress_line", "show_progress", "stop_on_signals"]

_PLAIN_SECONDS = 30.0
"""Without a terminal a phase is told once, and again after this long."""


@contextmanager
def show_progress(console: Console, currency: str = "") -> Iterator[Callable[[Progress], None]]:
    """A callback for the solver that shows where it stands on standard error."""
    if console.quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with _live() as callback:
            yield callback
    else:
        yield _plain(console)


def progress_line(progress: Progress) -> str:
    """Phase, round, cost, bound, gap and time in a line."""
    gap = "–" if progress.gap is None else f"{progress.gap:.3%}" if progress.gap < 1 else ">100%"
    return (
        f"{progress.phase:<14} round {progress.round:<4} cost {_amount(progress.cost)}  "
        f"bound {_amount(progress.bound)}  gap {gap}  {progress.seconds:.1f} s"
    )


@contextmanager
def _live() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console as Terminal
    from rich.text import Text

    terminal = Terminal(stderr=True)
    with terminal.status(Text("reading"), spinner="dots") as status:
        yield lambda progress: status.update(Text(progress_line(progress)))


def _plain(console: Console) -> Callable[[Progress], None]:
    told: dict[str, float] = {}

    def callback(progress: Progress) -> None:
        last = told.get(progress.phase)
        if last is None or progress.seconds - last >= _PLAIN_SECONDS:
            told[progress.phase] = progress.seconds
            console.say(progress_line(progress))

    return callback


def _amount(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


class StopRequest:
    """Whether somebody asked for the run to end; called by the solver between its steps."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        """Whether to stop."""
        return self.asked


@contextmanager
def stop_on_signals(console: Console) -> Iterator[StopRequest]:
    """Turn the first SIGINT or SIGTERM into a request and the next into KeyboardInterrupt."""
    request = StopRequest()

    def handle(number: int, frame: FrameType | None) -> None:
        if request.asked:
            raise KeyboardInterrupt
        request.asked = True
        console.say("Stopping; what was found so far will be written. Again to drop it.")

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
