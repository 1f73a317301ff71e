"""What a person reads and presses: words, rows and buttons, as far as they are shown."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desk_app.ui.widgets.row_list import ROW_ROLE, Row, RowList
from tests.ui.conftest import MARK


def words_of(ground: QWidget) -> str:
    """Everything on labels."""
    return "\n".join(one.text() for one in ground.findChildren(QLabel) if one.isVisibleTo(ground))


def rows_of(made: RowList) -> list[Row]:
    """What a list shows."""
    model = made.model()
    return [model.index(place, 0).data(ROW_ROLE) for place in range(model.rowCount())]


def press(ground: QWidget, words: str) -> None:
    """Click the one button that bears these words."""
    found = [
        one for one in ground.findChildren(QPushButton) if one.text().strip() == MARK + words and not one.isHidden()
    ]
    assert len(found) == 1, (words, [one.text() for one in ground.findChildren(QPushButton)])
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
