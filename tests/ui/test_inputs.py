"""What is typed, what is stored, and what is said about it."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.records.client import CLIENT
from desk_app.i18n import formats
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.look import Look
from desk_app.ui.shortcuts import bind
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.choices import ChoiceField, ReferenceField, SegmentField, SetField, YesNoField
from desk_app.ui.widgets.date_text import DateTrouble, NotADate, stored_date
from desk_app.ui.widgets.dates import DateField
from desk_app.ui.widgets.field import Doubts, FieldInput, FieldRow
from desk_app.ui.widgets.letters import LetterField, LettersStrip, NameField
from desk_app.ui.widgets.lines import LineField, LongTextField, MoneyField, NumberField, PhoneField
from desk_app.ui.widgets.month import MonthPopup
from desk_app.ui.widgets.paper_number import PaperNumberField
from desk_app.ui.widgets.secret import PassphraseField
from tests.ui.conftest import type_text

CONTROL = Qt.KeyboardModifier.ControlModifier
RECORD = "0" * 32


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("05.03.1973", "1973-03-05"),
        ("5.3.1973", "1973-03-05"),
        ("5/3/1973", "1973-03-05"),
        ("5 3 1973", "1973-03-05"),
        ("05031973", "1973-03-05"),
        ("1973-03-05", "1973-03-05"),
        (" 03.1973 ", "1973-03"),
        ("1973-03", "1973-03"),
        ("1973", "1973"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_dates_as_people_type_them(typed: str, stored: str) -> None:
    assert stored_date(typed, partial=True) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31.02.1973", DateTrouble.NO_SUCH_DAY),
        ("29.02.2023", DateTrouble.NO_SUCH_DAY),
        ("01.13.1973", DateTrouble.NO_SUCH_DAY),
        ("00.01.1973", DateTrouble.NO_SUCH_DAY),
        ("1873", DateTrouble.NO_SUCH_DAY),
        ("05.03.73", DateTrouble.FORM),
        ("spring", DateTrouble.FORM),
        ("5.3", DateTrouble.FORM),
        ("٠٥.٠٣.١٩٧٣", DateTrouble.FORM),
    ],
)
def test_what_is_no_date(typed: str, why: DateTrouble) -> None:
    with pytest.raises(NotADate) as caught:
        stored_date(typed, partial=True)
    assert caught.value.why is why


def test_a_year_alone_is_too_short_for_a_whole_date() -> None:
    with pytest.raises(NotADate) as caught:
        stored_date("1973", partial=False)
    assert caught.value.why is DateTrouble.TOO_SHORT


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back_from_the_form_it_is_shown_in(day: date) -> None:
    assert stored_date(formats.day(day), partial=False) == day.isoformat()


INPUTS: list[tuple[str, Callable[[Look], FieldInput], str, object]] = [
    ("line", LineField, " Хоруғ ", "Хоруғ"),
    ("text", LetterField, " Кӯчаи O'tbek ", "Кӯчаи O'tbek"),
    ("line empty", LineField, "  ", None),
    ("name", NameField, "Ғуломов", "Ғуломов"),
    ("phone", PhoneField, "901112233", "+992 90 111 22 33"),
    ("phone abroad", PhoneField, "+7 495 000", "+7 495 000"),
    ("number", NumberField, "1 234", 1234),
    ("number empty", NumberField, "", None),
    ("money", MoneyField, "1 250,5", 125050),
    ("money whole", MoneyField, "250", 25000),
    ("long text", LongTextField, "a\nb\n", "a\nb"),
    ("date", lambda look: DateField(look, partial=True), "03.1973", "1973-03"),
    ("choice", lambda look: ChoiceField(look, {"a": "Yes", "b": "No"}), "b", "b"),
    ("choice empty", lambda look: ChoiceField(look, {"a": "Yes"}), "", None),
    ("choice of a newer version", lambda look: ChoiceField(look, {"a": "Yes"}), "zz", "zz"),
    ("yes", YesNoField, "yes", True),
    ("no", YesNoField, "no", False),
    ("unknown", YesNoField, "", None),
    ("set", lambda look: SetField(look, {"a": "Yes", "b": "No"}), "a", frozenset({"a"})),
    ("set of a newer version", lambda look: SetField(look, {"a": "Yes"}), "a zz", frozenset({"a", "zz"})),
    ("reference", lambda look: ReferenceField(look, [(RECORD, "A"), ("f" * 32, "B")]), RECORD, RECORD),
    ("reference gone", lambda look: ReferenceField(look, []), RECORD, RECORD),
    ("reference empty", lambda look: ReferenceField(look, [(RECORD, "A")]), "", None),
    ("passphrase", PassphraseField, " two  spaces ", " two  spaces "),
]


@pytest.mark.parametrize(("make", "typed", "value"), [i[1:] for i in INPUTS], ids=[i[0] for i in INPUTS])
def test_what_is_typed_is_kept_and_stored(
    qtbot: QtBot, look: Look, make: Callable[[Look], FieldInput], typed: str, value: object
) -> None:
    field, again = make(look), make(look)
    qtbot.addWidget(field)
    qtbot.addWidget(again)
    edits: list[None] = []
    field.edited.connect(lambda: edits.append(None))
    field.set_typed(typed)
    assert (field.typed(), field.trouble(), field.value()) == (typed, "", value)
    again.set_value(field.value())
    assert again.value() == value
    assert edits == []


@pytest.mark.parametrize(
    ("make", "typed"),
    [
        (NumberField, "12a"),
        (NumberField, "-3"),
        (NumberField, "²"),
        (MoneyField, "1,255"),
        (MoneyField, "1.2.3"),
        (lambda look: DateField(look, partial=True), "31.02.1973"),
        (lambda look: DateField(look), "1973"),
        (lambda look: LongTextField(look, 3), "four"),
        (lambda look: ReferenceField(look, [(RECORD, "A")]), "nowhere"),
    ],
)
def test_what_cannot_be_stored_is_said_in_words_and_kept(
    qtbot: QtBot, marked_look: Look, make: Callable[[Look], FieldInput], typed: str
) -> None:
    field = make(marked_look)
    qtbot.addWidget(field)
    field.set_typed(typed)
    assert field.trouble().startswith("§")
    assert field.typed() == typed
    with pytest.raises(ValueError, match=r"."):
        field.value()


def test_a_row_blames_on_leaving_and_calms_while_mending(qtbot: QtBot, look: Look) -> None:
    field = DateField(look, partial=True)
    row = FieldRow(look, "Date", field)
    qtbot.addWidget(row)
    row.show()
    field.line.setFocus()
    qtbot.keyClicks(field.line, "31.02.1973")
    assert row.error == ""
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "31.02.1973" in row.error
    assert field.line.accessibleDescription() == row.error
    field.line.setCursorPosition(2)
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert row.error == ""


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_the_calendar_picks_by_keyboard_in_our_words(qtbot: QtBot, look: Look) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    popup = MonthPopup(look, date(2026, 1, 31), ground)
    picked: list[date] = []
    popup.picked.connect(picked.append)
    popup.open_at(ground.pos())
    qtbot.keyClick(popup, Qt.Key.Key_PageDown)
    qtbot.keyClick(popup, Qt.Key.Key_Right)
    names = [button.accessibleName() for button in popup.findChildren(QPushButton) if not button.isHidden()]
    assert "Sunday 1 March" in names
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert picked == [date(2026, 3, 1)]


@pytest.mark.qt_log_ignore("keyToAscii", extend=True)
@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("", Qt.Key.Key_G, "Ғ"),
        ("А", Qt.Key.Key_Q, "Ақ"),
        ("АБ", Qt.Key.Key_H, "АБҲ"),
        ("Зода-", Qt.Key.Key_J, "Зода-Ҷ"),
        ("мо", Qt.Key(ord("О")), "моҷ"),
        ("мо", Qt.Key(ord("П")), "моғ"),
    ],
)
def test_ctrl_and_a_letter_in_either_layout(qtbot: QtBot, look: Look, before: str, key: Qt.Key, after: str) -> None:
    for field in (NameField(look), LetterField(look)):
        qtbot.addWidget(field)
        field.set_typed(before)
        qtbot.keyClick(field.line, key, CONTROL)
        assert field.typed() == after


def test_letters_come_before_the_windows_own_keys(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = NameField(look)
    column(window).addWidget(field)
    pressed: list[str] = []
    made: QShortcut = bind(window, "Ctrl+G", lambda: pressed.append("window"))
    with qtbot.waitActive(window):
        window.show()
    field.line.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_G, CONTROL)
    assert (field.typed(), pressed, made.isEnabled()) == ("Ғ", [], True)


def test_the_strip_writes_where_the_person_was_last(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    lines = column(window)
    first, second = NameField(look), NameField(look)
    edits: list[None] = []
    second.edited.connect(lambda: edits.append(None))
    strip = LettersStrip(look, [first, second])
    for widget in (strip, first, second):
        lines.addWidget(widget)
    with qtbot.waitActive(window):
        window.show()
    second.line.setFocus()
    qtbot.keyClicks(second.line, "Ta")
    qtbot.mouseClick(strip.findChildren(QPushButton)[5], Qt.MouseButton.LeftButton)
    assert (first.typed(), second.typed(), len(edits)) == ("", "Taҷ", 3)


def test_the_passphrase_hides_shows_and_hints(qtbot: QtBot, look: Look) -> None:
    field = PassphraseField(look)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, "a")
    assert field.hint == "You are typing Latin letters."
    type_text(field.line, "ю")
    assert field.hint == "You are typing Cyrillic letters."
    assert field.line.displayText() != "aю"
    field.turn()
    assert field.line.displayText() == "aю"


def test_what_is_not_offered_any_more_is_shown_where_it_is_stored(qtbot: QtBot, look: Look) -> None:
    words, told = {"a": "A & {b}", "b": "B"}, "Switched off"
    fields = [
        ChoiceField(look, words, others=lambda _code: told),
        SegmentField(look, words, lambda _code: told),
        SetField(look, words, lambda _code: told),
    ]
    for field in fields:
        qtbot.addWidget(field)
        field.set_name("Name")
        field.set_value(frozenset({"x_off"}) if isinstance(field, SetField) else "x_off")
    combo = fields[0].findChild(QComboBox)
    assert combo is not None
    assert [combo.itemText(place) for place in range(1, combo.count())] == ["A & {b}", "B", told]
    assert combo.currentText() == told
    for field in fields[1:]:
        buttons = field.findChildren(QAbstractButton)
        assert [one.text() for one in buttons] == ["A && {b}", "B", told]
        assert [one.isChecked() for one in buttons] == [False, False, True]


def left(qtbot: QtBot, look: Look, field: FieldInput, typed: str, doubts: Doubts = lambda _value: "") -> FieldRow:
    """A row whose input was filled in and left."""
    row = FieldRow(look, "Name", field, doubts=doubts)
    qtbot.addWidget(row)
    row.show()
    field.setFocus()
    type_text(field.target(), typed)
    qtbot.keyClick(field.target(), Qt.Key.Key_Return)
    return row


@pytest.mark.parametrize(
    ("typed", "kept", "is_told"),
    [
        ("Xаcанов", "Хасанов", True),
        ("Caидов", "Саидов", True),
        ("Sаidov", "Saidov", True),
        ("O'rinov", "Oʻrinov", True),
        ("Каримов  Саид", "Каримов Саид", False),
        ("Каримов", "Каримов", False),
        ("Rahimov", "Rahimov", False),
    ],
)
def test_look_alikes_in_a_name_are_mended_and_it_is_said(
    qtbot: QtBot, look: Look, typed: str, kept: str, is_told: bool
) -> None:
    field = NameField(look)
    row = left(qtbot, look, field, typed)
    assert (field.typed(), bool(row.remark.words), row.error) == (kept, is_told, "")
    assert not row.remark.convert.isVisible()
    type_text(field.line, "а")
    assert row.remark.words == ""


@pytest.mark.parametrize("make", [NameField, LineField, LongTextField])
@pytest.mark.parametrize(("typed", "converted"), [("Љамшед Њайдаров", "Ҷамшед Ҳайдаров"), ("Ѕодиріон", "Қодирҳон")])
def test_an_old_font_is_noticed_and_converted_only_when_asked(
    qtbot: QtBot, look: Look, make: Callable[[Look], FieldInput], typed: str, converted: str
) -> None:
    field = make(look)
    row = FieldRow(look, "Name", field)
    qtbot.addWidget(row)
    row.show()
    edits: list[None] = []
    field.edited.connect(lambda: edits.append(None))
    field.set_typed(typed)
    assert row.check()
    assert (field.typed(), field.value()) == (typed, typed)
    assert converted in row.remark.words
    assert field.target().accessibleDescription() == row.remark.words
    row.remark.convert.click()
    assert (field.typed(), row.remark.words, len(edits)) == (converted, "", 1)


def test_a_doubt_is_said_beside_the_field_and_keeps_nobody_from_saving(qtbot: QtBot, look: Look) -> None:
    form = RecordForm(look, CLIENT, only=("birth_date", "phone", "paper_number"), today=lambda: date(2026, 3, 5))
    qtbot.addWidget(form)
    form.set_typed({"birth_date": "06.03.2026", "phone": "12 34", "paper_number": "АА123"})
    assert form.check()
    rows = [form.row(name) for name in ("birth_date", "phone", "paper_number")]
    assert [row.remark.words.count("?") for row in rows] == [1, 1, 1]
    assert form.values()["birth_date"] == "2026-03-06"
    form.set_typed({"birth_date": "1973", "phone": "901112233", "paper_number": "а 12345678"})
    assert [row.remark.words for row in rows] == ["", "", ""]
    paper = form.input("paper_number")
    assert isinstance(paper, PaperNumberField)
    qtbot.keyClick(paper.line, Qt.Key.Key_Return)
    assert paper.value() == "A 12345678"
    for abroad in ("АВ А123", "КА1234567", "12 а 345"):
        paper.set_typed(abroad)
        paper.tidy()
        assert paper.value() == abroad
    form.set_typed({"birth_date": "31.02.1973"})
    assert (rows[0].remark.words, bool(rows[0].error)) == ("", True)
