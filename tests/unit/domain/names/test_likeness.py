"""Likeness of whole names: rules one by one, then measured on labelled pairs."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.names import NameReason, PersonName, compare, forget, known_names, likeness, similarity
from desk_app.domain.names import tokens as name_tokens
from tests.unit.domain.names.labelled_pairs import Pair, Row, labelled_pairs, recall_at, rows

SAME = [
    ("Раҳмонов Карим Саидович", "Karim Rahmonzoda"),
    ("Каримов Саид", "Карим Саид"),
    ("Каримов Саид", "Каримӣ Саид"),
    ("Каримов Саид Раҳимов", "Каримов Саид Раҳим"),
    ("Абду Раҳмон Каримов", "Каримов Абдураҳмон"),
    ("Раҳмон зода Саид", "Раҳмонов Саид"),
    ("Каримов Алишер Вали ўғли", "Karimov Alisher Valiyevich"),
    ("Каримова Зуҳро Саид қизи", "Zuhro Karimova Saidovna"),
    ("Чумаев Чамшед", "Ҷумаев Ҷамшед"),
    ("Њољиев Карим", "Ҳоҷиев Карим"),
    ("Ибрагимов Гасан", "Иброҳимов Ҳасан"),
    ("Екубов Саид", "Ёқубов Саид"),
    ("Ishoqov Karim", "Исҳоқов Карим"),
    ("КАРИМОВ САИД", "каримов саид"),
    ("Каримов Саид", "Каримов Саид Раҳимович"),
    ("Исмоил", "Ismail"),
    ("Раҳмониён Карим", "Раҳмонов Карим"),
    ("Раҳмондухт Зуҳро", "Раҳмонова Зуҳро"),
    ("Раҳмонпур Карим", "Раҳмонзод Карим"),
    ("Каримфар Саид", "Каримов Саид"),
    ("Ѕаримов Іасан", "Қаримов Ҳасан"),
    ("һасанов Карим", "Ҳасанов Карим"),
    ("Kaримов Cаид", "Каримов Саид"),
    ("Каримова-Назарова Зуҳро", "Назарова Зуҳро"),
    ("Мирзо Улуғбек Каримов", "Мирзоулугбек Каримов"),
    ("Khodzhiev Djamshed", "Ҳоҷиев Ҷамшед"),
    ("Раъно Саъдиева", "Рано Садиева"),
    ("Karmiov Said", "Каримов Саид"),
    ("Stubbs Harry", "Stubs Harry"),
    ("Каримов Саид Р.", "Каримов Саид Раҳимович"),
]
DIFFERENT = [
    ("Саидов Карим", "Каримов Саид"),
    ("Каримов Саид", "Каримов Рустам Саидович"),
    ("Каримов Саид Раҳимович", "Каримов Рустам Саидович"),
    ("Каримов Саид Раҳимович", "Каримов Рустам Раҳимович"),
    ("Каримов Саид Раҳимович", "Каримов Саид Назарович"),
    ("Каримова Зуҳро", "Каримова Заҳро"),
    ("Каримов Саид", "Каримова Саида"),
    ("Каримов Карим", "Каримова Карима"),
    ("Раҳимов Карим", "Раҳмонов Карим"),
    ("Каримов Ислом", "Каримова Ислом"),
    ("Каримов", "Саидов"),
    ("Каримов С.", "Каримов Рустам"),
    ("Каримов С.", "Каримова Саида"),
    ("Каримов Саид Р.", "Каримов Саид Назарович"),
    ("", ""),
    ("Карим", ""),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_person(a: str, b: str) -> None:
    assert similarity(a, b) >= 0.9
    assert similarity(b, a) == pytest.approx(similarity(a, b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Каримов С.", "Каримов Саид"),
        ("С. Каримов", "Karimov Said"),
        ("Каримов С.Р.", "Каримов Саид Раҳимович"),
        ("Каримов Д.", "Каримов Ҷамшед"),
        ("Каримов Ё.", "Каримов Ёқуб"),
        ("Каримов С.", "Каримов С."),
    ],
)
def test_a_first_letter_says_a_little(a: str, b: str) -> None:
    assert 0.85 <= similarity(a, b) <= 0.9
    assert similarity(b, a) == pytest.approx(similarity(a, b))


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_people(a: str, b: str) -> None:
    assert similarity(a, b) <= 0.8
    assert similarity(b, a) == pytest.approx(similarity(a, b))


def _recall(chosen: list[Row], seed: int) -> float:
    forget()
    pairs: list[Pair] = labelled_pairs(chosen, 1500, seed)
    recall, _ = recall_at(pairs, [similarity(p.a, p.b) for p in pairs], 0.02)
    return recall


def _halves() -> tuple[list[Row], list[Row]]:
    """Rows the rules were tuned on, and rows held out."""
    mixed = list(rows())
    random.Random(5).shuffle(mixed)
    cut = int(len(mixed) * 0.6)
    return mixed[:cut], mixed[cut:]


def test_recall_at_two_false_matches_in_a_hundred() -> None:
    """Measured 0.977 on the rows tuned on, 0.984 on those held out."""
    tuned, held_out = _halves()
    assert _recall(tuned, 1) >= 0.965
    assert _recall(held_out, 2) >= 0.97


def test_recall_on_names_nobody_has_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured 0.98 with the table of common names empty: it helps, but nothing hangs on it."""
    monkeypatch.setattr(known_names, "_BY_KEY", {})
    try:
        assert _recall(_halves()[1], 3) >= 0.955
    finally:
        forget()


