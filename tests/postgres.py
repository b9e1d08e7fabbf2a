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
        # Output is not captured: the server would hold the pipe open for as long as it lives.
        command = [str(programs / program), "-D", str(data), *arguments]
        quiet = subprocess.DEVNULL
        subprocess.run(
            command, stdout=quiet, stderr=quiet, user=user, cwd=folder, check=True, timeout=120
        )

    with _stopped_with_us(programs, folder, user):
        call("initdb", "-U", "planner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-h 127.0.0.1 -p {port} -k '' -F"
        call("pg_ctl", "-l", str(log), "-w", "-o", options, "start")
        yield Server(data, port)


_KEEPER = 'cat >/dev/null; "$1/pg_ctl" -D "$2/data" -m immediate -w stop; rm -rf "$2"'


@contextmanager
def _stopped_with_us(programs: Path, folder: Path, user: str | None) -> Iterator[None]:
    """Stop the server and remove its folder at the end, even if the tests are killed: a process
    of its own waits for the end of a pipe that we hold."""
    keeper = subprocess.Popen(
        ["sh", "-c", _KEEPER, "sh", str(programs), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=user,
        cwd="/",
        start_new_session=True,
    )
    with keeper:  # its end closes the pipe and waits
        yield
