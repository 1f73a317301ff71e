"""Consent as a switch, and the order of people found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.records.consent import STATE
from desk_app.domain.rules.consent import WITHHELD, Answer, Purpose, Withheld, needs_to_mention, standing, withheld
from desk_app.domain.rules.ranking import Fit, Ranking, Why, Written

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


def rank(typed: str, written: Written) -> Fit:
    return Ranking(typed).fit(written)


def test_the_closer_the_spelling_the_higher_it_stands() -> None:
    kept = ("Салимов", "Salimov", "Салимовский", "Salimovskiy", "Салимзода", "Назаров")
    fits = [rank("Салимов", Written([name])) for name in kept]
    assert [fit.why for fit in fits] == [
        Why.SAME,
        Why.OTHER_SPELLING,
        Why.BEGINNING,
        Why.OTHER_SPELLING,
        Why.OTHER_ENDING,
        Why.OTHER_SPELLING,
    ]
    scores = [fit.points for fit in fits]
    assert scores == sorted(set(scores), reverse=True)
    surname, given = (rank("Салим", Written(named)) for named in (["Салим", "Карим"], ["Карим", "Салим"]))
    assert surname > given > rank("Салим", Written(["Карим"], ["Салим"]))
    assert rank("Салим", Written(["Карим"], ["Салим"])).why is Why.OTHER_NAME


def test_a_number_is_sure() -> None:
    person = Written(["Салимов"], (), ["KHG-2026-17"], ["+992 93 500-12-34"], ["A7654321"])
    assert rank("935001234", person) == (1.0, Why.PHONE) == rank("+992 93 500 12 34", person)
    assert rank("А 7654321", person) == (1.0, Why.PAPER) == rank("7654321", person)
    assert rank("khg-2026-17", person) == (1.0, Why.NUMBER)
    assert rank("17", person).why is rank("KHG 17", person).why is Why.NUMBER
    assert rank("12", person).why is Why.OTHER_SPELLING
    ending, beginning = rank("1234", person), rank("9350", person)
    assert 0.8 < ending.points < beginning.points < 1.0
    assert rank("Салимов 17", person).points > rank("Салимов 18", person).points


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=3), st.lists(st.text(max_size=12), max_size=2))
def test_any_text_has_a_rank(typed: str, spellings: list[str], numbers: list[str]) -> None:
    score, why = rank(typed, Written(spellings, spellings[:1], numbers, numbers, numbers))
    assert 0.0 <= score <= 1.0
    assert why in Why
