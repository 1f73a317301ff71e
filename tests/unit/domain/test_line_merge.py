"""Texts that were changed at different places are joined, and never otherwise."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.line_merge import joined

BASE = "як\nду\nсе\nчор\nпанҷ"


@pytest.mark.parametrize(
    ("versions", "wanted"),
    [
        (["ЯК\nду\nсе\nчор\nпанҷ", "як\nду\nсе\nчор\nПАНҶ"], "ЯК\nду\nсе\nчор\nПАНҶ"),
        (
            ["ЯК\nду\nсе\nчор\nпанҷ", "як\nду\nСЕ\nчор\nпанҷ", "як\nду\nсе\nчор\nпанҷ\nшаш"],
            "ЯК\nду\nСЕ\nчор\nпанҷ\nшаш",
        ),
        (["ду\nсе\nчор\nпанҷ", "як\nду\nсе\nчор"], "ду\nсе\nчор"),
        (["нул\nяк\nду\nсе\nчор\nпанҷ", "як\nду\nсе\nсеюним\nчор\nпанҷ"], "нул\nяк\nду\nсе\nсеюним\nчор\nпанҷ"),
        # The same change twice is one.
        (["ЯК\nду\nсе\nчор\nпанҷ", "ЯК\nду\nсе\nчор\nпанҷ", "як\nду\nсе\nЧОР\nпанҷ"], "ЯК\nду\nсе\nЧОР\nпанҷ"),
        # The same line, lines with none between them, one place, everything.
        (["ЯК\nду\nсе\nчор\nпанҷ", "як!\nду\nсе\nчор\nпанҷ"], None),
        (["ЯК\nду\nсе\nчор\nпанҷ", "як\nДУ\nсе\nчор\nпанҷ"], None),
        (["як\nду\nсе\nчор\nпанҷ\nшаш", "як\nду\nсе\nчор\nпанҷ\nҳафт"], None),
        (["чизи дигар", "як\nду\nСЕ\nчор\nпанҷ"], None),
        # Of a version that was changed at both ends all between counts.
        (["ЯК\nду\nсе\nчор\nПАНҶ", "як\nду\nСЕ\nчор\nпанҷ"], None),
        ([BASE, "ЯК\nду\nсе\nчор\nпанҷ"], None),
    ],
)
def test_what_is_joined(versions: list[str], wanted: str | None) -> None:
    assert {joined(BASE, one) for one in permutations(versions)} == {wanted}


LINES = st.lists(st.sampled_from("абвг"), min_size=1, max_size=8)


@given(LINES, LINES, LINES)
def test_whatever_is_joined_holds_what_both_changed(base: list[str], one: list[str], other: list[str]) -> None:
    texts = ["\n".join(lines) for lines in (base, one, other)]
    found = joined(texts[0], texts[1:])
    assert found == joined(texts[0], [texts[2], texts[1]])
    if found is not None and one != other:
        assert len(found.split("\n")) - len(base) == len(one) + len(other) - 2 * len(base) or found == ""
        # What one left alone around it stands there as the other wrote it.
        assert {texts[1], texts[2]}.isdisjoint({texts[0], found})


@given(st.lists(st.integers(0, 99), min_size=5, max_size=9, unique=True), st.data())
def test_two_lines_with_one_between_are_always_joined(numbers: list[int], data: st.DataObject) -> None:
    base = [str(number) for number in numbers]
    first = data.draw(st.integers(0, len(base) - 3))
    second = data.draw(st.integers(first + 2, len(base) - 1))
    changed = [[*base[:at], "нав", *base[at + 1 :]] for at in (first, second)]
    both = ["нав" if at in (first, second) else line for at, line in enumerate(base)]
    assert joined("\n".join(base), ["\n".join(lines) for lines in changed]) == "\n".join(both)
