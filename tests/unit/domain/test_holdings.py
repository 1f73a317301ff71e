"""What is held over holes, against plain sets of numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.change import ChainId
from desk_app.domain.holdings import Holdings, Span, are_apart

CHAIN = ChainId("ab" * 16 + ".00000001")
NUMBERS = st.frozensets(st.integers(1, 12))


def holdings(numbers: frozenset[int]) -> Holdings:
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    upto = spans.pop(0)[1] if spans and spans[0][0] == 1 else 0
    beyond = [(first, last) for first, last in spans]
    assert are_apart(upto, beyond)
    return Holdings({CHAIN: upto}, {CHAIN: beyond} if beyond else {})


@settings(max_examples=100)
@given(NUMBERS, NUMBERS)
def test_holdings_are_sets_of_numbers(ours: frozenset[int], theirs: frozenset[int]) -> None:
    one, other = holdings(ours), holdings(theirs)
    assert {number for number in range(15) if number and one.hold(CHAIN, number)} == ours
    assert one.last(CHAIN) == max(ours, default=0)
    assert one.first_lacking(CHAIN, other) == min(ours - theirs, default=None)


@pytest.mark.parametrize("spans", [[(3, 4)], [(4, 3)], [(4, 5), (6, 7)], [(7, 8), (4, 5)], [(2, 5)]])
def test_spans_without_a_hole_before_each_are_none(spans: list[Span]) -> None:
    assert not are_apart(2, spans)
    assert are_apart(2, [(4, 4), (6, 9)])
