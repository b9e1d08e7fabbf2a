"""Hostile and wrong files are refused with a code, before anything is unpacked."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.io.books import codes, rewrite, tables, write_xlsx

from succession.io import load

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def _bytes(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def _zip(**parts: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return write


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_bytes(b""), "E_EMPTY"),
        (_bytes(_OLE + _utf16("EncryptedPackage")), "E_ENCRYPTED"),
        (_bytes(_OLE + _utf16("Workbook")), "E_XLS"),
        (_bytes(_OLE + _utf16("WordDocument")), "E_NOT_XLSX"),
        (_bytes(b"employee;role\nE1;Dev\n"), "E_CSV"),
        (_bytes(b"<html><table><tr><td>1</td></tr></table></html>"), "E_HTML"),
        (
            _bytes(
                b'<?xml version="1.0"?><Workbook '
                b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
            ),
            "E_XML2003",
        ),
        (_zip(mimetype=_ODS.encode()), "E_ODS"),
        (_zip(**{"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "E_NOT_XLSX"),
        (_zip(**{"a.txt": b"x"}), "E_NOT_XLSX"),
        (_zip(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"<a/>"}), "E_XLSB"),
        (_bytes(b"PK\x03\x04 and then nothing"), "E_ZIP"),
        (_bytes(os.urandom(2000)), "E_NOT_XLSX"),
    ],
)
def test_what_is_no_workbook_is_named(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "a.xlsx"
    make(path)
    loaded = load(path)
    assert [finding.code for finding in loaded.findings] == [code]
    assert loaded.scenario is None


def test_a_missing_path_a_pipe_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "folder").mkdir()
    assert codes(tmp_path / "nothing.xlsx") == ["E_PATH"]
    assert codes(tmp_path / "pipe.xlsx") == ["E_PATH"]
    assert codes(Path("/dev/zero")) == ["E_PATH"]
    assert codes(tmp_path / "folder") == ["E_EMPTY"]


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    data = path.read_bytes()
    for length in (40, len(data) // 2, len(data) - 30):
        path.write_bytes(data[:length])
        assert codes(path) == ["E_ZIP"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml"])
def test_a_wrong_checksum_is_refused(tmp_path: Path, part: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(part)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = data.find(signature)
        while at >= 0:
            if data[at + offset : at + offset + 4] == struct.pack("<I", entry.CRC):
                data[at + offset] ^= 1
            at = data.find(signature, at + 1)
    path.write_bytes(data)
    assert codes(path)[0] == "E_ZIP"


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<a/>")
    assert codes(path) == ["E_DUP_ENTRY"]


def test_entries_outside_or_too_many_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../x", b"")
    assert codes(path) == ["E_PATH"]
    path = write_xlsx(tmp_path / "b.xlsx", tables())
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(2001):
            archive.writestr(f"x{number}", b"")
    assert codes(path) == ["E_ENTRIES"]


def test_a_bomb_is_refused_from_the_directory(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bomb.xml", "w") as stream,
    ):
        for _ in range(100):
            stream.write(bytes(1 << 20))
    assert codes(path) == ["E_BOMB"]


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert codes(path) == ["E_ENCRYPTED"]


_DTD = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_dtd_is_refused_wherever_it_stands(tmp_path: Path, part: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    rewrite(path, part, lambda text: text.replace("?>", f"?>{' ' * 5000}{_DTD}", 1))
    assert codes(path) == ["E_DTD"]


def test_a_dtd_in_a_sheet_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    rewrite(path, "xl/worksheets/sheet3.xml", lambda text: text.replace("?>", f"?>{_DTD}", 1))
    assert codes(path)[0] == "E_DTD"


def test_xml_in_utf16_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("UTF-8", "UTF-16")
    parts["xl/worksheets/sheet1.xml"] = sheet.encode("utf-16")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert codes(path)[0] == "E_XML_ENCODING"


def test_macros_and_links_are_named_and_not_followed(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<a/>")
    loaded = load(path)
    assert [finding.code for finding in loaded.findings] == ["W_MACRO", "W_LINK"]
    assert loaded.scenario is not None
