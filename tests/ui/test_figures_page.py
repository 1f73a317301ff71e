"""Figures in the window: what is counted, the records behind a number, the report as PDF and XLSX read back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desk_app.domain.rules.indicators import INDICATORS, Period
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.figures import page, report_view
from desk_app.ui.pages.figures.page import FiguresPage
from desk_app.ui.pages.figures.period_bar import OWN, before, period_of
from desk_app.ui.pages.figures.questions import QUESTIONS, TILES
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.remembered import Remembered
from desk_app.usecases import exchange, merging, records
from tests.fakes import FakeClock, acquaint, make_client, make_vault
from tests.ui.conftest import MARK
from tests.ui.opened_desk import OpenedDesk

TODAY = date(2026, 3, 5)


def fill(vault: Vault) -> None:
    """Two people served this year, one the year before, one nobody served."""
    for name, sex, on in (
        ("Исмоил", "male", "2026-02-03"),
        ("<b>Зуҳро</b>", "female", "2026-03-01"),
        ("Фирӯз", "male", "2025-06-01"),
    ):
        client = make_client(vault, name, sex=sex, stage="released")
        records.add(vault, "service", {"client": client, "type": "legal", "delivered_on": on})
    make_client(vault, "Назира", stage="released")


def fill_coordinator(vault: Vault, folder: Path) -> None:
    """Khorugh has sent its records, nobody else has; a target is set."""
    khorugh = make_vault(folder, "khorugh", FakeClock())
    fill(khorugh)
    acquaint(vault, khorugh, folder)
    merging.merge_files(vault, [exchange.export(khorugh, "coordinator", folder).file])
    khorugh.close()
    records.add(vault, "target", {"indicator": "ex_prisoners_served", "value": 8})


class Counting(OpenedDesk):
    """The page of figures, open."""

    @property
    def figures(self) -> FiguresPage:
        """The page."""
        found = self.page
        assert isinstance(found, FiguresPage)
        return found

    def number(self, code: str) -> str:
        """What a tile says."""
        return self.figures.tiles[code].accessibleName().split(" ")[0]


@pytest.fixture
def desk(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Counting]:
    made = Counting(qtbot, appearance, remembered, tmp_path, fill)
    made.open()
    made.window.go("figures")
    made.settle()
    yield made
    made.close()


@pytest.fixture
def coordinator(qtbot: QtBot, appearance: Appearance, remembered: Remembered, tmp_path: Path) -> Iterator[Counting]:
    made = Counting(
        qtbot,
        appearance,
        remembered,
        tmp_path,
        lambda vault: fill_coordinator(vault, tmp_path),
        desk="coordinator",
    )
    made.open()
    made.window.go("figures")
    made.settle()
    yield made
    made.close()


def test_a_desk_sees_its_own_year_and_the_change(desk: Counting) -> None:
    tile = desk.figures.tiles["ex_prisoners_served"].accessibleName()
    assert tile.startswith("2 ")
    assert "1 more than in the period before" in tile
    table = desk.figures.cards[0].table
    assert table is not None
    assert table.rows()[0][1:5] == ["1", "1", "0", "2"]


def test_another_period_counts_again(desk: Counting) -> None:
    bar = desk.figures.period_bar
    bar.chips._clicked("last_year")
    desk.settle()
    assert desk.number("ex_prisoners_served") == "1"
    bar.chips._clicked("beginning")
    desk.settle()
    assert desk.number("ex_prisoners_served") == "3"


def test_own_dates_are_checked_before_they_count(desk: Counting) -> None:
    bar = desk.figures.period_bar
    bar.chips._clicked(OWN)
    bar.first.set_typed("01.03.2026")
    bar.last.set_typed("01.02.2026")
    bar.last.left.emit()
    desk.settle()
    assert bar.wrong.text() == f"{MARK}The first day stands after the last."
    assert desk.number("ex_prisoners_served") == "2"
    bar.last.set_typed("31.03.2026")
    bar.last.left.emit()
    desk.settle()
    assert bar.wrong.text() == ""
    assert desk.number("ex_prisoners_served") == "1"


def test_a_number_opens_its_records_and_they_open_the_person(desk: Counting) -> None:
    table = desk.figures.cards[0].table
    assert table is not None
    cell = table.model().index(0, 1)
    table.setCurrentIndex(cell)
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    shown = [row.title for row in desk.figures.behind._rows.rows]
    assert shown == ["<b>Зуҳро</b>"]
    QTest.keyClick(desk.figures.behind, Qt.Key.Key_Return)
    desk.settle()
    assert isinstance(desk.page, PersonPage)


def test_a_coordinator_sees_desks_targets_and_whose_records_are_missing(coordinator: Counting) -> None:
    shown = coordinator.figures
    card = shown.cards[0]
    assert card.chart.chart.bars[0].words == "2 / 8 (25%)"
    assert card.chart.chart.bars[0].target == 8
    assert card.table is not None
    assert card.table.rows() == [
        [f"{MARK}All desks", "1", "1", "0", "2"],
        ["Khorugh", "1", "1", "0", "2"],
    ]
    card.chips._clicked("cities_served")
    assert card.table.rows()[1] == ["Khorugh", "—", "—", "—", "1"]
    assert shown.counted is not None
    told = page.coverage_words(shown.counted, shown.look.tr)
    assert "Records of 1 desk are inside, of 10 desks." in told
    assert "Khorugh up to no. 1" in told
    assert "No records yet from: Dushanbe" in told


def test_the_choices_stay_in_another_look(coordinator: Counting, appearance: Appearance) -> None:
    shown = coordinator.figures
    shown.period_bar.chips._clicked("last_year")
    coordinator.settle()
    shown.cards[0].chips._clicked("advised_before_release")
    shown.languages.setCurrentIndex(shown.languages.findData("ru"))
    appearance.choose_dark(True)
    coordinator.settle()
    again = coordinator.figures
    assert again is not shown
    assert coordinator.number("ex_prisoners_served") == "1"
    assert again.cards[0].chips.codes == {"advised_before_release"}
    assert again.language == "ru"


def test_the_report_is_shown_and_saved_in_its_own_language(
    desk: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = desk.figures
    shown.languages.setCurrentIndex(shown.languages.findData("en"))
    shown.print_page()
    desk.settle()
    assert shown.report.isVisible()
    assert shown.report.preview.sheets
    assert not shown.report.preview.sheets[0].picture.isNull()
    chosen = tmp_path / "report"
    monkeypatch.setattr(report_view, "choose_new_file", lambda *_asked: chosen)
    shown.report.save()
    desk.settle()
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Indicator report" in text
    assert "01.01.2026" in text
    assert shown.back()
    assert not shown.report.isVisible()


def test_the_spreadsheet_holds_the_same_numbers(
    desk: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.figures.languages.setCurrentIndex(desk.figures.languages.findData("en"))
    monkeypatch.setattr(page, "choose_new_file", lambda *_asked: tmp_path / "table.xlsx")
    desk.figures.save_table()
    desk.settle()
    book = CalamineWorkbook.from_path(str(tmp_path / "table.xlsx"))
    rows = book.get_sheet_by_name("Indicators").to_python()
    served = next(row for row in rows if row[0] == "ex_prisoners_served")
    assert served[rows[0].index("Achieved")] == 2


def test_thinking_better_of_it_writes_nothing(desk: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "choose_new_file", lambda *_asked: None)
    desk.figures.save_table()
    desk.settle()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_every_indicator_belongs_to_one_question() -> None:
    asked = [code for question in QUESTIONS for code in question.codes]
    assert sorted(asked) == sorted(one.code for one in INDICATORS)
    assert set(TILES) <= set(asked)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("this_month", date(2026, 3, 1), date(2026, 3, 31)),
        ("this_quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("this_year", date(2026, 1, 1), date(2026, 12, 31)),
        ("last_quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("beginning", date(2014, 1, 1), date(2026, 12, 31)),
    ],
)
def test_usual_periods_are_whole(code: str, first: date, last: date) -> None:
    assert period_of(code, TODAY) == Period(first, last)


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (Period(date(2026, 1, 1), date(2026, 3, 31)), Period(date(2025, 10, 1), date(2025, 12, 31))),
        (Period(date(2024, 3, 1), date(2024, 3, 31)), Period(date(2024, 2, 1), date(2024, 2, 29))),
        (Period(date(2026, 3, 2), date(2026, 3, 8)), Period(date(2026, 2, 23), date(2026, 3, 1))),
        (Period(date(2014, 1, 1), date(2026, 12, 31)), None),
    ],
)
def test_the_period_before_is_as_long(period: Period, earlier: Period | None) -> None:
    assert before(period) == earlier
