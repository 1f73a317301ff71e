"""A sentence of a catalogue with its translation, and a catalogue of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from desk_app.i18n.languages import Language

Id = str | tuple[str, str]
"""The English words: one sentence, or the singular and the plural."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`forms` is the one translation or one for each plural form, empty where there is none yet.

    `notes` are for translators, `remarks` are theirs, `places` the files of the code that say the sentence.
    """

    one: str
    many: str = ""
    forms: tuple[str, ...] = ("",)
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def id(self) -> Id:
        """The English words, as something to look up by."""
        return (self.one, self.many) if self.many else self.one

    @property
    def source(self) -> str:
        """The English words that hold every placeholder: the singular of other languages stands for 21 and 31 too."""
        return self.many or self.one

    @property
    def is_translated(self) -> bool:
        """Whether no form is missing."""
        return bool(self.forms) and all(self.forms)


@dataclass(frozen=True, slots=True)
class Signature:
    """Which native reader answers for the words, since which day (ISO), and what the words were then (`digest`)."""

    by: str
    on: str
    words: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language. Nothing of who last saved the file is kept."""

    language: Language
    entries: tuple[Entry, ...] = ()
    signature: Signature | None = None

    def by_id(self) -> dict[Id, Entry]:
        """Each entry by its English words."""
        return {entry.id: entry for entry in self.entries}


def digest(entries: Iterable[Entry]) -> str:
    """What the English and translated words are, in 64 letters: another order changes nothing, another word does."""
    lines = sorted("\x1f".join((entry.one, entry.many, *entry.forms)) for entry in entries)
    return hashlib.sha256("\x1e".join(lines).encode("utf-8")).hexdigest()
