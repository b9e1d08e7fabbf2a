"""Zip files byte by byte: what no library would write."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["Entry", "bomb", "packed", "parts_of", "repeated", "write_zip"]


@dataclass(frozen=True)
class Entry:
    """One entry; `at` puts its directory record over the data of an earlier entry."""

    name: str
    data: bytes
    crc: int
    size: int
    flags: int = 0
    at: int | None = None


def packed(name: str, content: bytes) -> Entry:
    """An honest entry."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeeze.compress(content) + squeeze.flush()
    return Entry(name, data, zlib.crc32(content), len(content))


def repeated(name: str, head: bytes, block: bytes, times: int, tail: bytes) -> Entry:
    """head + block × times + tail, squeezed without ever being whole in memory."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = [squeeze.compress(head) + squeeze.flush(zlib.Z_FULL_FLUSH)]
    data += [squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)] * times
    data.append(squeeze.compress(tail) + squeeze.flush())
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(head) + len(block) * times + len(tail)
    return Entry(name, b"".join(data), zlib.crc32(tail, crc), size)


def parts_of(path: Path) -> dict[str, Entry]:
    """The entries of a sound workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: packed(name, archive.read(name)) for name in archive.namelist()}


def bomb(path: Path, entry: Entry) -> None:
    """Puts an entry into a sound workbook, in the place of its namesake."""
    write_zip(path, {**parts_of(path), entry.name: entry}.values())


def write_zip(path: Path, entries: Iterable[Entry]) -> None:
    """Writes local headers, data and directory exactly as told."""
    directory = b""
    offset = 0
    number = 0
    with path.open("wb") as stream:
        for entry in entries:
            name = entry.name.encode()
            fixed = (20, entry.flags, 8, 0, 33, entry.crc, len(entry.data), entry.size)
            local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *fixed, len(name), 0) + name
            place = offset if entry.at is None else entry.at
            record = struct.pack(
                "<4s6H3I5H2I", b"PK\x01\x02", 20, *fixed, len(name), *[0] * 5, place
            )
            directory += record + name
            number += 1
            if entry.at is None:
                stream.write(local + entry.data)
                offset += len(local) + len(entry.data)
        end = (0, 0, number & 0xFFFF, number & 0xFFFF, len(directory), offset, 0)
        stream.write(directory + struct.pack("<4s4H2IH", b"PK\x05\x06", *end))


def lying(entry: Entry, size: int) -> Entry:
    """An entry whose directory record names another size."""
    return replace(entry, size=size)
