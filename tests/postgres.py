"""A PostgreSQL server of the tests' own: on loopback, in a folder of its own, never as root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

__all__ = ["Server", "find_programs", "running_server"]

_NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A running server; `data` is the folder of its files."""

    data: Path
    port: int

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"store_{next(_NUMBERS)}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://planner@127.0.0.1:{self.port}/{name}"

    def _dsn(self, name: str) -> str:
        return f"postgresql://planner@127.0.0.1:{self.port}/{name}"


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps them off the path."""
    found = [str(path) for path in Path("/usr/lib/postgresql").glob("*/bin")]
    initdb = shutil.which("initdb", path=os.pathsep.join([*sorted(found), os.environ["PATH"]]))
    return None if initdb is None else Path(initdb).resolve().parent


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """Start a server, and stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="succession-postgres-"))
    user = None
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, log = folder / "data", folder / "server.log"

    def call(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, user=user, cwd=folder, check=False, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr

    try:
        call("initdb", "-U", "planner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-h 127.0.0.1 -p {port} -k '' -F"
        # Not captured: the server would hold the pipe open for as long as it lives.
        command = [str(programs / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-o", options]
        quiet = subprocess.DEVNULL
        subprocess.run(
            [*command, "start"], stdout=quiet, stderr=quiet, user=user, cwd=folder, check=True
        )
        try:
            yield Server(data, port)
        finally:
            call("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
