"""The window: sidebar, pages made when they are first opened, banners, snacks, progress, keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desk_app.i18n.translator import Translator
from desk_app.ui.appearance import Appearance
from desk_app.ui.background import Background, Job, Work
from desk_app.ui.changes import DRAFT, Changes
from desk_app.ui.errors import Describe, ErrorReport
from desk_app.ui.help_page import HELP, HelpAt
from desk_app.ui.page import PageEntry, Search, Surroundings
from desk_app.ui.page_stack import PageStack
from desk_app.ui.remembered import Remembered
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.sidebar import Sidebar, Status, StatusOf
from desk_app.ui.theme import Measure, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import column, row
from desk_app.ui.widgets.progress import ProgressStrip
from desk_app.ui.widgets.snack import Snack

Words = str | Callable[[Translator], str]
"""What a banner says; what can be said in any language outlives another choice of it."""

PEOPLE = "people"
INTAKE = "intake"


@dataclass(frozen=True, slots=True, eq=False)
class _Warning:
    """A banner that waits for its act."""

    words: Words
    tone: Tone
    action: Words
    act: Callable[[], object] | None


class MainWindow(QMainWindow):
    """The shell around the pages (`page.Shell`).

    Another language, theme or text size makes everything again; pages carry over what they keep. `status` is asked
    for the words at the foot of the sidebar, again after every change.
    """

    lock_asked = Signal()
    """After every draft is kept. Whoever locks calls `forget`, so that nothing readable stays."""
    closed = Signal()
    """After every draft is kept: whoever opened the vault closes it."""

    def __init__(
        self,
        appearance: Appearance,
        entries: Sequence[PageEntry],
        background: Background,
        changes: Changes,
        describe: Describe,
        remembered: Remembered,
        status: StatusOf = lambda _look: Status(),
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._entries = [*entries, HELP]
        self._listed = [entry for entry in entries if entry.in_sidebar]
        self._background = background
        self._changes = changes
        self._remembered = remembered
        self._status = status
        self._snack: Snack | None = None
        self._said: tuple[str, Callable[[], object] | None] = "", None
        self._job: Job | None = None
        self.errors = ErrorReport(describe, lambda: appearance.look.tr, self._show_error)
        self.setMinimumSize(960, 600)
        self.resize(1366, 768)
        if remembered.geometry is not None:
            self.restoreGeometry(remembered.geometry)
        self._dress()
        self._bind_keys()
        appearance.changed.connect(self._change_look)
        changes.changed.connect(self._records_changed)

    # What pages may ask (page.Shell)

    def go(self, page: str, target: object = None) -> None:
        """Open a page; it is told the target by `arrive`. Raises KeyError for an unknown page."""
        self.pages.open(page, target)
        self.sidebar.mark(page)

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something was done, for 8 seconds, with a way back."""
        if self._snack is not None:
            self._snack.go()
        made = Snack(self._appearance.look, words, self._ground, undo=undo is not None)
        self._snack, self._said = made, (words, undo)
        made.destroyed.connect(lambda: self._snack_gone(made))
        if undo is not None:
            made.undone.connect(lambda: undo())

    def warn(
        self, words: Words, tone: Tone = Tone.ATTENTION, action: Words = "", act: Callable[[], object] | None = None
    ) -> None:
        """Put a banner above the pages; the same words stand there only once."""
        look = self._appearance.look
        said, verb = (one if isinstance(one, str) else one(look.tr) for one in (words, action))
        for former in self._banners.findChildren(Banner):
            if former.accessibleName() == said:
                return
        warning = _Warning(words, tone, action, act)
        self._warnings.append(warning)
        banner = Banner(look, said, tone, verb)
        if act is not None:
            banner.acted.connect(lambda: act())
        for over in (banner.acted, banner.closed):
            over.connect(partial(self._drop_banner, banner, warning))
        self._banner_lines.addWidget(banner)
        self._banners.show()

    def work(
        self,
        words: str,
        work: Work,
        on_done: Callable[[Any], None],
        *,
        owner: QObject | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run work in the background with progress and Cancel at the foot of the window."""

        def ended(then: Callable[[Any], None], result: Any) -> None:
            if self._job is job:  # A later job that waits keeps the strip.
                self._progress.end()
                self._job = None
            if owner is None or shiboken6.isValid(owner):
                then(result)

        self._progress.begin(words)
        job = self._background.run(
            work,
            lambda result: ended(on_done, result),
            lambda error: ended(on_error or self.errors.show, error),
            lambda progress: self._progress.follow(progress),
            lambda: ended(lambda _nothing: None, None),
            self,  # Not the page: the strip must end although the page is gone.
        )
        self._job = job
        return job

    def help(self) -> None:
        """Open the handbook where it speaks of what is open; in the handbook itself nothing changes."""
        came_from = self.pages.current
        if came_from != HELP.key:
            self._go_by_key(HELP.key, HelpAt(self.pages.help_place(), came_from))

    # What the application asks

    def forget(self) -> None:
        """Let every page, banner and snack go: the desk was locked."""
        self._dress()

    def refresh_status(self) -> None:
        """Ask again for the words at the foot of the sidebar."""
        self._replace_sidebar()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep drafts and the window's place."""
        self.pages.flush()
        self._remembered.geometry = self.saveGeometry()
        super().closeEvent(event)
        self.closed.emit()

    # Inside

    def _dress(self) -> None:
        look = self._appearance.look
        self._surroundings = Surroundings(look, self, self._background, self._changes, self.errors, self._appearance)
        self.setWindowTitle(look.tr.text("Roh"))
        self._snack = None
        self._warnings: list[_Warning] = []
        self._ground = QWidget()
        self._ground.setObjectName("window")
        self._across: QHBoxLayout = row(self._ground, gap=0)
        self.sidebar = self._make_sidebar()
        self._across.addWidget(self.sidebar)
        main: QVBoxLayout = column(gap=0)
        self._banners = QWidget()
        self._banner_lines = column(self._banners)
        self._banner_lines.setContentsMargins(Measure.BETWEEN, 12, Measure.BETWEEN, 0)
        self._banners.hide()
        main.addWidget(self._banners)
        self.pages = PageStack(self._entries, self._surroundings)
        main.addWidget(self.pages, 1)
        self._progress = ProgressStrip(look)
        self._progress.cancelled.connect(self._cancel)
        main.addWidget(self._progress)
        self._across.addLayout(main, 1)
        self.setCentralWidget(self._ground)
        if self.sidebar.search is not None:
            self.sidebar.search.setFocus()  # A name can be typed at once; chance would choose a button.

    def _make_sidebar(self) -> Sidebar:
        look = self._appearance.look
        made = Sidebar(look, self._listed, self._status(look), narrow=self._remembered.narrow_sidebar)
        made.page_asked.connect(self.go)
        made.language_asked.connect(self._appearance.choose_language)
        made.lock_asked.connect(self._lock)
        made.help_asked.connect(self.help)
        made.width_asked.connect(self._set_narrow)
        made.search_asked.connect(self._search)
        if made.search is not None:
            made.search.searched.connect(self._searched)
            made.search.went_down.connect(self.pages_enter)
        return made

    def pages_enter(self) -> None:
        """The keyboard goes from the search box into the open page."""
        self.pages.current_page.enter()

    def _replace_sidebar(self) -> None:
        typed = self.sidebar.search.text() if self.sidebar.search is not None else ""
        focused: QWidget | None = self.focusWidget()
        name = focused.accessibleName() if focused is not None and self.sidebar.isAncestorOf(focused) else ""
        made = self._make_sidebar()
        self._across.replaceWidget(self.sidebar, made)
        made.show()  # A layout shows what it was given only later; the bar would blink at every change.
        self.sidebar.hide()
        self.sidebar.deleteLater()
        self.sidebar = made
        made.mark(self.pages.current)
        if made.search is not None:
            made.search.setText(typed)
        for widget in made.findChildren(QWidget) if name else ():
            if widget.accessibleName() == name:
                widget.setFocus()

    def _change_look(self) -> None:
        open_page, kept = self.pages.current, self.pages.kept()
        # What was just said is still true, and can still be undone, unless it was said in another language.
        same = self._surroundings.look.tr.language is self._appearance.look.tr.language
        said = self._said if same and self._snack is not None else None
        warnings = [one for one in self._warnings if same or not isinstance(one.words, str)]
        typed = self.sidebar.search.text() if self.sidebar.search is not None else ""
        self._dress()
        if self.sidebar.search is not None:
            self.sidebar.search.setText(typed)
        if self._job is not None:
            self._progress.begin("")
        self.pages.take_back(kept)
        if open_page:
            self.go(open_page)
        for one in warnings:
            self.warn(one.words, one.tone, one.action, one.act)
        if said is not None:
            self.say(*said)

    def _bind_keys(self) -> None:
        bind(self, Key.SEARCH, self._search)
        bind(self, Key.INTAKE, lambda: self._go_by_key(INTAKE) if self.pages.knows(INTAKE) else None)
        bind(self, Key.LOCK, self._lock)
        bind(self, Key.HELP, self.help)
        bind(self, Key.PRINT, lambda: self.pages.current_page.print_page())
        bind(self, Key.BACK, lambda: self.pages.back())
        for place, entry in enumerate(self._listed[:9], start=1):
            bind(self, f"Alt+{place}", partial(self._go_by_key, entry.key))

    def _go_by_key(self, key: str, target: object = None) -> None:
        """The keyboard goes into the page too: at once, and into its list when that has been read."""
        self.go(key, target)
        page = self.pages.current_page
        page.setFocus()

        def enter(_nothing: None) -> None:
            if page.hasFocus():  # Else the person has gone on meanwhile.
                page.enter()
            if page.hasFocus():
                page.enter_first()

        # The worker answers in order: what the page asked for is shown before this.
        self._background.run(lambda _job: None, enter, self.errors.show, owner=page)

    def _search(self) -> None:
        if self.sidebar.search is None:
            self._set_narrow(False)
        if self.sidebar.search is not None:
            self.sidebar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.sidebar.search.selectAll()

    def _searched(self, text: str) -> None:
        if self.pages.knows(PEOPLE) and (text or self.pages.current == PEOPLE):
            self.go(PEOPLE, Search(text))

    def _set_narrow(self, narrow: bool) -> None:
        self._remembered.narrow_sidebar = narrow
        self._replace_sidebar()

    def _records_changed(self, kinds: frozenset[str]) -> None:
        self.pages.changed(kinds)
        if kinds != {DRAFT}:
            self._replace_sidebar()

    def _show_error(self, words: str, bug: bool) -> None:
        self.warn(words, Tone.DANGER if bug else Tone.ATTENTION)

    def _lock(self) -> None:
        self.pages.flush()
        self.lock_asked.emit()

    def _drop_banner(self, banner: Banner, warning: "_Warning") -> None:
        if warning in self._warnings:
            self._warnings.remove(warning)
        self._banner_lines.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._banners.setVisible(self._banner_lines.count() > 0)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _snack_gone(self, gone: Snack) -> None:
        if self._snack is gone:
            self._snack = None
