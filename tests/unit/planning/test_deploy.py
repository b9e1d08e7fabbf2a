"""What is ready to be copied is right: the configuration, the units, the cron line."""

from __future__ import annotations

import ast
import configparser
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from succession.cli.main import cli
from succession.planning.unattended import Config, read_config

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string((DEPLOY / name).read_text("utf-8"))
    return parser


def test_the_configuration_is_one() -> None:
    config = read_config(DEPLOY / "succession.toml")
    assert config.scenario == "company.xlsx"


def test_the_configuration_is_one_with_every_comment_taken_away(tmp_path: Path) -> None:
    """What is commented out are valid keys, shown with their defaults where they have one."""
    text = (DEPLOY / "succession.toml").read_text("utf-8")
    bare = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    bare = re.sub(r"^url_env.*$", "", bare, flags=re.MULTILINE)
    path = tmp_path / "succession.toml"
    path.write_text(bare, "utf-8")
    config = read_config(path)
    shown = tomllib.loads(bare)
    tables = {name for name, value in shown.items() if isinstance(value, dict)}
    assert tables == {"solve", "store", "notify"}
    assert set(shown) == set(Config.model_fields) - {"source"}
    assert set(shown["notify"]) == {"file", "smtp", "webhook"}
    assert config.notify.smtp is not None
    assert set(shown["notify"]["smtp"]) == set(type(config.notify.smtp).model_fields)
    assert set(shown["solve"]) == set(type(config.solve).model_fields)


@pytest.mark.parametrize("place", ["service", "crontab", "airflow"])
def test_the_command_that_is_called_is_there(place: str) -> None:
    if place == "service":
        line = unit("succession.service")["Service"]["ExecStart"]
    elif place == "crontab":
        line = (DEPLOY / "crontab").read_text("utf-8").splitlines()[-1].split("nice ")[1]
    else:
        (code,) = re.findall(r"```python\n(.*?)```", page(), re.DOTALL)
        calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.keyword)]
        (line,) = (ast.literal_eval(node.value) for node in calls if node.arg == "bash_command")
    program, command, config = shlex.split(line.split("2>>")[0])
    assert program.endswith("/succession")
    assert command in cli.commands
    assert config.endswith(".toml")


def test_timer_and_cron_mean_the_same_day() -> None:
    timer = unit("succession.timer")["Timer"]
    assert timer["OnCalendar"] == "*-01,04,07,10-05 06:00"
    assert timer["Persistent"] == "true"
    cron = (DEPLOY / "crontab").read_text("utf-8").splitlines()[-1]
    assert cron.startswith("0 6 5 1,4,7,10 * ")


def test_the_page_shows_every_event_that_is_logged() -> None:
    source = (ROOT / "src/succession/planning/unattended/job.py").read_text("utf-8")
    events = set(re.findall(r"journal\.(?:info|warning|error)\(\s*\"(\w+)\"", source))
    assert events >= {"started", "already_done", "dead_run_found"}
    for event in events:
        assert f"`{event}`" in page(), event


def page() -> str:
    return (ROOT / "docs" / "unattended.md").read_text("utf-8")
