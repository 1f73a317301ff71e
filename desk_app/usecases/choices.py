"""Choices of the programme's own: added to the open lists, worded in every language, switched off when they are old."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk_app.domain.errors import (
    ChoiceCodeWrong,
    ChoiceFixed,
    ChoiceUnknown,
    FieldMissing,
    GlyphMissing,
    LastChoice,
    ListClosed,
)
from desk_app.domain.names import neutral
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.choice import CHOICE, WORDS, choice_of
from desk_app.domain.records.declaration import Field, Kind, Registry, Values
from desk_app.domain.records.validation import checked
from desk_app.domain.vocabulary import OWN_CODE, OwnChoice, OwnChoices, Vocabulary, is_own_code
from desk_app.i18n.languages import UZBEK_CYRILLIC, UZBEK_LATIN
from desk_app.i18n.translator import Translator
from desk_app.i18n.uzbek_cyrillic import to_cyrillic
from desk_app.storage.vault import Vault
from desk_app.usecases import leading
from desk_app.usecases.records import Saved

_LONGEST_CODE = 24
"""Of the letters made from the words; a person reads codes in tables."""
_TURNED_COMMA = re.compile("(?<=[oOgG])['`´‘’ʼ]")
_APOSTROPHE = re.compile("['`´‘’]")


@dataclass(frozen=True, slots=True)
class OpenList:
    """A vocabulary that a coordinator may add to, and the first field that is filled from it."""

    vocabulary: Vocabulary
    kind: Kind
    field: Field


def open_lists(registry: Registry) -> list[OpenList]:
    """Every list that may be added to, in the order of the kinds."""
    found: dict[str, OpenList] = {}
    for kind in registry:
        for field in kind.own_fields:
            if field.vocabulary is not None and field.vocabulary.open:
                found.setdefault(field.vocabulary.name, OpenList(field.vocabulary, kind, field))
    return list(found.values())


def own(vault: Vault) -> OwnChoices:
    """Everything that coordinators said of choices; what cannot be shown or is said of no open list is left out."""
    names = {one.vocabulary.name: one.vocabulary for one in open_lists(vault.registry)}
    return OwnChoices(tuple(one for state in leading.said(vault, CHOICE) if (one := _read(state, names)) is not None))


def words(vault: Vault, tr: Translator) -> Translator:
    """The translator with the words of own choices."""
    return tr.knowing(own(vault))


def add(vault: Vault, vocabulary: str, said: Values) -> Saved:
    """Adds a choice to an open list; its code is made from its words, unless `said` brings one in `code`.

    Raises `NotAllowed`, `ListClosed`, `FieldMissing` for a choice without words, `GlyphMissing`,
    `InvalidValue`, `ChoiceCodeWrong`.
    """
    leading.require(vault)
    listed = _listed(vault, vocabulary)
    clean = _clean(said)
    if not any(clean.get(name) for name in WORDS):
        raise FieldMissing(CHOICE.name, "tg")
    code = said.get("code") or _free_code(own(vault), listed, clean)
    if not is_own_code(code) or code in own(vault).codes(listed):
        raise ChoiceCodeWrong(str(code))
    record = choice_of(vocabulary, str(code))
    leading.write(vault, CHOICE, record, {"vocabulary": vocabulary, "code": code, "off": said.get("off"), **clean})
    return Saved(record, str(code))


def reword(vault: Vault, vocabulary: str, code: str, said: Values) -> Saved:
    """Gives an own choice other words; those that are not named stay.

    Raises what `add` raises, `ChoiceFixed` for a choice of the program, `ChoiceUnknown`.
    """
    listed = _listed(vault, vocabulary)
    if code in listed.words:
        raise ChoiceFixed(code)
    clean = _clean(said)
    former = _texts(vault, vocabulary, code)
    if not any({**former, **clean}.values()):
        raise FieldMissing(CHOICE.name, "tg")
    record = choice_of(vocabulary, code)
    leading.write(vault, CHOICE, record, {"vocabulary": vocabulary, "code": code, **clean})
    return Saved(record, code)


def switch(vault: Vault, vocabulary: str, code: str, *, off: bool) -> Saved:
    """Switches a choice off, so that no form offers it any more, or on again. Records that have it keep it.

    Raises `NotAllowed`, `ListClosed`, `ChoiceUnknown`, `LastChoice` when nothing would be left to choose.
    """
    leading.require(vault)
    listed = _listed(vault, vocabulary)
    known = own(vault)
    if code not in known.codes(listed):
        raise ChoiceUnknown(code)
    if off and known.offered(listed) == (code,):
        raise LastChoice
    record = choice_of(vocabulary, code)
    leading.write(vault, CHOICE, record, {"vocabulary": vocabulary, "code": code, "off": off})
    return Saved(record, code)


def remove(vault: Vault, vocabulary: str, code: str) -> Saved:
    """Takes back that an own choice was added: a record that has it meanwhile keeps its code. Raises `NotAllowed`."""
    record = choice_of(vocabulary, code)
    leading.write(vault, CHOICE, record, {"deleted": True})
    return Saved(record, code)


def texts(vault: Vault, vocabulary: str, code: str) -> dict[str, str]:
    """The words of an own choice as they were written: by the names of the fields. Raises `ChoiceUnknown`."""
    return _texts(vault, vocabulary, code)


def add_typed(vault: Vault, said: Values) -> Saved:
    """A choice as one record with all its fields: added, or a shipped one switched. Raises what these
    raise, and `FieldFixed`."""
    leading.refuse_fixed(CHOICE, said)
    vocabulary, code = str(said.get("vocabulary") or ""), str(said.get("code") or "")
    if code in _listed(vault, vocabulary).words:
        return switch(vault, vocabulary, code, off=said.get("off") is True)
    return add(vault, vocabulary, said)


def edit_typed(vault: Vault, record: Mapping[str, object], said: Values) -> Saved:
    """Changes a choice that stands as a record. Raises what `reword` and `switch` raise, and
    `FieldFixed`."""
    leading.refuse_fixed(CHOICE, said)
    vocabulary, code = str(record.get("vocabulary")), str(record.get("code"))
    for fixed in ("vocabulary", "code"):
        if said.get(fixed, record.get(fixed)) != record.get(fixed):
            raise ChoiceFixed(code)
    saved = Saved(choice_of(vocabulary, code), code)
    if spoken := {name: value for name, value in said.items() if name in WORDS}:
        saved = reword(vault, vocabulary, code, spoken)
    if "off" in said:
        saved = switch(vault, vocabulary, code, off=said["off"] is True)
    return saved


def _listed(vault: Vault, vocabulary: str) -> Vocabulary:
    for one in open_lists(vault.registry):
        if one.vocabulary.name == vocabulary:
            return one.vocabulary
    raise ListClosed(vocabulary)


def _read(state: RecordState, names: Mapping[str, Vocabulary]) -> OwnChoice | None:
    vocabulary, code = state.values["vocabulary"], state.values["code"]
    if not isinstance(vocabulary, str) or not isinstance(code, str) or vocabulary not in names:
        return None
    if state.record != choice_of(vocabulary, code) or code not in names[vocabulary]:
        return None
    said = {} if code in names[vocabulary].words else _in_languages(state)
    return OwnChoice(vocabulary, code, said, state.values["off"] is True)


def _in_languages(state: RecordState) -> dict[str, str]:
    """By language code, what the letters of the program's papers can show."""
    said = {language: str(state.values[name] or "") for name, language in WORDS.items()}
    said[UZBEK_CYRILLIC.code] = to_cyrillic(said[UZBEK_LATIN.code])
    return {language: words for language, words in said.items() if words and not _not_drawable(words)}


