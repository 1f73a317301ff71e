"""The directory of organisations: found in any script, and how long ago each was checked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.domain.clock import today
from desk_app.domain.errors import FieldMissing
from desk_app.domain.ids import RecordId
from desk_app.domain.names import loose, neutral
from desk_app.domain.records.declaration import Values
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.usecases import records
from desk_app.usecases.records import Saved

CHECK_AFTER_DAYS = 183
"""After half a year an address or a head may have changed without our knowing."""
_NAMES = ("name_tg", "name_ru", "name_uz")
_SEARCHED = (*_NAMES, "place", "address", "head_name", "phone")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation and the folded words it is found by."""

    record: Record
    words: tuple[str, ...]

    @property
    def id(self) -> RecordId:
        """Its id."""
        return self.record.id


def organisations(vault: Vault) -> list[Organisation]:
    """The whole directory; whoever shows it puts it in the order of the language on screen."""
    found = records.find_all(vault, "organisation")
    return [Organisation(one, _folded(" ".join(one.text(name) for name in _SEARCHED))) for one in found]


def matching(entries: Sequence[Organisation], text: str) -> list[Organisation]:
    """Those that have every word typed, or its beginning, in any script and spelling; all when nothing is typed."""
    sought = _folded(text)
    if text.strip() and not sought:
        return []
    return [one for one in entries if all(any(have.startswith(word) for have in one.words) for word in sought)]


def name_in(names: Sequence[str], language: str) -> str:
    """The name for a language, of the Tajik, the Russian and the Uzbek one; another where that one is not known."""
    own = {"tg": 0, "ru": 1}.get(language, 2 if language.startswith("uz") else 0)
    return names[own] or next(filter(None, names), "")


def called(organisation: Record, language: str) -> str:
    """What the organisation is called in a language."""
    return name_in([organisation.text(name) for name in _NAMES], language)


def months_since_check(organisation: Record, on: date) -> int | None:
    """Whole months since somebody made sure that the entry is right; None when nobody ever did."""
    checked = organisation.text("checked_on")
    if not checked:
        return None
    then = date.fromisoformat(checked)
    return max((on.year - then.year) * 12 + on.month - then.month - (on.day < then.day), 0)


def needs_check(organisation: Record, on: date) -> bool:
    """Whether the entry was not checked for half a year, or never."""
    checked = organisation.text("checked_on")
    return not checked or (on - date.fromisoformat(checked)).days > CHECK_AFTER_DAYS


def save(vault: Vault, organisation: RecordId | None, values: Values) -> Saved:
    """Adds an organisation, checked today unless another day is said, or changes one.

    Raises `FieldMissing` for one without any name, and what `records.add` and `records.edit` raise.
    """
    before = records.show(vault, organisation).values if organisation is not None else {}
    if not any({**before, **values}.get(name) for name in _NAMES):
        raise FieldMissing("organisation", _NAMES[0])
    if organisation is not None:
        return records.edit(vault, organisation, values)
    return records.add(vault, "organisation", {**values, "checked_on": values.get("checked_on") or _on(vault)})


def checked(vault: Vault, organisation: RecordId) -> Saved:
    """Notes that everything about it was found right today. Raises `RecordNotFound`."""
    return records.edit(vault, organisation, {"checked_on": _on(vault)})


def _on(vault: Vault) -> str:
    return today(vault.now()).isoformat()


def _folded(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (loose(word) for word in re.findall(r"\w+", neutral(text)))))
