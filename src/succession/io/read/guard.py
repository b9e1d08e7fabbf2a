"""The file guard: decides from bytes and the zip directory whether a workbook may be opened."""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

from succession.io.read.raw import Stop

__all__ = ["MAX_FILE_BYTES", "check_file", "check_xml_part", "open_workbook"]

MAX_FILE_BYTES = 50 * 1024**2
MAX_TOTAL_BYTES = 1024**3
FREE_BYTES = 64 * 1024**2
MAX_RATIO = 100
MAX_ENTRIES = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Open it in Excel and save it as .xlsx."


def check_file(path: Path, *, most_bytes: int = MAX_FILE_BYTES) -> None:
    """Refuses what is no regular file, is empty or too large. Raises Stop."""
    try:
        status = path.stat()
    except OSError as error:
        raise Stop("E_PATH", f"{path} cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(status.st_mode):
        raise Stop("E_PATH", f"{path} is no regular file", "Give a workbook or a CSV folder.")
    if path.resolve().parent != path.parent.resolve():
        hint = "Give the file itself, or a copy."
        raise Stop("E_PATH", f"{path.name} is a link to another folder", hint)
    if not os.access(path, os.R_OK):
        raise Stop("E_PATH", f"{path} may not be read", "Ask for the right to read it.")
    if status.st_size == 0:
        raise Stop("E_EMPTY", f"{path.name} is empty (0 bytes)", "Save the workbook again.")
    if status.st_size > most_bytes:
        limit = most_bytes >> 20
        raise Stop("E_TOO_BIG", f"{path.name} is larger than {limit} MiB", "Use a CSV folder.")


def open_workbook(path: Path) -> zipfile.ZipFile:
    """Opens a workbook that passed every check of its container. Raises Stop."""
    check_file(path)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        _stop_other(path, head)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Stop(
            "E_ZIP", f"{path.name} is damaged or incomplete: {error}", "Save it again."
        ) from error
    try:
        _check_directory(archive, path)
        _check_content(archive)
    except BaseException:
        archive.close()
        raise
    return archive


def _check_directory(archive: zipfile.ZipFile, path: Path) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Stop("E_ENTRIES", f"{len(entries)} entries in the file, {MAX_ENTRIES} at most")
    _check_overlap(entries)
    names = set()
    total = 0
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 1:
            raise Stop("E_ENCRYPTED", "the file is encrypted", "Remove the password.")
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise Stop("E_PATH", "an entry of the file points outside it", value=name[:80])
        if name.lower() in names:
            raise Stop("E_DUP_ENTRY", f"the entry {name!r} stands twice in the file", _SAVE)
        names.add(name.lower())
        total += entry.file_size
        if entry.file_size > FREE_BYTES and entry.file_size > MAX_RATIO * entry.compress_size:
            raise Stop("E_BOMB", f"{name} would unpack to {entry.file_size:,} bytes")
    if total > MAX_TOTAL_BYTES or total > max(FREE_BYTES, MAX_RATIO * path.stat().st_size):
        raise Stop("E_BOMB", f"the file would unpack to {total:,} bytes")


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are how a small file unpacks to a huge one."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(ordered):
        if entry.header_offset + 30 + entry.compress_size > following.header_offset:
            raise Stop("E_BOMB", f"the entries {entry.filename!r} and others share their bytes")


def _check_content(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            if b"opendocument" in stream.read(200):
                raise Stop("E_ODS", "this is an OpenDocument file", _SAVE)
    if "[content_types].xml" not in names:
        raise Stop("E_NOT_XLSX", "this is a zip file, but no Excel workbook", _SAVE)
    if any(name.endswith("workbook.bin") for name in names):
        raise Stop("E_XLSB", "this is a binary workbook (.xlsb)", _SAVE)
    if "encryptedpackage" in names:
        raise Stop("E_ENCRYPTED", "the workbook is encrypted", "Remove the password.")
    try:
        for entry in archive.infolist():
            _check_entry(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise Stop("E_ZIP", f"the file is damaged: {error}", "Save it again.") from error


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    is_sheet = "/worksheets/sheet" in entry.filename.lower()
    with archive.open(entry) as stream:
        head = stream.read(4096)
        if is_xml:
            check_xml_part(entry.filename, head)
        if not is_sheet:
            while stream.read(1 << 20):
                pass


def check_xml_part(name: str, head: bytes) -> None:
    """Refuses XML that is not UTF-8 or declares a DTD in its first bytes. Raises Stop."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:64]:
        raise Stop("E_XML_ENCODING", f"{name} is not in UTF-8", _SAVE)
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", head)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Stop("E_XML_ENCODING", f"{name} is not in UTF-8", _SAVE)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Stop("E_DTD", f"{name} declares a DTD or entities", _SAVE)


def _stop_other(path: Path, head: bytes) -> None:
    if head.startswith(_OLE):
        _stop_ole(path)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise Stop("E_XML2003", f"{path.name} is an XML spreadsheet of 2003", _SAVE)
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")):
        raise Stop("E_HTML", f"{path.name} is a web page, not a workbook", _SAVE)
    if text.startswith(b"<?xml") and (b"<html" in text or b"<table" in text):
        raise Stop("E_HTML", f"{path.name} is a web page, not a workbook", _SAVE)
    if b"\x00" not in head and re.search(rb"[,;\t|]", head):
        raise Stop("E_CSV", f"{path.name} is text, not a workbook", "Use a folder of CSV files.")
    raise Stop("E_ZIP" if head[:2] == b"PK" else "E_NOT_XLSX", f"{path.name} is no workbook", _SAVE)


def _stop_ole(path: Path) -> None:
    with path.open("rb") as stream:
        data = stream.read(8 << 20)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Stop("E_ENCRYPTED", f"{path.name} is encrypted", "Remove the password.")
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Stop("E_XLS", f"{path.name} is an old .xls workbook", _SAVE)
    raise Stop("E_NOT_XLSX", f"{path.name} is an old Office file, but no workbook", _SAVE)
