"""Referral letters: what consent lets them say, what their print changes, and that a print is kept to the byte."""

import io
from typing import Any

import pypdfium2
import pytest

from desk_app.documents.letter_pdf import render_letter
from desk_app.documents.letters import words_of
from desk_app.domain.errors import ConsentMissing, FieldMissing, InvalidValue, LetterNotOpen, RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.storage.vault import Vault
from desk_app.usecases import letters, needs, people, records, referrals
from tests.fakes import FakeClock, make_client, make_organisation

LANGUAGES = ("tg", "ru", "uz_Latn", "uz_Cyrl")
EVERYTHING = frozenset({"birth_date", "phone", "address", "paper_number", "needs"})
CONTACT = {
    "birth_date": "1973-03-05",
    "phone": "935001234",
    "address": "Хоруғ, Гагарин 7",
    "paper_number": "A12345678",
}


def client_of(vault: Vault, consents: str = "service sharing", **values: str) -> RecordId:
    return make_client(vault, surname="Ғафурӣ", father_name="Ҷумъахонович", consents=consents, **{**CONTACT, **values})


def referral_of(vault: Vault, client: RecordId, **values: Any) -> RecordId:
    asked: Values = {
        "client": client,
        "organisation": make_organisation(vault),
        "service_asked": "Машварати ҳуқуқӣ",
        "reason": "барқарор кардани шиноснома",
        "priority": "2w",
        "shared": EVERYTHING,
    }
    return referrals.refer(vault, {**asked, **values}).id


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


