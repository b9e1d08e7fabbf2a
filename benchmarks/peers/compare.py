"""All peers on one scenario: `python -m benchmarks.peers.compare 300 --option rich --seconds 60`.

Each plan has passed the verifier; a bound is printed where the peer proves one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.peers.draft import Answer
from benchmarks.peers.greedy import solve_greedily
from benchmarks.peers.local_search import solve_by_local_search
from benchmarks.peers.monolith import solve_monolith
from benchmarks.scenarios import large_scenario

from succession.domain import Scenario

__all__ = ["PEERS"]

PEERS: dict[str, Callable[[Scenario, float], Answer]] = {
    "greedy": lambda scenario, _: solve_greedily(scenario),
    "local search": lambda scenario, seconds: solve_by_local_search(scenario, seconds=seconds),
    "HiGHS": lambda scenario, seconds: solve_monolith(scenario, seconds=seconds),
    "CP-SAT": lambda scenario, seconds: solve_monolith(scenario, backend="sat", seconds=seconds),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line for each peer."""
    parser = argparse.ArgumentParser(description="What peers make of a large scenario.")
    parser.add_argument("employees", type=int)
    parser.add_argument("--option", choices=["plain", "rich", "tight", "chains"], default="plain")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--peer", choices=sorted(PEERS), action="append")
    options = parser.parse_args(arguments)
    build = partial(large_scenario, seed=options.seed, option=options.option)
    scenario = build(options.employees)
    for name in options.peer or PEERS:
        answer = PEERS[name](scenario, options.seconds)
        print(
            f"{options.option} {options.employees} {name:12} cost {_amount(answer.cost)} "
            f"bound {_amount(answer.bound)} {answer.seconds:8.1f} s",
            flush=True,
        )


def _amount(value: float | None) -> str:
    return f"{'-' if value is None else format(value, ',.2f'):>15}"


if __name__ == "__main__":
    main()
