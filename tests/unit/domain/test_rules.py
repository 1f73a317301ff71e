"""Consent as a switch, and the order of people found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.records.consent import STATE
from desk_app.domain.records.declaration import Purpose
from desk_app.domain.rules.consent import WITHHELD, Answer, Withheld, needs_to_mention, standing, withheld
from desk_app.domain.rules.ranking import Why, rank

ANSWERS = st.lists(
    st.builds(
        Answer,
        st.sampled_from(["sharing", "health"]),
        st.sampled_from(sorted(STATE.words)),
        made=st.integers(0, 9),
        changed=st.integers(0, 9),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], {}),
        ([Answer("sharing", "given", 1, 1)], {"sharing": "given"}),
        ([Answer("sharing", "given", 1, 1), Answer("sharing", "refused", 2, 2)], {"sharing": "refused"}),
        ([Answer("sharing", "refused", 2, 2), Answer("sharing", "given", 1, 1)], {"sharing": "refused"}),
        ([Answer("sharing", "withdrawn", 1, 5), Answer("sharing", "given", 6, 6)], {"sharing": "given"}),
        ([Answer("sharing", "withdrawn", 1, 7), Answer("sharing", "given", 6, 6)], {"sharing": "withdrawn"}),
        ([Answer("sharing", "withdrawn", 1, 6), Answer("sharing", "given", 6, 6)], {"sharing": "withdrawn"}),
        (
            [Answer("health", "withdrawn", 1, 7), Answer("sharing", "given", 6, 6)],
            {"health": "withdrawn", "sharing": "given"},
        ),
    ],
)
def test_the_answer_that_counts(answers: list[Answer], expected: dict[str, str]) -> None:
    assert standing(answers) == expected


@given(ANSWERS)
def test_no_yes_stands_beside_a_withdrawal_that_came_after_it(answers: list[Answer]) -> None:
    for purpose, state in standing(answers).items():
        mine = [one for one in answers if one.purpose == purpose]
        if state == "given":
            newest = max(one.made for one in mine)
            assert all(one.changed < newest for one in mine if one.state == "withdrawn")
        else:
            assert state in {one.state for one in mine}


def test_why_something_is_withheld() -> None:
    assert withheld(Purpose.SHARING, {}) is Withheld.NOT_ASKED
    assert withheld(Purpose.SHARING, {"sharing": "refused", "health": "given"}) is Withheld.REFUSED
    assert withheld(Purpose.SHARING, {"sharing": "withdrawn"}) is Withheld.WITHDRAWN
    assert withheld(Purpose.SHARING, {"sharing": "given"}) is None
    assert {reason.value for reason in Withheld} == set(WITHHELD.words)


def test_health_needs_its_own_consent_beside_that_to_share() -> None:
    pathways = {"health", "housing"}
    assert needs_to_mention(pathways, {"sharing": "given"}) == {"housing"}
    assert needs_to_mention(pathways, {"sharing": "given", "health": "given"}) == pathways
    assert needs_to_mention(pathways, {"health": "given"}) == frozenset()
    assert needs_to_mention(pathways, {"sharing": "given", "health": "withdrawn"}) == {"housing"}


def test_the_closer_the_spelling_the_higher_it_stands() -> None:
    order = [
        rank("Салимов", ["Салимов"], ()),
        rank("Салим", ["Салимов"], ()),
        rank("Salimov", ["Салимов"], ()),
        rank("Salim", ["Салимов"], ()),
        rank("Назаров", ["Салимов"], ()),
    ]
    assert [why for _, why in order] == [Why.SAME, Why.BEGINNING, *[Why.OTHER_SPELLING] * 3]
    scores = [score for score, _ in order]
    assert scores == sorted(set(scores), reverse=True)


def test_a_number_is_sure() -> None:
    assert rank("500 12 34", ["Салимов"], ["+992 93 500-12-34"]) == (1.0, Why.NUMBER)
    assert rank("12", ["Салимов"], ["+992 93 500-12-34"])[1] is not Why.NUMBER


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=3), st.lists(st.text(max_size=12), max_size=2))
def test_any_text_has_a_rank(typed: str, spellings: list[str], numbers: list[str]) -> None:
    score, why = rank(typed, spellings, numbers)
    assert 0.0 <= score <= 1.0
    assert why in Why
