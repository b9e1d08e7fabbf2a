"""Documents as files, each named by the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Objects", "replace_file", "sha256_of"]

_PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class Objects:
    """A folder of documents; whoever writes to it holds the store's write transaction."""

    folder: Path

    def add(self, content: bytes) -> str:
        """Keep the bytes, durably, and return their hash."""
        digest = sha256_of(content)
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, content)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes of a document; raises FileNotFoundError, and ValueError if they changed."""
        content = self._path(digest).read_bytes()
        if sha256_of(content) != digest:
            raise ValueError(f"{self._path(digest)} is not what was stored")
        return content

    def all(self) -> Iterator[str]:
        """The hashes of all documents that are there."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.startswith(_PARTIAL):
                yield path.parent.name + path.name

    def keep_only(self, wanted: Iterable[str]) -> int:
        """Remove all others, and what dead runs left half written; returns how many documents."""
        kept, removed = set(wanted), 0
        for digest in list(self.all()):
            if digest not in kept:
                self._path(digest).unlink()
                removed += 1
        for partial in self.folder.glob(f"??/{_PARTIAL}*"):
            partial.unlink()
        return removed

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest[2:]


def sha256_of(content: bytes) -> str:
    """The hash in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def replace_file(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all, and durably."""
    handle, name = tempfile.mkstemp(prefix=_PARTIAL, dir=path.parent)
    partial = Path(name)
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