def test_reasons_say_what_was_seen() -> None:
    karimov = PersonName("Каримов", "Саид", "Раҳимович")
    assert compare(karimov, karimov).reasons == (NameReason.SAME,)
    assert NameReason.OTHER_SCRIPT in compare(karimov, PersonName("Karimov", "Said", "Rahimovich")).reasons
    assert NameReason.SUFFIX_DIFFERS in compare(karimov, PersonName("Каримзода", "Саид", "Раҳимович")).reasons
    assert NameReason.SUFFIX_DIFFERS in compare(karimov, PersonName("Каримӣ", "Саид", "Раҳимович")).reasons
    assert NameReason.ORDER_DIFFERS in compare(karimov, PersonName("Саид", "Каримов", "Раҳимович")).reasons
    assert NameReason.CLOSE_SPELLING in compare(karimov, PersonName("Каримов", "Саийд", "Рахмович")).reasons
    assert NameReason.PART_MISSING in compare(karimov, PersonName("Каримов", "Саид")).reasons
    assert NameReason.SEX_DIFFERS in compare(karimov, PersonName("Каримова", "Саида")).reasons
    assert NameReason.DIFFERENT in compare(karimov, PersonName("Назаров", "Бахтиёр")).reasons
    assert compare(PersonName(), karimov).reasons == ()


def test_fields_tell_the_father_even_without_an_ending() -> None:
    father = PersonName("Карим", "Саид", "Раҳим")
    son = PersonName("Карим", "Рустам", "Саид")
    assert compare(father, son).score < 0.7


def test_other_names_match_a_little_less() -> None:
    known_as = PersonName("Каримов", "Саид", others=("Исмоилов Саид", "Муллоҷон"))
    found = compare(known_as, PersonName("Исмаилов", "Саид"))
    assert 0.9 < found.score < 0.99
    assert NameReason.OTHER_NAME in found.reasons
    assert compare(known_as, PersonName("Каримов", "Муллоджон")).score > 0.9


def test_forgetting_leaves_nothing_remembered() -> None:
    similarity("Каримов Саид", "Karimov Said")
    assert likeness.match.cache_info().currsize
    forget()
    assert likeness.match.cache_info().currsize == 0
    assert name_tokens.tokens.cache_info().currsize == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_a_share_both_ways(a: str, b: str) -> None:
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, b) == pytest.approx(similarity(b, a))
    compare(PersonName(a, b, a, (b,)), PersonName(b, a))
