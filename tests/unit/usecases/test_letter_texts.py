"""The programme's own wording of letters: checked where it is written and where it arrives, and used at every desk."""

import subprocess
from pathlib import Path

import pytest

from desk_app.documents.templates import MOST_FILLED, parts_of, read_template, shipped_wording, wording_of
from desk_app.domain.errors import FieldMissing, GlyphMissing, InvalidValue, LetterTemplateBroken, NotAllowed
from desk_app.domain.records.letter_text import LETTER_TEXT, letter_text_of
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.usecases import letter_texts, letters, referrals
from tests.fakes import carry, make_client, make_organisation

TITLE = "letter.title"


def titled(language: str, *title: str) -> dict[str, tuple[str, ...]]:
    """The shipped parts with another heading."""
    return {**letter_texts.shipped_parts(language), TITLE: title}


def written(pdf: bytes, folder: Path) -> str:
    """The words of a paper."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize("language", LETTER_LANGUAGE.words)
def test_a_wording_taken_apart_and_put_together_says_the_same(language: str) -> None:
    parts = parts_of(language, shipped_wording(language))
    assert parts_of(language, wording_of(parts)) == parts
    odd = {**parts, TITLE: ('"\\ \t\x7f{{ number }} #[x]\n',), "letter.opening": ()}
    assert parts_of(language, wording_of(odd)) == odd


def test_a_desk_prints_with_the_wording_that_came_and_old_letters_stay(
    coordinator: Vault, desk: Vault, tmp_path: Path
) -> None:
    client = make_client(desk)
    referral = referrals.refer(
        desk, {"client": client, "organisation": make_organisation(desk), "service_asked": "Помощь"}
    ).id
    first = letters.print_letter(desk, referral, "ru")
    letter_texts.save_parts(coordinator, "ru", titled("ru", "ПУТЁВКА № {{ number }}"))
    assert [one.language for one in letter_texts.standings(coordinator) if one.is_own] == ["ru"]
    carry(coordinator, desk, tmp_path / "out")
    again = letters.print_letter(desk, referral, "ru")
    assert not again.again
    assert "ПУТЁВКА № Д-1/2026" in written(again.pdf, tmp_path)
    assert "НАПРАВЛЕНИЕ" in written(letters.print_again(desk, first.letter.id), tmp_path)
    assert letters.print_letter(desk, referral, "ru").again
    assert letters.compose(desk, referral, "tg").title == letter_texts.template(desk, "tg").line(TITLE, {})
    letter_texts.save(coordinator, "ru", "")
    carry(coordinator, desk, tmp_path / "later")
    assert letters.compose(desk, referral, "ru").title == "НАПРАВЛЕНИЕ"
    assert not any(one.wording for one in letter_texts.standings(desk))
    with pytest.raises(NotAllowed):
        letter_texts.save_parts(desk, "ru", titled("ru", "ПУТЁВКА"))


@pytest.mark.parametrize(
    ("title", "trouble"),
    [
        ("{{ diagnosis }}", LetterTemplateBroken),
        ("{{ ''.__class__ }}", LetterTemplateBroken),
        ("{% for a in number %}{{ a }}{% endfor %}", LetterTemplateBroken),
        ("{% if need %}", LetterTemplateBroken),
        ("{{ need }}" * (MOST_FILLED + 1), LetterTemplateBroken),
        ("x" * 2001, LetterTemplateBroken),
        ("漢", GlyphMissing),
        ("a\u202eb", GlyphMissing),
    ],
)
def test_a_hostile_wording_is_refused_before_it_is_saved(coordinator: Vault, title: str, trouble: type) -> None:
    parts = titled("ru", title)
    assert [*letter_texts.troubles("ru", parts)] == [TITLE]
    with pytest.raises(trouble):
        letter_texts.save_parts(coordinator, "ru", parts)
    assert letter_texts.wording(coordinator, "ru") == ""


def test_what_is_no_wording_is_refused(coordinator: Vault) -> None:
    with pytest.raises(InvalidValue):
        letter_texts.save(coordinator, "en", shipped_wording("en"))
    with pytest.raises(LetterTemplateBroken):
        letter_texts.save(coordinator, "ru", "[letter]")
    with pytest.raises(FieldMissing):
        letter_texts.save_typed(coordinator, {"wording": shipped_wording("ru")})
    assert letter_texts.troubles("ru", letter_texts.shipped_parts("ru")) == {}
    letter_texts.save_parts(coordinator, "ru", letter_texts.shipped_parts("ru"))
    assert letter_texts.wording(coordinator, "ru") == ""  # What says the same as the program's wording is that one.


def test_a_broken_wording_that_arrives_is_shown_as_refused_and_never_used(
    coordinator: Vault, desk: Vault, tmp_path: Path
) -> None:
    """Another version of the program may take what this one cannot; a forger writes what he likes."""
    broken = wording_of(titled("ru", "{{ number.__class__ }}"))
    said = {"desk": "coordinator", "language": "ru", "wording": broken}
    coordinator.journal.write([Write(LETTER_TEXT, letter_text_of("ru"), said)])
    tajik = {"language": "tg", "wording": wording_of(titled("tg", "Дигар"))}
    coordinator.journal.write([Write(LETTER_TEXT, letter_text_of("uz_Latn"), tajik)])  # Not the record it claims to be.
    carry(coordinator, desk, tmp_path / "out")
    forged = {"language": "uz_Cyrl", "wording": wording_of(titled("uz_Cyrl", "Бошқа"))}
    desk.journal.write([Write(LETTER_TEXT, letter_text_of("uz_Cyrl"), forged)])
    carry(desk, coordinator, tmp_path / "in")
    for vault in (coordinator, desk):
        assert [one.language for one in letter_texts.refused(vault)] == ["ru"]
        assert isinstance(letter_texts.refused(vault)[0].refused, LetterTemplateBroken)
        assert not any(one.is_own for one in letter_texts.standings(vault))
        assert letter_texts.template(vault, "ru").line(TITLE, {}) == "НАПРАВЛЕНИЕ"
        assert letter_texts.parts(vault, "ru") == letter_texts.shipped_parts("ru")
    letter_texts.save_parts(coordinator, "ru", titled("ru", "ПУТЁВКА"))
    carry(coordinator, desk, tmp_path / "mended")
    assert letter_texts.refused(desk) == []
    assert letter_texts.template(desk, "ru").line(TITLE, {}) == "ПУТЁВКА"


def test_the_example_fills_every_placeholder(tmp_path: Path) -> None:
    told = written(
        letter_texts.example("ru", titled("ru", "{{ organisation }} {{ prepared_by }} {{ reply_by }}")), tmp_path
    )
    assert "Принимающая организация Пользователь 19 марта 2026 г." in told
    with pytest.raises(LetterTemplateBroken):
        read_template("ru", "")
