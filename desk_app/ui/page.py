"""What a page is, and what it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QWidget

from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Background, Job, Work
from desk_app.ui.changes import Changes
from desk_app.ui.errors import ErrorReport
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.boxes import column


class Shell(Protocol):
    """What a page may ask of the window around it."""

    def go(self, page: str, target: object = None) -> None:
        """Open a page; it is told the target by `arrive`. Raises KeyError for an unknown page."""

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something was done ("Saved."), for 8 seconds, with a way back."""

    def warn(
        self, words: str, tone: Tone = Tone.ATTENTION, action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Put a banner above the pages until it is put away or acted upon."""

    def work(
        self,
        words: str,
        work: Work,
        on_done: Callable[[Any], None],
        *,
        owner: QObject | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run work in the background, with progress and Cancel at the foot of the window when it takes long.

        Errors are shown as a banner unless `on_error` takes them.
        """


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything of the window a page is made with; its use cases come to it through its `PageEntry.build`."""

    look: Look
    shell: Shell
    background: Background
    changes: Changes
    errors: ErrorReport
    appearance: Appearance


@dataclass(frozen=True, slots=True)
class Search:
    """A target for the page of people: look for this text."""

    text: str


class Page(QWidget):
    """One page of the window, made when it is first opened and made again in another language or theme.

    Put a `PageHead` and then the content into `body`. Nothing below need be overridden by a page that shows nothing
    that changes.
    """

    kinds: frozenset[str] = frozenset()
    """The kinds of records it shows: after a change of one of them `reload` is called, at once or when next shown."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.setObjectName("page")
        self.around = around
        self.look = around.look
        self.body = column(self, gap=0)

    def minimumSizeHint(self) -> QSize:
        """A page that needs more than the screen has is cut, not the window."""
        return QSize(480, 320)

    def reload(self) -> None:
        """Read again what it shows. Also called once after it is made."""

    def arrive(self, target: object) -> None:
        """The person came here for something: a record's id, a `Search`, whatever pages agree on."""

    def kept(self) -> object:
        """What was typed or opened, before the page is made again in another look."""
        return None

    def take_back(self, kept: object) -> None:
        """Put back what `kept` gave, in the new page, after `reload`."""

    def flush(self) -> None:
        """Keep every draft now: the window is about to lock or close."""

    def enter(self) -> None:
        """The keyboard comes from the search box: into the list, if there is one."""
        self.enter_first()

    def enter_first(self) -> None:
        """The keyboard goes to the first thing on the page that takes it."""
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if by_tab and self.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
            widget = widget.nextInFocusChain()
        self.setFocus()

    def back(self) -> bool:
        """Esc: close a panel, go one step back. False when there was nothing to go back from."""
        return False

    def print_page(self) -> None:
        """Ctrl+P."""

    def help_place(self) -> str:
        """Where the handbook speaks of what is open; empty for the chapter that has the page's key."""
        return ""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """How the window knows a page: a permanent key, the English msgid of its title, its icon, how to make it."""

    key: str
    title: str
    icon: Icon
    build: Callable[[Surroundings], Page]
    in_sidebar: bool = True
