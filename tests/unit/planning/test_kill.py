"""A run killed at any moment: the store opens, no run is lost or half there, the next carries on.

The suite kills a few times. SUCCESSION_KILLS=100 kills a hundred times; SUCCESSION_KILLS_ON names
the databases (sqlite, postgresql, or both with a comma).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.unit.planning.jobs import Site

from succession.planning.folder import OUTPUTS
from succession.store import audit

KILLS = int(os.environ.get("SUCCESSION_KILLS", "4"))
SEED = int(os.environ.get("SUCCESSION_KILLS_SEED", "1"))


def start(site: Site) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "succession.cli", "run", str(site.folder / "succession.toml")]
    return subprocess.Popen(
        [*command, "--again"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def kill_once(site: Site, dice: random.Random, seconds: float) -> str:
    """Kill a run; half of the time not before it has solved, for then it writes."""
    with start(site) as process:
        assert process.stderr is not None
        if dice.random() < 0.5:
            time.sleep(dice.uniform(0.0, seconds))
            moment = "any time"
        else:
            for line in process.stderr:
                if '"phase": "integer"' in line:
                    break
            time.sleep(dice.uniform(0.0, 0.4 * seconds))
            moment = "after solving"
        process.send_signal(signal.SIGKILL)
        _, rest = process.communicate()
    if process.returncode == 0:
        return f"{moment}: it was over already"
    assert process.returncode == -signal.SIGKILL, rest
    return moment


def check(site: Site) -> Counter[str]:
    """The store opens, and all that it says it has is there; returns how its runs ended."""
    store = site.store
    found = audit(store)
    told = [fault for fault in found.faults if not fault.endswith("the next run puts it back.")]
    assert told == []
    runs = store.runs()
    assert [run.number for run in runs] == list(range(1, len(runs) + 1))
    for run in runs:
        outputs = {item.name for item in run.of_role("output")}
        if run.state == "finished":
            assert outputs >= {*OUTPUTS, "decision.json"}
        else:
            assert run.state in ("running", "died")
            assert outputs == set()
    assert sum(run.state == "running" for run in runs) <= 1
    return Counter(run.state for run in runs)


def test_a_killed_run_leaves_a_store_that_opens_and_carries_on(
    tmp_path: Path, database_url: str | None
) -> None:
    chosen = os.environ.get("SUCCESSION_KILLS_ON", "sqlite,postgresql").split(",")
    if ("sqlite" if database_url is None else "postgresql") not in chosen:
        pytest.skip("not among SUCCESSION_KILLS_ON")
    site, dice = Site(tmp_path, database_url), random.Random(SEED)
    for _ in range(2):  # the first compiles the search, if nothing has yet
        started = time.monotonic()
        with start(site) as process:
            assert process.wait(timeout=600) == 0
        seconds = time.monotonic() - started
    moments: Counter[str] = Counter()
    seen = check(site).total()
    for _ in range(KILLS):
        moments[kill_once(site, dice, seconds)] += 1
        states = check(site)
        assert states.total() >= seen, "a run was lost"
        seen = states.total()
    outcome = site.run()
    assert (outcome.run.state, outcome.repeated) == ("finished", True)
    states = check(site)
    assert states["running"] == 0
    assert audit(site.store).faults == (), "everything is delivered"
    left = {path.name for path in site.config.store_folder.iterdir()}
    assert not [name for name in left if name.startswith("work-")]
    kept = {item.sha256 for run in site.store.runs() for item in run.files}
    assert set(site.store.objects.all()) == kept
    print(f"\n{KILLS} kills ({dict(moments)}), a run takes {seconds:.1f} s: {dict(states)}")