def said(vault: Vault, referral: RecordId, language: str = "tg") -> str:
    return " ".join(words_of(letters.compose(vault, referral, language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_printed_recorded_and_sends_the_referral(vault: Vault, language: str) -> None:
    referral = referral_of(vault, client_of(vault))
    printed = letters.print_letter(vault, referral, language)
    text = text_of(printed.pdf)
    for words in ("Ғафурӣ Исмоил Ҷумъахонович", "05.03.1973", "+992 93 500 12 34", "A12345678", "Д-1/2026"):
        assert words in text.replace("\xa0", " "), words
    kept = records.show(vault, printed.letter.id)
    assert kept.text("language") == language
    assert kept.text("printed_at") == "2026-03-05 09:30"
    assert kept.text("slip_code") == letters.slip_code(referral)
    assert letters.slip_code(referral) in text
    after = records.show(vault, referral)
    assert (after.text("state"), after.text("made_on")) == ("sent", "2026-03-05")
    assert after.text("answer_due") == "2026-03-19"
    assert not printed.again


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_speaks_its_own_language_alone(vault: Vault, language: str) -> None:
    need = "Паспорт" if language in ("ru", "uz_Cyrl") else "Pasport"
    referral = referral_of(vault, client_of(vault), reason=need, service_asked=need)
    words = said(vault, referral, language)
    for english in ("desk", "Social", "reintegration", "Khorugh", "{"):
        assert english not in words


def test_printing_again_gives_the_same_bytes(vault: Vault) -> None:
    referral = referral_of(vault, client_of(vault))
    first = letters.print_letter(vault, referral, "tg")
    clock = vault.surroundings.milliseconds
    assert isinstance(clock, FakeClock)
    clock.forward(days=9)
    again = letters.print_letter(vault, referral, "tg")
    assert again.again
    assert again.letter.id == first.letter.id
    assert again.pdf == first.pdf == letters.print_again(vault, first.letter.id)
    assert len(letters.letters_of(vault, referral)) == 1


def test_a_letter_in_another_language_is_another_letter(vault: Vault) -> None:
    referral = referral_of(vault, client_of(vault))
    letters.print_letter(vault, referral, "tg")
    letters.print_letter(vault, referral, "ru")
    assert [one.text("language") for one in letters.letters_of(vault, referral)] == ["ru", "tg"]


def test_a_letter_whose_facts_changed_is_a_new_one_and_the_old_stays(vault: Vault) -> None:
    client = client_of(vault)
    referral = referral_of(vault, client)
    old = letters.print_letter(vault, referral, "tg")
    records.edit(vault, client, {"phone": "900000000"})
    new = letters.print_letter(vault, referral, "tg")
    assert not new.again
    assert "90 000 00 00" in text_of(new.pdf).replace("\xa0", " ")
    assert letters.print_again(vault, old.letter.id) == old.pdf


def test_only_chosen_details_stand_in_the_letter(vault: Vault) -> None:
    words = said(vault, referral_of(vault, client_of(vault), shared=frozenset({"phone"})))
    assert "+992" in words
    for other in ("05.03.1973", "Гагарин 7", "A12345678"):
        assert other not in words


def test_nothing_is_shared_that_nobody_chose(vault: Vault) -> None:
    words = said(vault, referral_of(vault, client_of(vault), shared=None))
    assert "Ғафурӣ" in words
    for detail in ("05.03.1973", "500", "Гагарин 7", "A12345678"):
        assert detail not in words


def test_a_year_of_birth_stays_a_year(vault: Vault) -> None:
    words = said(vault, referral_of(vault, client_of(vault, birth_date="1973")))
    assert "Соли таваллуд 1973" in words
    assert "01.01.1973" not in words


@pytest.mark.parametrize("consents", ["", "service", "sharing_refused", "withdrawn"])
def test_without_consent_to_share_there_is_no_letter(vault: Vault, consents: str) -> None:
    client = client_of(vault, consents="service sharing" if consents == "withdrawn" else "service")
    if consents == "sharing_refused":
        people.record_consent(vault, client, "sharing", "refused", {})
    if consents == "withdrawn":
        people.withdraw_consent(vault, client, "sharing")
    referral = referral_of(vault, client)
    for attempt in (letters.print_letter, letters.compose):
        with pytest.raises(ConsentMissing) as told:
            attempt(vault, referral, "tg")
        assert told.value.purpose == "sharing"
    assert records.show(vault, referral).text("state") == "draft"
    assert letters.letters_of(vault, referral) == []


def test_a_consent_withdrawn_later_stops_new_prints_and_keeps_the_record(vault: Vault) -> None:
    client = client_of(vault)
    referral = referral_of(vault, client)
    printed = letters.print_letter(vault, referral, "tg")
    people.withdraw_consent(vault, client, "sharing")
    for language in ("tg", "ru"):
        with pytest.raises(ConsentMissing):
            letters.print_letter(vault, referral, language)
    assert letters.print_again(vault, printed.letter.id) == printed.pdf


def test_health_is_mentioned_only_with_that_consent(vault: Vault) -> None:
    client = client_of(vault)
    needs.note(vault, {"client": client, "pathway": "health", "description": "муолиҷаи дандон"})
    needs.note(vault, {"client": client, "pathway": "drugs_alcohol", "description": "барномаи барқарорсозӣ"})
    needs.note(vault, {"client": client, "pathway": "housing", "description": "ҷойи хоб"})
    referral = referral_of(vault, client)
    words = said(vault, referral)
    assert "ҷойи хоб" in words
    assert "дандон" not in words
    assert "барқарорсозӣ" not in words
    people.record_consent(vault, client, "health", "given", {})
    words = said(vault, referral)
    assert "дандон" in words
    assert "барқарорсозӣ" in words


def test_needs_that_are_met_are_not_told(vault: Vault) -> None:
    client = client_of(vault)
    need = needs.note(vault, {"client": client, "pathway": "housing", "description": "ҷойи хоб"})
    needs.change_state(vault, need.id, "met")
    assert "ҷойи хоб" not in said(vault, referral_of(vault, client))


def test_a_phone_that_is_not_safe_is_never_shared(vault: Vault) -> None:
    client = client_of(vault)
    records.edit(vault, client, {"phone_safe": False})
    assert "500" not in said(vault, referral_of(vault, client)).replace("\xa0", " ")
    assert referrals.sharable(vault, client)["phone"] == "not_safe"


def test_a_referral_that_is_over_prints_no_new_letter(vault: Vault) -> None:
    referral = referral_of(vault, client_of(vault))
    referrals.change_state(vault, referral, "withdrawn", {"result": "мизоҷ нахост"})
    with pytest.raises(LetterNotOpen):
        letters.print_letter(vault, referral, "tg")


def test_a_preview_shows_what_is_typed_and_changes_nothing(vault: Vault) -> None:
    client, organisation = client_of(vault), make_organisation(vault)
    typed: Values = {"client": client, "organisation": organisation, "service_asked": "Ҷойи кор", "shared": EVERYTHING}
    changes = vault.db.execute("SELECT count(*) FROM change").fetchone()
    assert "Ҷойи кор" in "\n".join(letters.compose(vault, None, "tg", unsaved=typed).request)
    assert vault.db.execute("SELECT count(*) FROM change").fetchone() == changes


def test_a_preview_of_a_saved_referral_is_what_is_printed(vault: Vault) -> None:
    referral = referral_of(vault, client_of(vault))
    shown = render_letter(letters.compose(vault, referral, "tg"))
    assert shown == letters.print_letter(vault, referral, "tg").pdf


def test_what_is_missing_is_named(vault: Vault) -> None:
    with pytest.raises(FieldMissing) as told:
        letters.compose(vault, None, "tg", unsaved={"client": client_of(vault)})
    assert told.value.field == "organisation"
    unknown = {"client": make_organisation(vault), "organisation": make_organisation(vault)}
    with pytest.raises(RecordNotFound):
        letters.compose(vault, None, "tg", unsaved=unknown)
    with pytest.raises(InvalidValue):
        letters.print_letter(vault, referral_of(vault, client_of(vault)), "en")


@pytest.mark.parametrize("hostile", ["<b>Каримов</b>", "{{ number }}", "=1+1", "A & B", "{% if %}"])
def test_what_people_typed_is_only_words(vault: Vault, hostile: str) -> None:
    client = client_of(vault)
    records.edit(vault, client, {"surname": hostile})
    printed = letters.print_letter(vault, referral_of(vault, client, reason=hostile), "tg")
    assert text_of(printed.pdf).count(hostile) == 2


def test_the_longest_reason_still_prints(vault: Vault) -> None:
    referral = referral_of(vault, client_of(vault), reason="барқарор кардани шиноснома " * 740)
    printed = letters.print_letter(vault, referral, "tg")
    assert letters.print_again(vault, printed.letter.id) == printed.pdf


def test_the_letterhead_is_the_desk_profile(vault: Vault) -> None:
    records.add(
        vault,
        "desk_profile",
        {"name_tg": "Нуқтаи Хоруғ", "name_ru": "Пункт в Хороге", "phone": "935001111", "signatory_post": "Ҳуқуқшинос"},
    )
    words = said(vault, referral_of(vault, client_of(vault)))
    for expected in ("Нуқтаи Хоруғ", "Пункт в Хороге", "Ҳуқуқшинос"):
        assert expected in words


def test_slip_codes_tell_referrals_apart_and_stay_the_same() -> None:
    codes = {letters.slip_code(RecordId(f"{n:032x}")) for n in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 7 and code[2] == "-" for code in codes)
    assert letters.slip_code(RecordId("0" * 32)) == letters.slip_code(RecordId("0" * 32))
