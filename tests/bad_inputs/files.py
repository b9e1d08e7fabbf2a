"""Section A of the catalogue: hostile and wrong containers."""

from __future__ import annotations

import os
import random
import zlib
from dataclasses import replace
from pathlib import Path

from tests.bad_inputs.case import Case, Maker, add_part, after, book, put_xml, raw, sheet_xml, text
from tests.bad_inputs.hostile import Entry, bomb, lying, packed, parts_of, repeated, write_zip

__all__ = ["CASES"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_SHEET = "xl/worksheets/sheet6.xml"
"""Employees."""

_TYPES = packed("[Content_Types].xml", b'<?xml version="1.0"?><Types/>')
_MIB = 1 << 20


def _ole(stream: str) -> Maker:
    return raw(_OLE + stream.encode("utf-16-le") + bytes(2000))


def _zip(*entries: Entry) -> Maker:
    def make(folder: Path) -> Path:
        write_zip(folder / "plan.xlsx", entries)
        return folder / "plan.xlsx"

    return make


def _with(entry: Entry) -> Maker:
    return after(book(), lambda path: bomb(path, entry))


def _strings(block: bytes, times: int) -> Entry:
    head, tail = b'<?xml version="1.0"?><sst><si><t>', b"</t></si></sst>"
    return repeated("xl/sharedStrings.xml", head, block, times, tail)


def _sheet(block: bytes, times: int) -> Entry:
    head = b'<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData><row r="1">'
    return repeated(_SHEET, head, block, times, b"</row></sheetData></worksheet>")


def _wrong_crc(part: str) -> Maker:
    def spoil(path: Path) -> None:
        parts = parts_of(path)
        parts[part] = replace(parts[part], crc=parts[part].crc ^ 1)
        write_zip(path, parts.values())

    return after(book(), spoil)


def _cut(share: float) -> Maker:
    def cut(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return after(book(), cut)


def _overlapping(path: Path) -> None:
    """Fifield's idea: many directory records, one kernel of data."""
    kernel = repeated("kernel", b"", bytes(_MIB), 60, b"")
    copies = [replace(kernel, name=f"copy{number}", at=0) for number in range(300)]
    write_zip(path, [kernel, *copies, *parts_of(path).values()])


def _twice(path: Path) -> None:
    parts = list(parts_of(path).values())
    write_zip(path, [*parts, parts[-1]])


def _named(name: str) -> Maker:
    return after(book(), lambda path: bomb(path, packed(name, b"x")))


def _encrypted(path: Path) -> None:
    parts = parts_of(path)
    parts[_SHEET] = replace(parts[_SHEET], flags=1)
    write_zip(path, parts.values())


def _entities(kind: str, part: str) -> Maker:
    """A DTD with nested, long or outer entities in a part."""
    if kind == "laughs":
        nested = "".join(
            f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10)
        )
        dtd, use = f"<!DOCTYPE x [{nested}]>", "&l9;"
    elif kind == "million":
        nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(7))
        dtd, use = f"<!DOCTYPE x [{nested}]>", "&l6;"
    elif kind == "quadratic":
        dtd, use = f'<!DOCTYPE x [<!ENTITY l "{"a" * _MIB}">]>', "&l;" * 500
    else:
        dtd, use = '<!DOCTYPE x [<!ENTITY l SYSTEM "file:///etc/hostname">]>', "&l;"

    def change(path: Path) -> None:
        parts = parts_of(path)
        xml = zlib.decompress(parts[part].data, -15).decode()
        xml = xml.replace("?>", f"?>{dtd}", 1).replace("<t>Ana</t>", f"<t>{use}</t>", 1)
        bomb(path, packed(part, xml.encode()))

    return after(book(), change)


def _utf16(path: Path) -> None:
    xml = zlib.decompress(parts_of(path)["xl/sharedStrings.xml"].data, -15).decode()
    dtd = '<!DOCTYPE x [<!ENTITY l SYSTEM "file:///etc/hostname">]>'
    xml = xml.replace("UTF-8", "UTF-16", 1).replace("?>", f"?>{dtd}", 1)
    bomb(path, packed("xl/sharedStrings.xml", xml.encode("utf-16")))


