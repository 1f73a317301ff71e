"""Referral letters: composed from records and consent, printed once, printed again exactly as they were.

A printed letter is kept as the words that stood on it. Later corrections, a new signatory or another wording of the
programme never change what an office has in its hands.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import msgspec

from desk_app.documents.letter_pdf import render_letter
from desk_app.documents.letters import Fact, Letterhead, ReferralLetter
from desk_app.documents.templates import LetterTemplate
from desk_app.documents.wording import Addressee, ReferralFacts, referral_letter
from desk_app.domain.clock import DUSHANBE, moment_of, stamp_of, today
from desk_app.domain.errors import FieldMissing, InvalidValue, LetterNotOpen, Problem, RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.domain.records.need import PATHWAY
from desk_app.domain.records.validation import checked_value
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.referral_states import PRINTABLE
from desk_app.i18n import formats
from desk_app.i18n.languages import RUSSIAN, TAJIK, by_code
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, choices, letter_texts, people, records, referrals
from desk_app.usecases.records import Saved

_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nobody who reads a slip aloud takes one of these for another."""
_LONGEST_NEED = 300
_NO_NUMBER = "…"
_NO_CODE = "00-0000"


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter as PDF and its record; `again` says that it had been printed before and is the same."""

    pdf: bytes
    letter: Saved
    again: bool


class _Kept(msgspec.Struct, frozen=True):
    """What the record of a printed letter holds: its words, and the name of the user who printed it."""

    by: str
    letter: ReferralLetter


@dataclass(frozen=True, slots=True)
class _Occasion:
    """When and by whom a letter is made."""

    on: date
    by: str


def compose(vault: Vault, referral: RecordId | None, language: str, *, unsaved: Values | None = None) -> ReferralLetter:
    """The letter of a referral as it would be printed today, with values that are typed and not saved yet over it.

    Only details that were chosen, are on record and are agreed to reach it. Raises `ConsentMissing`, `FieldMissing`,
    `InvalidValue` for a language that letters are not written in, `RecordNotFound`.
    """
    return _composed(vault, referral, language, unsaved or {}, _Occasion(today(vault.now()), vault.user_name))


def print_letter(vault: Vault, referral: RecordId, language: str) -> Printed:
    """Prints the letter and keeps it as a record; the first one sends the referral, all or nothing.

    A letter that was printed in this language and would read the same is given again as it was. Raises
    `LetterNotOpen` for a referral that is over, and what `compose` raises.
    """
    before = records.show(vault, referral)
    if before.text("state") not in PRINTABLE:
        raise LetterNotOpen(before.text("state"))
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        earlier = _unchanged(vault, before, language)
        if earlier is not None:
            audit.note(vault, Action.PRINTED, "letter", earlier.id, language)
            return Printed(print_again(vault, earlier.id), Saved(earlier.id, ""), again=True)
        letter = compose(vault, before.id, language)
        pdf = render_letter(letter)
        if before.text("state") == "draft":
            referrals.change_state(vault, before.id, "sent")
        kept = _keep(vault, before, letter)
        audit.note(vault, Action.PRINTED, "letter", kept.id, language)
        return Printed(pdf, kept, again=False)


def reprint(vault: Vault, letter: RecordId) -> bytes:
    """A printed letter for paper once more, to the byte as it was.

    Raises `ConsentMissing` when what was agreed to then was withdrawn since, and what `print_again` raises.
    """
    found = records.show(vault, letter)
    referrals.require_consent(vault, RecordId(found.text("client")))
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        audit.note(vault, Action.PRINTED, found.kind, found.id, found.text("language"))
        return print_again(vault, found.id)


def print_again(vault: Vault, letter: RecordId) -> bytes:
    """A printed letter for the screen, to the byte as it was.

    Raises `RecordNotFound`, `InvalidValue` when its record is spoilt.
    """
    return render_letter(_kept(records.show(vault, letter)).letter)


def letters_of(vault: Vault, referral: RecordId) -> list[Record]:
    """The letters printed for a referral, newest first."""
    return records.find_all(vault, "letter", {"referral": referral}, order="-made")


def slip_code(referral: RecordId) -> str:
    """The code on the reply slip: the same on every letter of a referral, and telling nothing about it."""
    number = int.from_bytes(hashlib.sha256(f"roh slip v1 {referral}".encode()).digest())
    signs = []
    for _ in range(6):
        number, sign = divmod(number, len(_CODE_SIGNS))
        signs.append(_CODE_SIGNS[sign])
    return "".join(signs[:2]) + "-" + "".join(signs[2:])


def _keep(vault: Vault, referral: Record, letter: ReferralLetter) -> Saved:
    at = moment_of(stamp_of(vault.now())).astimezone(DUSHANBE)
    return records.add(
        vault,
        "letter",
        {
            "referral": referral.id,
            "client": referral.values["client"],
            "language": letter.language,
            "printed_at": f"{at:%Y-%m-%d %H:%M}",
            "content": msgspec.json.encode(_Kept(vault.user_name, letter)).decode(),
            "slip_code": letter.slip.code,
        },
    )


def _kept(letter: Record) -> _Kept:
    try:
        return msgspec.json.decode(letter.text("content"), type=_Kept)
    except msgspec.DecodeError as error:
        raise InvalidValue("letter", "content", Problem.NOT_TEXT, 0) from error


def _unchanged(vault: Vault, referral: Record, language: str) -> Record | None:
    for letter in letters_of(vault, referral.id):
        if letter.text("language") == language:
            kept = _kept(letter)
            fresh = _composed(vault, referral.id, language, {}, _Occasion(kept.letter.dated, kept.by))
            return letter if fresh == kept.letter else None
    return None


def _composed(
    vault: Vault, referral: RecordId | None, language: str, unsaved: Values, occasion: _Occasion
) -> ReferralLetter:
    kind = vault.registry["letter"]
    checked_value(kind, kind.field("language"), language)
    saved = records.show(vault, referral) if referral else None
    values: dict[str, FieldValue] = {**(saved.values if saved else {}), **unsaved}
    client = _named(vault, values, "client")
    addressee = _addressee(vault, values, language)
    referrals.require_consent(vault, client.id)
    desk = str(values.get("desk") or vault.desk)
    profile = _profile(vault, desk)
    template, tr = letter_texts.template(vault, language), choices.words(vault, Translator(by_code(language)))
    allowed = _allowed(vault, client, values)
    facts = ReferralFacts(
        number=str(values.get("number") or f"Д-{_NO_NUMBER}/{occasion.on.year}"),
        dated=occasion.on,
        letterhead=_letterhead(desk, profile, tr),
        addressee=addressee,
        facts=_facts(client, allowed, template),
        need=_need(vault, client, values, allowed, tr),
        service=str(values.get("service_asked") or ""),
        slip_code=slip_code(saved.id) if saved else _NO_CODE,
        post=profile.text("signatory_post") if profile else "",
        signatory=(profile.text("signatory_name") if profile else "") or occasion.by,
        prepared_by=occasion.by,
        prepared_phone=formats.phone(profile.text("phone")) if profile else "",
        reply_by=date.fromisoformat(str(referrals.dates_of_sending(values, occasion.on)["answer_due"])),
    )
    return referral_letter(facts, template)


def _named(vault: Vault, values: Values, name: str) -> Record:
    wanted = values.get(name)
    if not isinstance(wanted, str):
        raise FieldMissing("referral", name)
    found = records.show(vault, wanted)
    if found.kind != name:
        raise RecordNotFound(wanted)
    return found


def _allowed(vault: Vault, client: Record, values: Values) -> frozenset[str]:
    chosen = values.get("shared")
    reasons = referrals.sharable(vault, client.id)
    return (
        frozenset(code for code in chosen if reasons.get(code, "") is None)
        if isinstance(chosen, frozenset)
        else (frozenset())
    )


def _facts(client: Record, allowed: frozenset[str], template: LetterTemplate) -> tuple[Fact, ...]:
    birth = client.text("birth_date")
    shared = {
        "birth_date": ("birth_year" if len(birth) == 4 else "birth_date", formats.partial_date(birth) if birth else ""),
        "phone": ("phone", formats.phone(client.text("phone"))),
        "address": ("address", client.text("address")),
        "paper_number": ("document", client.text("paper_number")),
    }
    named = Fact(template.fact_label("name"), people.display_name(client))
    told = (Fact(template.fact_label(label), words) for code, (label, words) in shared.items() if code in allowed)
    return (named, *told)


def _need(vault: Vault, client: Record, values: Values, allowed: frozenset[str], tr: Translator) -> str:
    parts = [str(values.get("reason") or "")]
    if "needs" in allowed:
        for need in referrals.open_needs(vault, client.id):
            # Where the words of an own choice have not arrived, its code says nothing to an office.
            pathway = tr.known_choice(PATHWAY, need.text("pathway"))
            words = need.text("description") or pathway[:1].lower() + pathway[1:]
            parts.append(words if len(words) <= _LONGEST_NEED else words[: _LONGEST_NEED - 1].rstrip() + "…")
    return "; ".join(stripped for part in parts if (stripped := part.strip().rstrip(" .;")))


def _letterhead(desk: str, profile: Record | None, tr: Translator) -> Letterhead:
    return Letterhead(
        programme=tr.text("Social reintegration service desks"),
        desk=(profile.text("name_tg") if profile else "") or _desk_in(desk, Translator(TAJIK)),
        desk_second=(profile.text("name_ru") if profile else "") or _desk_in(desk, Translator(RUSSIAN)),
        address=profile.text("address") if profile else "",
        phone=formats.phone(profile.text("phone")) if profile else "",
    )


def _desk_in(desk: str, tr: Translator) -> str:
    return tr.text("Service desk, {place}", place=desk_name(desk, tr))


def _profile(vault: Vault, desk: str) -> Record | None:
    return next(iter(records.find_all(vault, "desk_profile", {"desk": desk}, order="-changed")), None)


def _addressee(vault: Vault, values: Values, language: str) -> Addressee:
    """The desk that the client is referred to, where it is one; else the organisation."""
    to_desk = values.get("to_desk")
    if not isinstance(to_desk, str):
        return _organisation(_named(vault, values, "organisation"), language)
    profile, tr = _profile(vault, to_desk), Translator(by_code(language))
    known = profile.text("name_ru" if language == RUSSIAN.code else "name_tg") if profile else ""
    of_language = known if language in (RUSSIAN.code, TAJIK.code) else ""
    address, head = (profile.text("address"), profile.text("signatory_name")) if profile else ("", "")
    return Addressee(of_language or _desk_in(to_desk, tr), address, head)


def _organisation(organisation: Record, language: str) -> Addressee:
    own = "name_uz" if language.startswith("uz") else f"name_{language}"
    names = (organisation.text(name) for name in (own, "name_tg", "name_ru", "name_uz"))
    place, address = organisation.text("place"), organisation.text("address")
    if place and place not in address:
        address = f"{place}, {address}" if address else place
    return Addressee(next(filter(None, names), ""), address, organisation.text("head_name"))
