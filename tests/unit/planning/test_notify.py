"""Who is told: over real sockets, at least once, without naming anybody."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.unit.planning import fakes
from tests.unit.planning.jobs import Site


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Mailbox(socketserver.TCPServer):
    """As much of SMTP as a client needs to hand over a mail."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), MailSession)
        self.mails: list[str] = []


class MailSession(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (text := self.rfile.readline()) != b".\r\n":
                    lines.append(text)
                self.server.mails.append(b"".join(lines).decode())
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")


class Hook(HTTPServer):
    def __init__(self, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), HookRequest)
        self.status = status
        self.posts: list[tuple[str | None, dict[str, object]]] = []


class HookRequest(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posts.append((self.headers["Authorization"], body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *unused: object) -> None:
        pass


def smtp(server: Mailbox) -> str:
    return (
        '[notify.smtp]\nhost = "127.0.0.1"\nsecurity = "none"\nsender = "plans@example.com"\n'
        f'to = ["hr@example.com", "head@example.com"]\nport = {server.server_address[1]}\n'
    )


def webhook(server: Hook, more: str = "") -> str:
    return f'[notify.webhook]\nurl = "http://127.0.0.1:{server.server_port}/plans"\n{more}'


def test_a_file_is_dropped(tmp_path: Path) -> None:
    site = Site(tmp_path, None, '[notify.file]\nfolder = "inbox/plans"\n')
    outcome = site.run()
    told = json.loads((tmp_path / "inbox" / "plans" / "run-000001.json").read_text("utf-8"))
    assert (told["run"], told["state"], told["decision"]) == (1, "finished", "proposal")
    assert told["cost"] == outcome.run.document["cost"]
    assert told["folder"] == str(outcome.folder)
    assert outcome.run.notified


def test_a_mail_is_sent_to_everybody(tmp_path: Path) -> None:
    server = Mailbox()
    with serving(server):
        assert Site(tmp_path, None, smtp(server)).run().untold == ()
    (mail,) = server.mails
    assert "Subject: succession: run 1: proposal for base" in mail
    assert "To: hr@example.com, head@example.com" in mail
    assert "cost: " in mail
    assert "Ann" not in mail


def test_a_webhook_is_called_with_its_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_TOKEN", "s3cret")
    server = Hook()
    with serving(server):
        site = Site(tmp_path, None, webhook(server, 'token_env = "HOOK_TOKEN"\n'))
        assert site.run().untold == ()
    ((token, told),) = server.posts
    assert token == "Bearer s3cret"
    assert (told["format"], told["run"]) == ("succession-message/1", 1)


def test_a_failure_is_told_as_well(tmp_path: Path) -> None:
    server = Hook()
    with serving(server):
        site = Site(tmp_path, None, webhook(server))
        site.change_scenario("Employees", "Clerk", "no-such-role")
        site.run()
    assert [(told["state"], told["failure"]) for _, told in server.posts] == [
        ("rejected", "bad input")
    ]


def test_nobody_is_told_twice(tmp_path: Path) -> None:
    server = Hook()
    with serving(server):
        site = Site(tmp_path, None, webhook(server))
        site.run()
        site.run()
    assert len(server.posts) == 1


def test_who_could_not_be_told_is_told_by_the_next_start(tmp_path: Path) -> None:
    server = Hook(status=503)
    site = Site(tmp_path, None, webhook(server))
    with serving(server):
        outcome = site.run()
        assert outcome.run.state == "finished"
        assert outcome.untold == ("webhook: HTTPError: HTTP Error 503: Service Unavailable",)
        server.status = 200
        again = site.run()
        assert (again.repeated, again.untold) == (True, ())
    assert [told["run"] for _, told in server.posts] == [1, 1]
    assert "not_notified" in site.events()


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('[notify.webhook]\nurl = "http://127.0.0.1:1/"\n', "webhook"),
        (
            '[notify.smtp]\nhost = "127.0.0.1"\nport = 1\nsender = "a@b.c"\nto = ["d@e.f"]\n',
            "smtp",
        ),
        ('[notify.webhook]\nurl = "http://127.0.0.1:1/"\ntoken_env = "NOT_SET"\n', "NOT_SET"),
    ],
)
def test_a_server_that_is_not_there_costs_no_plan(tmp_path: Path, extra: str, told: str) -> None:
    outcome = Site(tmp_path, None, extra).run()
    assert outcome.run.state == "finished"
    assert told in outcome.untold[0]
