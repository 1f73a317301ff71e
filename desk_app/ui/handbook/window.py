"""The handbook over a dialog or the door, where there is no page to put it on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from desk_app.ui.handbook.view import HandbookView
from desk_app.ui.look import Look
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.head import PageHead

WIDTH, HEIGHT = 960, 640
"""Pixels at 100 % text, where the screen has as many."""


class HandbookWindow(QDialog):
    """Esc or the arrow leads back to what was open before, which stays as it is."""

    def __init__(self, look: Look, place: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(look.tr.text("Help"))
        head = PageHead(look, look.tr.text("Help"), back=True)
        head.went_back.connect(lambda: self.done(0))
        self.view = HandbookView(look)
        lines = column(self, gap=0)
        lines.addWidget(head)
        lines.addWidget(self.view, 1)
        room = parent.screen().availableGeometry().size()
        self.resize(
            min(look.theme.px(WIDTH), room.width() - 2 * Measure.EDGE),
            min(look.theme.px(HEIGHT), room.height() - 2 * Measure.EDGE),
        )
        self.view.open(place)
        self.view.text.setFocus()

    def reject(self) -> None:
        """Esc: first all chapters again, where something was looked for."""
        if not self.view.forget_search():
            super().reject()


def bind_help(dialog: QWidget, look: Look, place: str) -> None:
    """F1 in a dialog opens a place of the handbook over it."""
    bind(dialog, Key.HELP, lambda: HandbookWindow(look, place, dialog).open())
