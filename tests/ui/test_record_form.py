"""Forms made from declarations: every kind, every field, nothing typed ever lost."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.domain.records import ALL
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Field, FieldType, FieldValue, Kind
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.look import Look
from tests.ui.conftest import type_text

RECORD = "ab" * 16
CONTROL = Qt.KeyboardModifier.ControlModifier


def options(kind: Kind) -> dict[str, list[tuple[str, str]]]:
    """One record to point at for each reference of the kind."""
    return {field.name: [(RECORD, "One")] for field in kind.fields if field.type is FieldType.REFERENCE}


def sample(field: Field) -> FieldValue:
    """A value that fits the field."""
    codes = list(field.vocabulary.words) if field.vocabulary else []
    samples: Mapping[FieldType, FieldValue] = {
        FieldType.CHOICE: codes[-1] if codes else None,
        FieldType.SET: frozenset(codes[:2]),
        FieldType.DATE: "2026-03-05",
        FieldType.PARTIAL_DATE: "1973-03",
        FieldType.NUMBER: 1973,
        FieldType.MONEY: 125050,
        FieldType.REFERENCE: RECORD,
        FieldType.YES_NO: True,
        FieldType.PHONE: "+992 90 111 22 33",
    }
    return samples.get(field.type, "Ғуломҳайдар")


@pytest.mark.parametrize("kind", list(ALL), ids=lambda kind: kind.name)
def test_every_kind_shows_and_returns_every_value(qtbot: QtBot, look: Look, kind: Kind) -> None:
    form = RecordForm(look, kind, options=options(kind))
    qtbot.addWidget(form)
    values = {field.name: sample(field) for field in kind.shown_fields}
    form.set_values({**values, **{field.name: "for the program" for field in kind.own_fields if field.inner}})
    assert form.check()
    assert form.values() == values
    assert form.changed_values() == {}
    again = RecordForm(look, kind, options=options(kind))
    qtbot.addWidget(again)
    again.set_typed(form.typed())
    assert again.values() == values


def test_a_field_added_to_the_declaration_is_in_the_form(qtbot: QtBot, look: Look) -> None:
    shoe = Field(99, "shoe_size", "Shoe size", FieldType.NUMBER)
    form = RecordForm(look, replace(CLIENT, own_fields=(*CLIENT.own_fields, shoe)))
    qtbot.addWidget(form)
    form.set_typed({"shoe_size": "43"})
    assert form.changed_values() == {"shoe_size": 43}


def test_what_is_wrong_stands_beside_its_field_and_is_not_lost(qtbot: QtBot, look: Look) -> None:
    form = RecordForm(look, CLIENT, only=("given_name", "birth_date", "phone"))
    qtbot.addWidget(form)
    form.set_typed({"given_name": "Исмоил", "birth_date": "31.02.1973", "of_another_form": "x"})
    assert not form.check()
    assert "31.02.1973" in form.row("birth_date").error
    assert form.row("given_name").error == ""
    assert form.typed() == {"given_name": "Исмоил", "birth_date": "31.02.1973", "phone": ""}


def test_a_required_field_is_asked_for_at_save_not_before(qtbot: QtBot, look: Look) -> None:
    kind = ALL["followup"]
    form = RecordForm(look, kind, without={"client"})
    qtbot.addWidget(form)
    form.set_typed({"note": "call"})
    assert form.row("due").error == ""
    assert not form.check()
    assert form.row("due").error


def test_errors_of_a_use_case_stand_beside_their_fields(qtbot: QtBot, look: Look) -> None:
    form = RecordForm(look, CLIENT, only=("surname", "given_name"))
    qtbot.addWidget(form)
    form.show_errors({"given_name": "Too long."})
    assert form.row("given_name").error == "Too long."
    form.set_values({})
    assert form.row("given_name").error == ""


def test_a_draft_is_due_after_a_pause_and_at_once_when_flushed(qtbot: QtBot, look: Look) -> None:
    form = RecordForm(look, CLIENT, only=("surname",))
    form.DRAFT_PAUSE_MS = 1
    qtbot.addWidget(form)
    drafts: list[dict[str, str]] = []
    form.draft_due.connect(drafts.append)
    line = form.input("surname").target()
    type_text(line, "Ка")
    form.flush()
    form.flush()
    assert drafts == [{"surname": "Ка"}]
    type_text(line, "р")
    with qtbot.waitSignal(form.draft_due):
        pass
    assert drafts[-1] == {"surname": "Кар"}


@pytest.mark.qt_log_ignore("keyToAscii", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key(ord("Ы"))], ids=["latin", "cyrillic"])
def test_the_keys_of_a_form(qtbot: QtBot, look: Look, key: Qt.Key) -> None:
    form = RecordForm(look, CLIENT, only=("surname",))
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    line = form.input("surname").target()
    line.setFocus()
    with qtbot.waitSignal(form.save_asked):
        qtbot.keyClick(line, key, CONTROL)
    with qtbot.waitSignal(form.save_next_asked):
        qtbot.keyClick(line, Qt.Key.Key_Return, CONTROL)
