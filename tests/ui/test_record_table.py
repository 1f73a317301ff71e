"""Tables of any length read only what is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desk_app.ui.look import Look
from desk_app.ui.models.record_table import PAGE_ROWS, PAGES_KEPT, Cells, Column, RecordTable, TableView

COLUMNS = [Column("Number", 100, number=True), Column("Name")]


class Store:
    """Counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def page(self, ids: Sequence[str]) -> list[Cells]:
        """Each id twice."""
        self.asked.append(ids[0])
        return [(record, f"name {record}") for record in ids]


def ids(count: int) -> list[str]:
    """So many ids."""
    return [str(number) for number in range(count)]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = RecordTable(COLUMNS, Store().page)
    model.show_ids(ids(450))
    qtmodeltester.check(model)


def test_a_hundred_thousand_rows_read_one_page(qtbot: QtBot, look: Look) -> None:
    store = Store()
    view = TableView(look, "People", RecordTable(COLUMNS, store.page))
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_ids(ids(100_000))
    view.show()
    view.grab()
    assert store.asked == ["0"]
    view.scrollToBottom()
    view.grab()
    assert store.asked == ["0", str(100_000 - PAGE_ROWS)]
    assert view.rowHeight(99_999) == 32


def test_pages_are_kept_and_the_oldest_is_let_go() -> None:
    store = Store()
    model = RecordTable(COLUMNS, store.page)
    model.show_ids(ids(PAGE_ROWS * (PAGES_KEPT + 1)))
    for page in range(PAGES_KEPT + 1):
        model.index(page * PAGE_ROWS, 0).data()
    model.index(PAGE_ROWS, 0).data()
    assert len(store.asked) == PAGES_KEPT + 1
    model.index(0, 0).data()
    assert store.asked[-1] == "0"
    assert len(store.asked) == PAGES_KEPT + 2


def test_enter_opens_and_the_mark_stays_through_a_reload(qtbot: QtBot, look: Look) -> None:
    view = TableView(look, "People", RecordTable(COLUMNS, Store().page))
    qtbot.addWidget(view)
    opened: list[str] = []
    view.opened.connect(opened.append)
    view.show_ids(ids(10))
    view.selectRow(3)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.show_ids(["new", *ids(10)])
    assert (opened, view.current_id, view.currentIndex().row()) == (["3"], "3", 4)