def _large(folder: Path) -> Path:
    path = folder / "plan.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(51 * _MIB)
    return path


def _row(xml: str) -> Maker:
    """A workbook whose Employees hold more rows below the two that are sound."""
    return sheet_xml("Employees", "</sheetData>", f"{xml}</sheetData>")


def _far(address: str, row: int) -> str:
    return f'<row r="{row}"><c r="{address}" t="inlineStr"><is><t>x</t></is></c></row>'


def _many_far() -> str:
    rows = "".join(f'<row r="{k}"><c r="A{k}"><v>{k}</v></c></row>' for k in range(4, 5000))
    return rows + _far("XFD5000", 5000)


def _merge(reference: str) -> Maker:
    merges = f'</sheetData><mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'
    return sheet_xml("Employees", "</sheetData>", merges)


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def _link_out(folder: Path) -> Path:
    (folder / "elsewhere").mkdir()
    path = book()(folder / "elsewhere")
    (folder / "plan.xlsx").symlink_to(path)
    return folder / "plan.xlsx"


def _link_in_folder(folder: Path) -> Path:
    from tests.bad_inputs.case import csv

    plan = csv()(folder)
    (plan / "Employees.csv").rename(folder / "secret.csv")
    (plan / "Employees.csv").symlink_to(folder / "secret.csv")
    return plan


_LINKS = after(
    book(),
    add_part("xl/externalLinks/externalLink1.xml", b'<?xml version="1.0"?><externalLink/>'),
)
_DDE = after(book(), add_part("xl/connections.xml", b'<?xml version="1.0"?><connections/>'))
_XML2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
_LOGO = after(book(), add_part("xl/media/logo.png", random.Random(1).randbytes(30 * _MIB)))