def _texts(vault: Vault, vocabulary: str, code: str) -> dict[str, str]:
    for state in leading.said(vault, CHOICE):
        if state.record == choice_of(vocabulary, code):
            return {name: str(state.values[name] or "") for name in WORDS}
    raise ChoiceUnknown(code)


def _clean(said: Values) -> dict[str, str | None]:
    """The words as they are stored: Uzbek with its own apostrophes, whatever the keyboard has."""
    clean: dict[str, str | None] = {}
    for name, value in checked(CHOICE, {name: said[name] for name in WORDS if name in said}).items():
        written = value if isinstance(value, str) else None
        if written and name == "uz":
            written = _APOSTROPHE.sub("ʼ", _TURNED_COMMA.sub("ʻ", written))
        if written and (missing := _not_drawable(written)):
            raise GlyphMissing(missing)
        clean[name] = written
    return clean


def _not_drawable(written: str) -> tuple[str, ...]:
    from desk_app.documents.fonts import missing_glyphs  # the paper engine is the worker's to load

    return missing_glyphs(written)


def _free_code(known: OwnChoices, listed: Vocabulary, said: Mapping[str, str | None]) -> str:
    """A code that can be read, of the English words where there are some. Two coordinators who add the same words to
    the same list get the same code, and mean the same choice.
    """
    spoken = next(filter(None, (said.get(name) for name in ("en", "ru", "tg", "uz"))), "")
    latin = spoken if spoken.isascii() else neutral(spoken)
    stem = "x_" + (re.sub("[^a-z0-9]", "", latin.lower())[:_LONGEST_CODE] or "own")
    return _first_free(stem, known.codes(listed))


def _first_free(stem: str, taken: Sequence[str]) -> str:
    code, count = stem, 1
    while code in taken:
        count += 1
        code = f"{stem}{count}"
    assert OWN_CODE.fullmatch(code), code
    return code
