"""Where the exchange stands, in whole sentences with the right forms."""

from datetime import date

import pytest

from desk_app.domain.errors import Problem
from desk_app.domain.records import ALL
from desk_app.i18n import exchange_words, merge_words
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.translator import Translator
from desk_app.usecases.merge_results import Became

TR = Translator(ENGLISH)
MARCH = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((14,), "14"), ((3, 7, 8, 9, 12), "3, 7–9, 12"), ((1, 2), "1–2"), (range(1, 40, 3), "1, 4, 7, 10, 13, 16, …")],
)
def test_numbers_that_follow_each_other_are_one_stretch(numbers: tuple[int, ...], words: str) -> None:
    assert exchange_words.number_list(numbers) == words


def test_what_is_missing_what_arrived_and_what_waits_are_sentences() -> None:
    assert exchange_words.gaps("khorugh", (), (), TR) == ""
    assert exchange_words.gaps("khorugh", (14,), (14,), TR) == (
        "Khorugh 14 is missing; ask for it. What it held came with a later bundle."
    )
    assert exchange_words.gaps("khorugh", (14, 15, 17), (14,), TR) == (
        "Khorugh 15, 17 are missing; ask for them. What they held has not come yet. "
        "Khorugh 14 is missing; ask for it. What it held came with a later bundle."
    )
    assert exchange_words.receipt(12, MARCH, TR) == "They have everything up to your bundle 12 of 03.03.2026."
    assert exchange_words.receipt(12, None, TR) == "They have confirmed nothing yet."
    assert exchange_words.waits(0, 7, 3_000_000, TR) == ["7 files still wait, 3 MB."]
    assert exchange_words.waits(0, 0, 0, TR) == ["Nothing waits for them."]
    kinds = exchange_words.holds({"client": 1, "need": 2}, ALL, TR)
    assert exchange_words.would_go(kinds, 1, 0, 0, TR) == ["3 records, about 1 person", "Clients (1), Needs (2)"]


def test_whatever_becomes_of_a_record_has_its_word_and_every_reason_its_sentence() -> None:
    assert set(merge_words.BECAME.words) == set(Became)
    birth = ALL["client"].field("birth_date")
    for problem in Problem:
        said = merge_words.why("quarantined", [(birth, problem.value)], TR)
        assert "Date of birth" in said or problem is Problem.INVISIBLE
        assert said.endswith("It is kept, but not shown.")
    assert "cannot be read" in merge_words.why("quarantined", [(birth, "not_readable")], TR)
    assert "without what it says" in merge_words.why("quarantined", [(None, "not_readable")], TR)
    assert "after its computer was shut out" in merge_words.why("quarantined", [(None, "shut_out")], TR)
    assert "its desk may not say so" in merge_words.why("quarantined", [(None, "not_entitled")], TR)
    assert merge_words.why("disagreement", [(birth, "")], TR) == "Somebody has to say which is right: Date of birth."
    assert merge_words.why("new", (), TR) == ""
