"""A catalogue that comes back from a reader: sentence by sentence it is taken or refused with the reasons."""

from collections import Counter
from dataclasses import dataclass

from desk_app.i18n.catalogue.checks import Complaint, Fault, complaints
from desk_app.i18n.catalogue.entry import Catalogue, Entry, Id
from desk_app.i18n.catalogue.glossary import Glossary
from desk_app.i18n.languages import Language


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that stays as it is, and why."""

    entry: Entry
    reasons: tuple[Complaint, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: `changed` says other words than are shown now, `same` counts those that say the same,
    `empty` those that were left untranslated."""

    language: Language
    changed: tuple[Entry, ...]
    same: int
    empty: int
    refused: tuple[Refused, ...]


def judged(brought: Catalogue, shown: Catalogue, glossary: Glossary) -> Taken:
    """The sentences of a file against those that the program shows now."""
    known, times = shown.by_id(), Counter(entry.id for entry in brought.entries)
    changed: list[Entry] = []
    refused: list[Refused] = []
    same = empty = 0
    for entry in brought.entries:
        now = known.get(entry.id)
        if now is not None and not any(entry.forms):
            empty += 1
        elif now is not None and entry.forms == now.forms and not entry.fuzzy:
            same += 1
        elif reasons := _reasons(entry, now, times, brought.language, glossary):
            refused.append(Refused(entry, reasons))
        else:
            changed.append(entry)
    return Taken(brought.language, tuple(changed), same, empty, tuple(refused))


def corrections(taken: Taken, former: Catalogue, plain: Catalogue) -> Catalogue:
    """What is corrected from now on: the former corrections and the new ones, without those that say what would be
    shown without them (`plain`). Only the words are kept, nothing of who wrote them."""
    words = {entry.id: entry for entry in (*former.entries, *taken.changed)}
    without = {entry.id: entry.forms for entry in plain.entries}
    entries = [
        Entry(entry.one, entry.many, entry.forms)
        for entry in words.values()
        if entry.id in without and without[entry.id] != entry.forms
    ]
    return Catalogue(taken.language, tuple(entries))


def _reasons(
    entry: Entry, now: Entry | None, times: Counter[Id], language: Language, glossary: Glossary
) -> tuple[Complaint, ...]:
    if now is None:
        return (Complaint(Fault.UNKNOWN),)
    if times[entry.id] > 1:
        return (Complaint(Fault.TWICE),)
    return tuple(complaints(entry, language, glossary))
