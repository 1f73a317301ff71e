"""The chart on the screen: bars as long as their values, the target's mark, nothing cut off, words for a reader."""

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from desk_app.documents.charts import Bar, BarChart
from desk_app.ui.look import Look
from desk_app.ui.theme import Role
from desk_app.ui.widgets.bar_chart import BarChartView

CHART = BarChart(
    "People",
    (Bar("Served", 50, "50 / 100 (50%)", 100), Bar("Advised", 100, "100"), Bar("Nobody", 0, "0")),
    "Target",
)


@pytest.fixture
def view(qtbot: QtBot, look: Look) -> BarChartView:
    made = BarChartView(look, CHART)
    qtbot.addWidget(made)
    made.resize(800, made.heightForWidth(800))
    made.show()
    return made


def run_of(view: BarChartView, look: Look, row: int, role: Role) -> int:
    """How many pixels in the middle of a row have a role's colour."""
    box = view.placed(view.width()).places[row].ground
    picture = view.grab().toImage()
    y = round(box.y + box.height / 2)
    return sum(picture.pixelColor(QPoint(x, y)) == look.theme.colour(role) for x in range(picture.width()))


def test_bars_are_as_long_as_their_values(view: BarChartView, look: Look) -> None:
    half, whole = run_of(view, look, 0, Role.PRIMARY), run_of(view, look, 1, Role.PRIMARY)
    assert whole > 200
    assert abs(whole - 2 * half) <= 4
    assert run_of(view, look, 2, Role.PRIMARY) == 0


def test_the_way_to_the_target_is_shown(view: BarChartView, look: Look) -> None:
    assert run_of(view, look, 0, Role.PRIMARY_SOFT) > 100
    assert run_of(view, look, 1, Role.PRIMARY_SOFT) == 0


def test_the_words_of_the_longest_bar_fit(view: BarChartView) -> None:
    for place in view.placed(view.width()).places:
        assert place.words.x + place.words.width <= view.width() + 1


def test_a_reader_hears_every_bar(view: BarChartView) -> None:
    assert view.accessibleName() == "People"
    assert view.accessibleDescription() == "Served: 50 / 100 (50%); Advised: 100; Nobody: 0"


def test_an_endless_label_is_shortened(qtbot: QtBot, look: Look) -> None:
    made = BarChartView(look, BarChart("Long", (Bar("Long words " * 200, 1, "1"),)))
    qtbot.addWidget(made)
    made.resize(500, made.heightForWidth(500))
    made.show()
    assert not made.grab().isNull()


def test_no_bars_are_no_trouble(qtbot: QtBot, look: Look) -> None:
    made = BarChartView(look, BarChart("Empty", ()))
    qtbot.addWidget(made)
    made.resize(500, 20)
    assert not made.grab().isNull()
