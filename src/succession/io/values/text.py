"""Cleaning of texts: outer blanks and invisible marks go, everything visible stays."""

from __future__ import annotations

import re
import unicodedata

from succession.io.values.words import Note, Reject

__all__ = ["clean", "fold_id"]

MAX_LENGTH = 255
# Joiners (U+200C, U+200D) stay: emoji and Persian names need them.
_INVISIBLE = re.compile(
    "[\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_SPACES = re.compile(r"[\t\r\n\u0085\u2028\u2029]+")


def clean(text: str, notes: list[Note]) -> str:
    """The text without outer blanks, control and invisible marks. Raises Reject (too long)."""
    if text.isascii() and text.isprintable() and text == text.strip():
        return _short_enough(text)
    if any("\ud800" <= mark <= "\udfff" or mark in "\ufffe\uffff" for mark in text):
        raise Reject("E_TEXT", "a character that is none", "Type the text again.")
    visible = _INVISIBLE.sub("", text)
    if visible != text:
        notes.append(Note("fix", "F_INVISIBLE", "invisible characters removed", ""))
    one_line = _SPACES.sub(" ", visible.strip())
    if one_line != visible.strip():
        notes.append(Note("warning", "W_LINE_BREAK", "line breaks or tabs became blanks", ""))
    if visible != visible.strip():
        notes.append(Note("fix", "F_TRIM", "blanks around it removed", ""))
    if _mixes_scripts(one_line):
        message = "letters of different scripts that look alike"
        notes.append(Note("warning", "W_MIXED_SCRIPT", message, "Type it again."))
    return _short_enough(one_line)


def _short_enough(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise Reject("E_LONG", f"{len(text):,} characters", f"Use at most {MAX_LENGTH}.")
    return text


def _mixes_scripts(text: str) -> bool:
    if text.isascii():
        return False
    for word in text.split():
        scripts = {unicodedata.name(mark, "?").partition(" ")[0] for mark in word if mark.isalpha()}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
            return True
    return False


def fold_id(text: str) -> str:
    """What two ids have in common that differ only in case, width or Unicode form."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold()
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.lower().split())
