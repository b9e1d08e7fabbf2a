"""Who is told that a run ended: a file, a mail, a webhook. Messages name no person."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from succession.planning.unattended.config import Config, Smtp, Webhook
from succession.store import Run
from succession.store.objects import replace_file

__all__ = ["message", "tell"]

_PATIENCE = 30.0
"""Seconds until a server that does not answer counts as gone."""

_FIGURES = ("scenario", "status", "cost", "bound", "gap", "currency", "warnings", "failure")


def tell(config: Config, run: Run, folder: Path) -> dict[str, str]:
    """Tell of a run over every channel that is set up; why it failed, by channel that failed."""
    told = message(run, folder)
    channels: dict[str, Callable[[], None]] = {}
    drop, notify = config.drop_folder, config.notify
    if drop is not None:
        channels["file"] = lambda: _drop(drop, run.number, told)
    if notify.smtp is not None:
        smtp = notify.smtp
        channels["smtp"] = lambda: _mail(smtp, told)
    if notify.webhook is not None:
        webhook = notify.webhook
        channels["webhook"] = lambda: _post(webhook, told)
    failures = {}
    for name, send in channels.items():
        try:
            send()
        except (OSError, smtplib.SMTPException, ValueError, LookupError) as fault:
            failures[name] = f"{type(fault).__name__}: {fault}"
    return failures


def message(run: Run, folder: Path) -> dict[str, object]:
    """What is told: figures and where to look."""
    document = run.document
    record: dict[str, object] = {"format": "succession-message/1", "run": run.number}
    record |= {"state": run.state, "decision": run.decision, "ended": run.ended}
    record |= {name: document[name] for name in _FIGURES if name in document}
    return {**record, "folder": str(folder)}


def _drop(folder: Path, number: int, told: dict[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / f"run-{number:06d}.json", _json(told), mode=0o644)


def _mail(smtp: Smtp, told: dict[str, object]) -> None:
    mail = EmailMessage()
    mail["Subject"] = f"succession: run {told['run']}: {_headline(told)}"
    mail["From"], mail["To"] = smtp.sender, ", ".join(smtp.to)
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="succession.invalid")
    mail.set_content("\n".join(f"{name}: {value}" for name, value in told.items()) + "\n")
    context = ssl.create_default_context()
    if smtp.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=_PATIENCE, context=context
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=_PATIENCE)
    with server:
        if smtp.security == "starttls":
            server.starttls(context=context)
        if smtp.user is not None:
            server.login(smtp.user, _secret(smtp.password_env))
        server.send_message(mail)


def _post(webhook: Webhook, told: dict[str, object]) -> None:
    headers = {"Content-Type": "application/json"}
    if webhook.token_env is not None:
        headers["Authorization"] = f"Bearer {_secret(webhook.token_env)}"
    request = urllib.request.Request(str(webhook.url), _json(told), headers, method="POST")
    with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
        response.read(1 << 16)


def _headline(told: dict[str, object]) -> str:
    if told.get("failure"):
        return f"{told['state']} ({told['failure']})"
    if told["decision"] is None:
        return str(told.get("status", told["state"]))
    return f"{told['decision']} for {told['scenario']}"


def _secret(variable: str | None) -> str:
    if variable is None:
        raise LookupError("a user is given without password_env")
    value = os.environ.get(variable)
    if not value:
        raise LookupError(f"the environment variable {variable} is not set")
    return value


def _json(told: dict[str, object]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
