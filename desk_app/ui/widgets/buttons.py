"""Buttons: a verb, sometimes an icon before it."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Role


class Weight(StrEnum):
    """How loudly a button speaks; one MAIN on a page."""

    MAIN = "main"
    PLAIN = "plain"
    QUIET = "quiet"
    DANGER = "danger"


class PressButton(QPushButton):
    """A button that Enter presses too, not the space bar alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it; everything else as in any button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (event.modifiers() & _HELD):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_INK = {Weight.MAIN: Role.ON_PRIMARY, Weight.DANGER: Role.DANGER, Weight.QUIET: Role.TEXT, Weight.PLAIN: Role.TEXT}


def button(
    look: Look, words: str, icon: Icon | None = None, weight: Weight = Weight.PLAIN, tip: str = ""
) -> QPushButton:
    """A button with a word; `tip` may name its key."""
    made = PressButton(words.replace("&", "&&"))
    made.setProperty("weight", weight.value)
    made.setAccessibleName(words)
    made.setToolTip(tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if icon is not None:
        made.setText(f" {made.text()}")  # Fusion leaves too little room after the icon.
        made.setIcon(look.icons.icon(icon, _INK[weight], checked=_INK[weight]))
        made.setIconSize(_icon_size(look))
    return made


def icon_button(look: Look, icon: Icon, words: str, role: Role = Role.MUTED) -> QPushButton:
    """An icon alone; its words are the tool tip and what a screen reader says."""
    made = PressButton()
    made.setProperty("weight", "icon")
    made.setIcon(look.icons.icon(icon, role, checked=role))
    made.setIconSize(_icon_size(look))
    made.setToolTip(words)
    made.setAccessibleName(words)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


def _icon_size(look: Look) -> QSize:
    side = look.theme.px(Measure.ICON)
    return QSize(side, side)
