"""Inputs of one line: text, phone, whole number, money; and of many lines: long text."""

import re
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desk_app.i18n import formats
from desk_app.ui.look import Look
from desk_app.ui.widgets.boxes import row
from desk_app.ui.widgets.field import FieldInput, FieldValue
from desk_app.ui.widgets.old_font import old_font_remark
from desk_app.ui.widgets.remark import Remark
from desk_app.ui.widgets.text import muted


class LineField(FieldInput):
    """One line of text of at most `limit` characters."""

    def __init__(self, look: Look, limit: int = 300, placeholder: str = "") -> None:
        super().__init__()
        self.look = look
        self.line = QLineEdit()
        self.line.setMaxLength(limit)
        self.line.setPlaceholderText(placeholder)
        self.setFocusProxy(self.line)
        self.box = row(self)
        self.box.addWidget(self.line, 1)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self._finished)

    def tidy(self) -> None:
        """Write what was typed as it is usually written; called when the person goes on."""

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, typed: str) -> None:
        self.line.setText(typed)

    def value(self) -> FieldValue:
        return self.line.text().strip() or None

    def set_value(self, value: FieldValue) -> None:
        self.line.setText("" if value is None else str(value))

    def target(self) -> QWidget:
        return self.line

    def remark(self) -> Remark | None:
        return old_font_remark(self.look, self.typed())

    def _finished(self) -> None:
        self.tidy()
        self.left.emit()


class PhoneField(LineField):
    """A phone number: written the country's way on leaving where it has nine digits, else kept as typed."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, limit=60, placeholder="+992 93 123 45 67")

    def value(self) -> FieldValue:
        return formats.phone(self.line.text().strip()).replace("\u00a0", " ") or None

    def set_value(self, value: FieldValue) -> None:
        super().set_value("" if value is None else formats.phone(str(value)).replace("\u00a0", " "))

    def tidy(self) -> None:
        self.set_typed(formats.phone(self.typed().strip()).replace("\u00a0", " "))


class NumberField(LineField):
    """A whole number from 0; a year is not `grouped` by thousands."""

    def __init__(self, look: Look, *, grouped: bool = True) -> None:
        super().__init__(look, limit=15)
        self._grouped = grouped
        self.line.setMaximumWidth(look.theme.px(160))
        self.box.addStretch(1)

    def value(self) -> FieldValue:
        if self.trouble():
            raise ValueError("not a whole number")
        text = _bare(self.typed())
        return int(text) if text else None

    def set_value(self, value: FieldValue) -> None:
        if not isinstance(value, int):
            self.set_typed("")
        else:
            self.set_typed(formats.number(value, self.look.tr.language) if self._grouped else str(value))

    def trouble(self) -> str:
        text = _bare(self.typed())
        return "" if not text or re.fullmatch(r"[0-9]+", text) else self.look.tr.text("Write a whole number, as 12.")


class MoneyField(LineField):
    """An amount in somoni; the value is whole dirams."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, limit=20)
        self.line.setMaximumWidth(look.theme.px(160))
        self.box.addWidget(muted(look.tr.language.somoni, wrap=False))
        self.box.addStretch(1)

    def value(self) -> FieldValue:
        return _dirams(self.typed())

    def set_value(self, value: FieldValue) -> None:
        if not isinstance(value, int):
            self.set_typed("")
            return
        somoni = Decimal(value) / 100
        decimals = 0 if somoni == somoni.to_integral_value() else 2
        self.set_typed(formats.number(somoni, self.look.tr.language, decimals))

    def trouble(self) -> str:
        try:
            _dirams(self.typed())
        except ValueError:
            return self.look.tr.text("Write an amount in somoni, as 250 or 250,50.")
        return ""


class LongTextField(FieldInput):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, look: Look, limit: int = 20_000) -> None:
        super().__init__()
        self._look = look
        self._limit = limit
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(look.theme.px(112))
        self._text.installEventFilter(self)
        self.setFocusProxy(self._text)
        row(self).addWidget(self._text)
        self._quiet = False
        self._text.textChanged.connect(lambda: None if self._quiet else self.edited.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the person goes on."""
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return False

    def typed(self) -> str:
        return self._text.toPlainText()

    def set_typed(self, typed: str) -> None:
        self._quiet = True
        self._text.setPlainText(typed)
        self._quiet = False

    def value(self) -> FieldValue:
        if self.trouble():
            raise ValueError("too long")
        return self.typed().strip() or None

    def set_value(self, value: FieldValue) -> None:
        self.set_typed("" if value is None else str(value))

    def trouble(self) -> str:
        over = len(self.typed()) - self._limit
        if over <= 0:
            return ""
        return self._look.tr.plural(
            "The text is {count} character too long.", "The text is {count} characters too long.", over
        )

    def target(self) -> QWidget:
        return self._text

    def remark(self) -> Remark | None:
        return old_font_remark(self._look, self.typed())


def _bare(typed: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]", "", typed)


def _dirams(typed: str) -> int | None:
    text = _bare(typed).replace(",", ".")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text):
        raise ValueError("not an amount")
    try:
        return int(Decimal(text) * 100)
    except InvalidOperation as error:
        raise ValueError("not an amount") from error
