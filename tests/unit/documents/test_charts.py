import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.documents.charts import Bar, BarChart, lay_out


def text_width(text: str) -> float:
    """A type in which every letter is five units wide."""
    return 5.0 * len(text)


def bars(*figures: tuple[float, float | None]) -> BarChart:
    """A chart of values with their targets."""
    return BarChart(
        "t", tuple(Bar(f"b{place}", value, str(value), target) for place, (value, target) in enumerate(figures))
    )


def test_lengths_are_in_proportion_and_marks_at_the_target() -> None:
    layout = lay_out(bars((50, 100), (100, 100), (25, None)), 400, 10, text_width)
    half, whole, quarter = layout.places
    assert half.filled.width == pytest.approx(whole.filled.width / 2)
    assert quarter.filled.width == pytest.approx(whole.filled.width / 4)
    assert quarter.mark is None
    assert half.mark is not None
    assert half.mark.x + half.mark.width / 2 == pytest.approx(whole.filled.x + whole.filled.width)
    assert half.ground.width == pytest.approx(whole.filled.width)


def test_a_chart_of_zeros_and_an_empty_one_can_be_drawn() -> None:
    assert lay_out(bars((0, 0), (0, None)), 300, 10, text_width).places[0].filled.width == 0
    assert lay_out(BarChart("t", ()), 300, 10, text_width).height == 0


def test_one_bar_beyond_the_longest_leaves_the_others_their_length() -> None:
    chart = BarChart("t", bars((0.5, 1), (9, 1)).bars, longest=2)
    half, broken = lay_out(chart, 400, 10, text_width).places
    assert half.gap is None
    assert broken.gap is not None
    assert broken.filled.width == pytest.approx(4 * half.filled.width)
    assert broken.filled.x < broken.gap.x < broken.filled.x + broken.filled.width
    assert half.words.x + half.words.width == broken.words.x + broken.words.width == 400


def test_a_legend_has_its_own_row() -> None:
    plain, explained = bars((1, 2)), BarChart("t", bars((1, 2)).bars, mark_words="Target")
    without, with_words = (lay_out(chart, 300, 10, text_width) for chart in (plain, explained))
    assert without.legend is None
    assert with_words.legend is not None
    assert with_words.legend.mark.y >= without.height
    assert with_words.height > without.height


figures = st.floats(0, 1e9, allow_subnormal=False)


@given(st.lists(st.tuples(figures, st.none() | figures), min_size=1, max_size=8), st.floats(50, 2000))
def test_nothing_leaves_the_chart(values: list[tuple[float, float | None]], width: float) -> None:
    layout = lay_out(bars(*values), width, 10, text_width)
    for place in layout.places:
        assert place.words.x + place.words.width <= width + 10 * 0.8 * 2
        assert place.filled.width <= place.ground.width + 1e-6
        assert place.filled.y + place.filled.height <= layout.height
    tops = [place.label.y for place in layout.places]
    assert tops == sorted(set(tops))