CASES = [
    Case(1, "no bytes", raw(b""), "E_EMPTY"),
    Case(2, "cut in half", _cut(0.5), "E_ZIP"),
    Case(2, "cut tail", _cut(0.99), "E_ZIP"),
    Case(3, "wrong checksum in a sheet", _wrong_crc(_SHEET), "E_ZIP"),
    Case(3, "wrong checksum in workbook.xml", _wrong_crc("xl/workbook.xml"), "E_ZIP"),
    Case(4, "encrypted workbook", _ole("EncryptedPackage"), "E_ENCRYPTED"),
    Case(5, "xls renamed", _ole("Workbook"), "E_XLS"),
    Case(6, "xlsb renamed", _zip(_TYPES, packed("xl/workbook.bin", b"x")), "E_XLSB"),
    Case(7, "macros", after(book(), add_part("xl/vbaProject.bin", b"x")), "W_MACRO"),
    Case(
        8,
        "ods renamed",
        _zip(packed("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")),
        "E_ODS",
    ),
    Case(9, "csv renamed", raw(b"employee;role\nE1;Dev\n"), "E_CSV"),
    Case(10, "web page renamed", raw(b"\n<HTML><table><tr><td>1</table></html>"), "E_HTML"),
    Case(11, "xml of 2003 renamed", raw(_XML2003), "E_XML2003"),
    Case(12, "docx renamed", _zip(_TYPES, packed("word/document.xml", b"<a/>")), "E_NOT_XLSX"),
    Case(12, "zip renamed", _zip(packed("notes.txt", b"x")), "E_NOT_XLSX"),
    Case(12, "jar renamed", _zip(packed("META-INF/MANIFEST.MF", b"x")), "E_NOT_XLSX"),
    Case(13, "51 MiB", _large, "E_TOO_BIG"),
    Case(14, "1 GiB in a shared string", _with(_strings(b"a" * _MIB, 1024)), "E_BOMB"),
    Case(
        15,
        "50 million shared strings",
        _with(_strings(b"a</t></si><si><t>" * 50_000, 1000)),
        "E_BOMB",
    ),
    Case(16, "50 million cells", _with(_sheet(b"<c><v>1</v></c>" * 50_000, 1000)), "E_BOMB"),
    Case(17, "2 GiB of blanks", _with(_sheet(b" " * _MIB, 2048)), "E_BOMB"),
    Case(18, "a directory that lies", _with(lying(_sheet(b" " * _MIB, 200), 1000)), "E_ZIP"),
    Case(19, "overlapping entries", after(book(), _overlapping), "E_BOMB"),
    Case(20, "60,000 entries", _zip(*(packed(f"x{k}", b"") for k in range(60_000))), "E_ENTRIES"),
    Case(21, "an entry twice", after(book(), _twice), "E_DUP_ENTRY"),
    Case(22, "an entry above", _named("../../x"), "E_PATH"),
    Case(22, "an absolute entry", _named("/etc/x"), "E_PATH"),
    Case(23, "an encrypted entry", after(book(), _encrypted), "E_ENCRYPTED"),
    Case(24, "billion laughs in the texts", _entities("laughs", "xl/sharedStrings.xml"), "E_DTD"),
    Case(24, "billion laughs in a sheet", _entities("laughs", _SHEET), "E_DTD"),
    Case(25, "million laughs", _entities("million", "xl/sharedStrings.xml"), "E_DTD"),
    Case(26, "quadratic", _entities("quadratic", "xl/sharedStrings.xml"), "E_DTD"),
    Case(27, "an outer entity", _entities("outer", "xl/sharedStrings.xml"), "E_DTD"),
    Case(28, "the same in UTF-16", after(book(), _utf16), "E_XML_ENCODING"),
    Case(
        29,
        "dimension too large",
        sheet_xml("Employees", '<dimension ref="A1:D3"/>', '<dimension ref="A1:XFD1048576"/>'),
        "",
    ),
    Case(
        30,
        "dimension too small",
        sheet_xml("Employees", '<dimension ref="A1:D3"/>', '<dimension ref="A1"/>'),
        "",
    ),
    Case(
        31,
        "a cell in the last corner",
        _row(_far("XFD1048576", 1_048_576)),
        "E_RANGE",
        "Employees!XFD1048576",
    ),
    Case(32, "a cell in the last column", _row(_many_far()), "E_RANGE", "Employees!XFD5000"),
    Case(
        33,
        "a formatted cell in the last corner",
        _row('<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
        "W_FORMAT_RANGE",
        "Employees!XFD1048576",
    ),
    Case(
        34,
        "a cell in the last row",
        _row(_far("A1048576", 1_048_576)),
        "E_ROWS",
        "Employees!A1048576",
    ),
    Case(35, "row 99,999,999", _row(_far("A99999999", 99_999_999)), "E_ROWS", "Employees"),
    Case(35, "row 0", sheet_xml("Employees", '<row r="2"', '<row r="0"'), "E_ROWS", "Employees"),
    Case(
        36, "a merge of everything", _merge("A1:XFD1048576"), "E_MERGE", "Employees!A1:XFD1048576"
    ),
    Case(36, "a merge of very much", _merge("A1:Z100000"), "E_MERGE", "Employees!A1:Z100000"),
    Case(
        37,
        "an empty fill",
        text("xl/styles.xml", '<fill><patternFill patternType="none"/></fill>', "<fill/>"),
        "",
    ),
    Case(38, "a control character", text("xl/sharedStrings.xml", "Ana", "A\x07na"), "E_XML"),
    Case(
        39,
        "a shared text that is not there",
        put_xml("Employees", "name", 't="s"|<v>99999</v>'),
        "E_XML",
        "Employees!B3",
    ),
    Case(40, "no number", put_xml("Roles", "external_cost", "<v>abc</v>"), "E_NUMBER", "Roles!B3"),
    Case(41, "external links", _LINKS, "W_LINK"),
    Case(41, "connections", _DDE, "W_LINK"),
    Case(42, "30 MB of logos", _LOGO, ""),
    Case(44, "a pipe", _pipe, "E_PATH"),
    Case(44, "a device", lambda _: Path("/dev/zero"), "E_PATH"),
    Case(44, "a link to elsewhere", _link_out, "E_PATH"),
    Case(44, "a link in a CSV folder", _link_in_folder, "E_PATH", "Employees.csv"),
    Case(44, "nothing there", lambda folder: folder / "none.xlsx", "E_PATH"),
]
