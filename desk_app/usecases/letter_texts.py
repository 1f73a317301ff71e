"""The programme's own wording of the referral letter: checked before it is saved, and again wherever it arrives.

A wording that cannot be used is never used: letters keep the wording that came with the program, and the page of the
programme says which one was refused and why.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from desk_app.documents.letter_pdf import render_letter
from desk_app.documents.letters import Fact, Letterhead, ReferralLetter
from desk_app.documents.templates import (
    LetterTemplate,
    Parts,
    check_part,
    parts_of,
    read_template,
    shipped_template,
    shipped_wording,
    wording_of,
)
from desk_app.documents.wording import Addressee, Enclosure, ReferralFacts, referral_letter
from desk_app.domain.errors import FieldMissing, GlyphMissing, LetterTemplateBroken, Trouble
from desk_app.domain.records.declaration import Values
from desk_app.domain.records.letter_text import LETTER_TEXT, letter_text_of
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.domain.records.validation import checked_value
from desk_app.i18n.languages import by_code
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.usecases import leading
from desk_app.usecases.records import Saved

_PHONE = "+992 90 000 00 00"


@dataclass(frozen=True, slots=True)
class Standing:
    """How letters in one language are worded: `wording` is the programme's own, empty for the shipped one.

    `refused` says why an own wording that arrived is not used.
    """

    language: str
    wording: str
    refused: Trouble | None = None

    @property
    def is_own(self) -> bool:
        """Whether letters are printed with the programme's own wording."""
        return bool(self.wording) and self.refused is None


def standings(vault: Vault) -> list[Standing]:
    """Every language of letters, in the order it is offered."""
    own = _own(vault)
    return [_standing(language, own.get(language, "")) for language in LETTER_LANGUAGE.words]


def wording(vault: Vault, language: str) -> str:
    """The programme's own wording as it was laid down; empty where there is none."""
    return _own(vault).get(language, "")


def refused(vault: Vault) -> list[Standing]:
    """The wordings that arrived and cannot be used."""
    return [one for one in standings(vault) if one.refused is not None]


def template(vault: Vault, language: str) -> LetterTemplate:
    """The wording that letters in this language are printed with."""
    standing = _standing(language, _own(vault).get(language, ""))
    return _read(language, standing.wording) if standing.is_own else shipped_template(language)


def parts(vault: Vault, language: str) -> Parts:
    """What stands in each part of that wording, as it is written."""
    standing = _standing(language, _own(vault).get(language, ""))
    return parts_of(language, standing.wording) if standing.is_own else shipped_parts(language)


def shipped_parts(language: str) -> Parts:
    """What stands in each part of the wording that came with the program."""
    return parts_of(language, shipped_wording(language))


def troubles(language: str, written: Parts) -> dict[str, Trouble]:
    """What is wrong, part by part; empty for a wording that can be used."""
    found: dict[str, Trouble] = {}
    for place, lines in written.items():
        try:
            check_part(language, place, lines)
        except (LetterTemplateBroken, GlyphMissing) as trouble:
            found[place] = trouble
    return found


def save(vault: Vault, language: str, wording: str) -> Saved:
    """Lays down the wording of letters in a language, or with an empty one goes back to the shipped one.

    Raises `NotAllowed`, `LetterTemplateBroken`, `GlyphMissing`, `InvalidValue`.
    """
    leading.require(vault)
    checked_value(LETTER_TEXT, LETTER_TEXT.field("language"), language)
    if wording.strip():
        _read(language, wording)
    record = letter_text_of(language)
    leading.write(vault, LETTER_TEXT, record, {"language": language, "wording": wording.strip() or None})
    return Saved(record, "")


def save_parts(vault: Vault, language: str, written: Parts) -> Saved:
    """Lays down a wording from its parts; one that says what the shipped one says is the shipped one.

    Raises what `save` raises.
    """
    return save(vault, language, "" if dict(written) == dict(shipped_parts(language)) else wording_of(written))


def save_typed(vault: Vault, said: Values) -> Saved:
    """A wording as one record with its fields. Raises `FieldMissing`, `FieldFixed` and what `save` raises."""
    leading.refuse_fixed(LETTER_TEXT, said)
    language = str(said.get("language") or "")
    if not language:
        raise FieldMissing(LETTER_TEXT.name, "language")
    return save(vault, language, str(said.get("wording") or ""))


def example(language: str, written: Parts) -> bytes:
    """A letter to nobody in this wording, as PDF. Raises `LetterTemplateBroken`, `GlyphMissing`."""
    return render_letter(_example(read_template(language, wording_of(written))))


def _own(vault: Vault) -> Mapping[str, str]:
    states = (state for state in leading.said(vault, LETTER_TEXT))
    said = {str(state.values["language"]): state for state in states}
    return {
        language: str(state.values["wording"] or "")
        for language, state in said.items()
        if language in LETTER_LANGUAGE and state.record == letter_text_of(language)
    }


def _standing(language: str, wording: str) -> Standing:
    if not wording:
        return Standing(language, "")
    try:
        _read(language, wording)
    except (LetterTemplateBroken, GlyphMissing) as trouble:
        return Standing(language, wording, trouble)
    return Standing(language, wording)


@lru_cache(maxsize=8)
def _read(language: str, wording: str) -> LetterTemplate:
    """A wording that was read, filled in and set: what went through here cannot stop a letter."""
    found = read_template(language, wording)
    render_letter(_example(found))
    return found


def _example(wording: LetterTemplate) -> ReferralLetter:
    """A letter in which every placeholder is filled, with words that say what will stand there."""
    tr = Translator(by_code(wording.language))
    organisation, person = tr.text("Receiving organisation"), tr.text("Full name")
    desk = tr.text("Service desk, {place}", place="…")
    facts = ReferralFacts(
        number="Д-14/2026",
        dated=dt.date(2026, 3, 5),
        letterhead=Letterhead(tr.text("Social reintegration service desks"), desk, desk, tr.text("Address"), _PHONE),
        addressee=Addressee(organisation, tr.text("Address"), tr.text("Name of the head")),
        facts=(
            Fact(wording.fact_label("name"), person),
            Fact(wording.fact_label("birth_date"), "05.03.1990"),
            Fact(wording.fact_label("phone"), _PHONE),
        ),
        need=tr.text("Reason"),
        service=tr.text("What we ask for"),
        slip_code="AB-2345",
        post=tr.text("Post of who signs"),
        signatory=tr.text("Name of who signs"),
        prepared_by=tr.text("User"),
        prepared_phone=_PHONE,
        reply_by=dt.date(2026, 3, 19),
        enclosures=(Enclosure(tr.text("Scan of a paper"), 2),),
    )
    return referral_letter(facts, wording)
