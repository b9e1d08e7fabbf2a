"""Which store a command means, where it does not say."""

from __future__ import annotations

import os
from pathlib import Path

from succession.errors import Refused
from succession.planning.unattended.config import Config
from succession.store import Store, open_store

__all__ = ["CONFIG_VARIABLE", "find_config", "open_configured"]

CONFIG_VARIABLE = "SUCCESSION_CONFIG"
_DEFAULT = Path("succession.toml")


def find_config(given: Path | None) -> Path:
    """The configuration given, or the environment's, or the one in this folder.

    Raises Refused where there is none of them.
    """
    named = os.environ.get(CONFIG_VARIABLE)
    path = given or (Path(named) if named else _DEFAULT)
    if given is None and not named and not path.exists():
        raise Refused(
            f"Which store? There is no {_DEFAULT} here. "
            f"Give --config CONFIG.toml, or set {CONFIG_VARIABLE}."
        )
    return path


def open_configured(config: Config, at: str) -> Store:
    """The store of a configuration; raises Refused where no run has made it yet."""
    if not config.store_folder.is_dir():
        raise Refused(f"There is no store in {config.store_folder} yet. `succession run` makes it.")
    return open_store(config.store_folder, config.database_url, at)
