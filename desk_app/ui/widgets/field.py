"""What every input of a form can do, and the row that labels it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Role, Text, Tone
from desk_app.ui.widgets.boxes import row
from desk_app.ui.widgets.remark import Remark, RemarkLine
from desk_app.ui.widgets.text import label, picture, set_property

FieldValue = str | int | bool | frozenset[str] | None
Doubts = Callable[[FieldValue], str]
"""What may be wrong with a value that can be stored, in words; empty for nothing."""


class FieldInput(QWidget):
    """An input. `typed` is always exactly what the person typed, good or not, so that a draft loses nothing."""

    edited = Signal()
    """The person changed something."""
    left = Signal()
    """The person went on: now is the time to say what is wrong."""

    def typed(self) -> str:
        """What was typed, as text."""
        raise NotImplementedError

    def set_typed(self, typed: str) -> None:
        """Put back what was typed, without `edited`."""
        raise NotImplementedError

    def value(self) -> FieldValue:
        """The value to store; None when nothing was said. Raises ValueError while `trouble` says something."""
        raise NotImplementedError

    def set_value(self, value: FieldValue) -> None:
        """Show a stored value, without `edited`."""
        raise NotImplementedError

    def trouble(self) -> str:
        """What is wrong with what was typed, in words; empty when it can be stored."""
        return ""

    def remark(self) -> Remark | None:
        """What is to be said about what was typed although it can be stored."""
        return None

    def target(self) -> QWidget:
        """The widget that takes the keyboard."""
        raise NotImplementedError

    def set_name(self, words: str) -> None:
        """What a screen reader calls it."""
        self.target().setAccessibleName(words)


class FieldRow(QWidget):
    """Label above, help below, error beside (below where the row is narrow), in words and with an icon. What is only
    doubted or offered stands below the input and keeps nobody from going on.
    """

    WIDE = 640
    INPUT = 440

    def __init__(
        self,
        look: Look,
        words: str,
        field: FieldInput,
        help_words: str = "",
        *,
        required: bool = False,
        doubts: Doubts = lambda _value: "",
    ) -> None:
        super().__init__()
        self._look = look
        self._beside: bool | None = None
        self._required = required
        self._doubts = doubts
        self.field = field
        shown = look.tr.text("{label} (required)", label=words) if required else words
        self._label = label(shown, Text.CAPTION)
        self._label.setProperty("look", "label")
        self._help = label(help_words, Text.CAPTION)
        if not help_words:  # Shown by itself it would be a window of its own for a moment.
            self._help.hide()
        self._error = QWidget()
        line = row(self._error, gap=4)
        line.addWidget(picture(look, Icon.NOTICE, Role.DANGER, 16), 0, Qt.AlignmentFlag.AlignTop)
        self._error_words = label("", Text.CAPTION, tone=Tone.DANGER)
        line.addWidget(self._error_words, 1)
        self._error.hide()
        self.remark = RemarkLine(look)
        self.remark.accepted.connect(self._accept)
        field.set_name(words)
        if help_words:
            field.target().setAccessibleDescription(help_words)
        field.setMaximumWidth(look.theme.px(self.INPUT))
        self._help_words = help_words
        self._label.setBuddy(field.target())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        # The input takes what it may, the rest stays free or holds the error.
        self._grid.setColumnStretch(0, 100)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.remark, 3, 0, 1, 2)
        self._grid.setRowStretch(5, 1)
        self._arrange(False)
        field.left.connect(self.check)
        field.edited.connect(self._calm)

    def check(self) -> bool:
        """Say what is wrong with the input, if anything; whether it can be stored."""
        words = self.field.trouble()
        if not words and self._required and not self.field.typed():
            words = self._look.tr.text("Please fill in this field.")
        self.show_error(words)
        return not words

    def check_typed(self) -> bool:
        """As `check`, but an empty required field is not blamed yet."""
        self.show_error(self.field.trouble())
        return not self.field.trouble()

    def take_keyboard(self) -> None:
        """The keyboard goes to the input, and the row into sight with the words that were just added to it."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._come_into_sight)

    def _come_into_sight(self) -> None:
        ground = self.parentWidget()
        while ground is not None:
            if isinstance(ground, QScrollArea):
                ground.ensureWidgetVisible(self, 0, Measure.INSIDE)
            ground = ground.parentWidget()

    def show_error(self, words: str) -> None:
        """Show an error in words, or none."""
        self._error_words.setText(words)
        self._error.setVisible(bool(words))
        set_property(self.field.target(), "wrong", "true" if words else "false")
        self.remark.show_remark(None if words else self._remark())
        self.field.target().setAccessibleDescription(words or self.remark.words or self._help_words)

    @property
    def error(self) -> str:
        """The error that is shown."""
        return self._error_words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Errors stand beside when there is room."""
        super().resizeEvent(event)
        self._arrange(event.size().width() >= self._look.theme.px(self.WIDE))

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(160, super().minimumSizeHint().height())

    def _calm(self) -> None:
        # A mistake that is being mended is not blamed any more; it is checked again on leaving.
        if self.field.trouble():
            return
        if self.error or (self.remark.words and self._remark() is None):
            self.show_error("")

    def _remark(self) -> Remark | None:
        if self.field.trouble():
            return None
        doubt = self._doubts(self.field.value())
        return self.field.remark() or (Remark(doubt) if doubt else None)

    def _accept(self, instead: str) -> None:
        self.field.set_typed(instead)
        self.field.edited.emit()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.check_typed()

    def _arrange(self, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        for widget in (self._label, self.field, self._help, self._error):
            self._grid.removeWidget(widget)
        self._grid.setHorizontalSpacing(Measure.BETWEEN if beside else 0)
        self._grid.addWidget(self._label, 0, 0, 1, 2)
        self._grid.addWidget(self.field, 1, 0)
        self._grid.addWidget(self._help, 4, 0, 1, 2)
        if beside:
            self._grid.addWidget(self._error, 1, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._grid.addWidget(self._error, 2, 0, 1, 2)
