"""A catalogue's file -> its sentences. Strict: the file may come back from anywhere.

The format is the PO file of GNU gettext (manual, "The Format of PO Files"). Contexts and charsets other than UTF-8 are
not read, for the program writes none. Line breaks of every system are.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from desk_app.i18n.catalogue.entry import Catalogue, Entry, Signature
from desk_app.i18n.languages import TRANSLATED, Language

LARGEST = 4 * 1024 * 1024
"""Bytes; the largest of ours has half a megabyte."""
MOST_ENTRIES = 20_000
LONGEST = 8_000
"""Characters of one sentence or of all comments to it."""

_STRING = re.compile(r'"((?:[^"\\\x00-\x08\x0a-\x1f\x7f-\x9f]|\\[nt"\\])*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_KEYWORD = re.compile(r"(msgid_plural|msgid|msgstr(?:\[([0-9])\])?)[ \t]*(\".*)")
_SCRIPTS = {"latn": "Latn", "latin": "Latn", "cyrl": "Cyrl", "cyrillic": "Cyrl"}
_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotACatalogue(ValueError):
    """The bytes are no catalogue that the program reads; `line` says where, 0 for the file as a whole."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class NoLanguage(ValueError):
    """The catalogue does not say which of the program's languages it is in."""


def read(data: bytes) -> Catalogue:
    """The catalogue in the bytes of a PO file, its letters composed (NFC).

    Raises NotACatalogue, also above the caps of this module, and NoLanguage.
    """
    entries = _entries(data)
    head = _head(entries)
    language = _language(head.get("language", ""))
    return Catalogue(language, tuple(one for one in entries if one.one), _signature(head))


def read_entries(data: bytes) -> tuple[Entry, ...]:
    """The sentences alone, for a template, which is in no language. Raises NotACatalogue."""
    return tuple(one for one in _entries(data) if one.one)


@dataclass(slots=True)
class _Block:
    """The lines of one sentence so far."""

    one: list[str] | None = None
    many: list[str] | None = None
    forms: list[list[str]] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)
    last: list[str] | None = None
    size: int = 0

    @property
    def is_empty(self) -> bool:
        return self.one is None and not self.comments

    def grow(self, by: int) -> bool:
        """Whether it is still of a size that a sentence can have."""
        self.size += by
        return self.size <= 4 * LONGEST

    def begin(self, keyword: str, form: str | None) -> bool:
        """Make room for the string of a keyword; whether it may stand here."""
        made: list[str] = []
        if keyword == "msgid":
            fits = self.one is None
            self.one = made
        elif keyword == "msgid_plural":
            fits = self.one is not None and self.many is None and not self.forms
            self.many = made
        else:
            fits = self.one is not None and (form is None) == (self.many is None) and int(form or 0) == len(self.forms)
            self.forms.append(made)
        self.last = made
        return fits

    def entry(self) -> Entry | None:
        """The sentence, or None when a part of it is missing or too long."""
        parts = ["".join(self.one or ()), "".join(self.many or ()), *("".join(form) for form in self.forms)]
        if self.one is None or not self.forms or any(len(part) > LONGEST for part in parts):
            return None
        if self.many is not None and not parts[1]:
            return None
        one, many, *forms = (unicodedata.normalize("NFC", part) for part in parts)
        said = {mark: tuple(lines) for mark, lines in self.comments.items()}
        places = tuple(" ".join(said.get(":", ())).split())
        flags = {flag.strip() for line in said.get(",", ()) for flag in line.split(",")}
        return Entry(one, many, tuple(forms), said.get(".", ()), said.get("", ()), places, "fuzzy" in flags)


def _entries(data: bytes) -> list[Entry]:
    if len(data) > LARGEST:
        raise NotACatalogue(0)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotACatalogue(data.count(b"\n", 0, error.start) + 1) from error
    found: list[Entry] = []
    for entry in _read_lines(text):
        found.append(entry)
        if len(found) > MOST_ENTRIES:
            raise NotACatalogue(0)
    if not found:
        raise NotACatalogue(0)
    return found


def _read_lines(text: str) -> Iterator[Entry]:
    block, number = _Block(), 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = line.strip(" \t")
        starts = line.startswith("#") or line.startswith("msgid ") or line.startswith('msgid"')
        if block.forms and (not line or starts):
            yield _whole(block, number)
            block = _Block()
        if line and not line.startswith("#~") and not (_take(block, line) and block.grow(len(line))):
            raise NotACatalogue(number)
    if not block.is_empty:
        yield _whole(block, number)


def _take(block: _Block, line: str) -> bool:
    """Add one line to the block; whether it may stand there."""
    if line.startswith("#"):
        mark = line[1:2] if line[1:2] in (".", ":", ",", "|") else ""
        block.comments.setdefault(mark, []).append(line[1 + len(mark) :].strip())
        return block.one is None
    keyword = _KEYWORD.fullmatch(line)
    if keyword is not None:
        if not block.begin(keyword[1].partition("[")[0], keyword[2]):
            return False
        line = keyword[3]
    string = _STRING.fullmatch(line)
    if string is None or block.last is None:
        return False
    block.last.append(_ESCAPE.sub(lambda match: _ESCAPED[match[1]], string[1]))
    return True


def _whole(block: _Block, line: int) -> Entry:
    entry = block.entry()
    if entry is None:
        raise NotACatalogue(line)
    return entry


def _head(entries: list[Entry]) -> Mapping[str, str]:
    head: dict[str, str] = {}
    for entry in entries:
        for line in "".join(entry.forms).split("\n") if not entry.one else ():
            name, _colon, value = line.partition(":")
            head[name.strip().lower()] = value.strip()
    return head


def _language(said: str) -> Language:
    """Our language of a code as editors write it: tg, ru_RU, uz_Latn, uz@cyrillic, uz-UZ-Latn."""
    first, *rest = re.split(r"[_@-]", said.lower()[:40])
    script = next((_SCRIPTS[part] for part in rest if part in _SCRIPTS), "")
    for language in TRANSLATED:
        if language.code == (f"{first}_{script}" if first == "uz" else first):
            return language
    raise NoLanguage


def _signature(head: Mapping[str, str]) -> Signature | None:
    by, on, words = (head.get(name, "") for name in ("x-signed-by", "x-signed-on", "x-signed-words"))
    whole = 0 < len(by) <= 200 and by.isprintable() and _is_day(on) and _DIGEST.fullmatch(words)
    return Signature(by, on, words) if whole else None


def _is_day(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False
