"""How large the report is and how soon it can be used: `python tests/report_speed.py [EMPLOYEES]`.

Solves `benchmarks.scenarios.large_scenario` (10,000 employees, 500 openings) for a few minutes,
writes its report, and opens it in Chromium. Interactive is when everything is parsed, drawn and
every script has run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.scenarios import large_scenario  # noqa: E402
from tests.browser import open_browser  # noqa: E402

import succession  # noqa: E402
from succession.report import build_report, write_html, write_xlsx  # noqa: E402

TRIES = 5
READY = (
    "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
)


def main(employees: int) -> None:
    scenario = large_scenario(employees)
    result = succession.solve(scenario, gap=0.02, time_limit=300)
    print(f"{len(scenario.openings)} openings, gap {result.plan.gap:.2%}")
    report = build_report(scenario, result.plan, result.warnings)
    for name, write in (("report.html", write_html), ("results.xlsx", write_xlsx)):
        begun = time.perf_counter()
        content = write(report)
        seconds = time.perf_counter() - begun
        print(f"{name}: {len(content) / 1e6:.2f} MB, written in {seconds:.1f} s")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "report.html"
        path.write_bytes(write_html(report))
        with open_browser(Path(folder)) as browser:
            found = sorted(browser.open(path).evaluate(READY) for _ in range(TRIES))
    print(f"interactive after {found[TRIES // 2]:.0f} ms, the median of {TRIES}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
