"""The configuration: one pass, every fault with its key and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from succession.errors import BadInput, Refused
from succession.planning.unattended import find_config, open_configured, read_config


def write(folder: Path, text: str) -> Path:
    path = folder / "succession.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_config(write(folder, text))
    return [f"{finding.message} {finding.hint}" for finding in caught.value.findings]


def test_a_scenario_is_enough_and_nobody_is_told(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, 'scenario = "company.xlsx"'))
    assert config.scenario_path == tmp_path / "company.xlsx"
    assert config.store_folder == tmp_path / "store"
    assert config.database_url is None
    assert config.log_path is None
    assert (config.notify.file, config.notify.smtp, config.notify.webhook) == (None, None, None)
    assert (config.solve.strict, config.solve.previous) == (True, "approved")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        '[solve]\ngapp = 0.1\ntime_limit = -1\nthreads = "two"\n'
        '[notify.smtp]\nhost = "mail"\nsender = "a@b"\nto = []\n[notify.webhook]\nurl = "x"\n',
    )
    assert [line.split(":")[0] for line in told] == [
        "scenario",
        "solve.time_limit",
        "solve.threads",
        "solve.gapp",
        "notify.smtp.to",
        "notify.webhook.url",
    ]
    assert "It must be given." in told[0]
    assert told[3].endswith("Did you mean gap?")


@pytest.mark.parametrize("text", ["scenario = ", "\x00", "a" * 10])
def test_what_is_no_toml_is_said(tmp_path: Path, text: str) -> None:
    assert "It is no TOML" in faults(tmp_path, text)[0]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_config(tmp_path / "none.toml")
    assert "cannot be read" in caught.value.findings[0].message


def test_a_database_url_can_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = read_config(write(tmp_path, 'scenario = "x"\n[store]\nurl_env = "PLANS_URL"\n'))
    monkeypatch.delenv("PLANS_URL", raising=False)
    with pytest.raises(BadInput) as caught:
        _ = config.database_url
    assert "PLANS_URL is not set" in caught.value.findings[0].message
    monkeypatch.setenv("PLANS_URL", "postgresql://host/plans")
    assert config.database_url == "postgresql://host/plans"
    told = faults(tmp_path, 'scenario = "x"\n[store]\nurl_env = "A"\nurl = "sqlite://"\n')
    assert told == ["store.url: Both url and url_env are given. Keep one of them."]


def test_the_hash_follows_what_decides_the_plan(tmp_path: Path) -> None:
    def of(text: str) -> str:
        return read_config(write(tmp_path, f'scenario = "x"\n{text}')).sha256

    assert of("") == of('[store]\nfolder = "elsewhere"\n') == of('[notify.file]\nfolder = "d"\n')
    assert of("") != of("[solve]\ngap = 0.5\n")
    (tmp_path / "p.json").write_text("1")
    named = of('[solve]\nprevious = "p.json"\n')
    (tmp_path / "p.json").write_text("2")
    assert of('[solve]\nprevious = "p.json"\n') != named


def test_commands_find_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUCCESSION_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match="Which store"):
        find_config(None)
    write(tmp_path, 'scenario = "x"')
    assert find_config(None) == Path("succession.toml")
    monkeypatch.setenv("SUCCESSION_CONFIG", "/etc/succession.toml")
    assert find_config(None) == Path("/etc/succession.toml")
    assert find_config(Path("mine.toml")) == Path("mine.toml")


def test_a_store_is_made_by_a_run_alone(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, 'scenario = "x"'))
    with pytest.raises(Refused, match="`succession run` makes it"):
        open_configured(config, "2027-01-01T00:00:00.000+00:00")
    assert not (tmp_path / "store").exists()
