"""Where the keyboard goes when something of several parts is given it."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Lead(QObject):
    def __init__(self, whole: QWidget, part: QWidget) -> None:
        super().__init__(whole)
        self.part = part

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            give_keyboard(self.part)
        return False


def lead_to(whole: QWidget, part: QWidget) -> None:
    """A whole that is given the keyboard hands it to a part. With Qt's own proxy Tab would leap over every part that
    stands before that one."""
    whole.installEventFilter(_Lead(whole, part))


def give_keyboard(whole: QWidget) -> None:
    """Straight to the part that it leads to: in a window that is not the active one, the whole would not hear of it."""
    lead: _Lead | None = whole.findChild(_Lead, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if lead is None:
        whole.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        give_keyboard(lead.part)


def has_keyboard(whole: QWidget) -> bool:
    """Whether it, or a part of it, is what its window gives the keyboard to."""
    now: QWidget | None = whole.window().focusWidget()
    return now is not None and (now is whole or whole.isAncestorOf(now))


def tab_in_order(*wholes: QWidget) -> None:
    """Tab goes through the parts of these as they stand here: what was made last would come last."""
    found = [part for whole in wholes for part in (whole, *whole.findChildren(QWidget))]
    parts = [
        part for part in found if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.window() is found[0].window()
    ]
    for before, after in pairwise(parts):
        QWidget.setTabOrder(before, after)
