"""Help (F1): the handbook as a page of the window, opened at the place where the person is."""

from dataclasses import dataclass

from desk_app.domain.vocabulary import N_
from desk_app.ui.dialogs.paper import SYSTEM, Outlets
from desk_app.ui.handbook.view import HandbookView
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.shortcuts import Key
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.head import PageHead

BEFORE = "today"
"""Where one goes back to who came from nowhere."""


@dataclass(frozen=True, slots=True)
class HelpAt:
    """A place of the handbook, and the page where F1 was pressed."""

    place: str
    came_from: str


class HelpPage(Page):
    """Back leads to the page where F1 was pressed: it stands as it was left, with all that was typed."""

    def __init__(self, around: Surroundings, outlets: Outlets = SYSTEM) -> None:
        super().__init__(around)
        tr = self.look.tr
        self._outlets = outlets
        self._came_from = BEFORE
        self.print_button = button(self.look, tr.text("Print"), Icon.PRINT, tip=Key.PRINT)
        self.print_button.clicked.connect(self.print_page)
        if not outlets.has_printer():
            self.print_button.setEnabled(False)
            self.print_button.setToolTip(tr.text("No printer is connected to this computer."))
        head = PageHead(self.look, tr.text("Help"), actions=[self.print_button], back=True)
        head.went_back.connect(self._leave)
        self.body.addWidget(head)
        self.view = HandbookView(self.look)
        self.body.addWidget(self.view, 1)

    def arrive(self, target: object) -> None:
        """`HelpAt`, or a place alone."""
        if isinstance(target, HelpAt):
            self._came_from = target.came_from
            self.arrive(target.place)
        elif isinstance(target, str):
            self.view.forget_search()
            self.view.open(target)

    def kept(self) -> object:
        """What is open, and where the person came from."""
        return HelpAt(self.view.place, self._came_from)

    def take_back(self, kept: object) -> None:
        """Open it again."""
        self.arrive(kept)

    def enter(self) -> None:
        """Into the text: the arrows scroll."""
        self.view.text.setFocus()

    def back(self) -> bool:
        """First all chapters again, where something was looked for; then back to the page before."""
        if not self.view.forget_search():
            self._leave()
        return True

    def print_page(self) -> None:
        """The open chapter, on a printer the person chooses."""
        if not self._outlets.has_printer():
            return
        printer = self._outlets.printer(self, 1)
        if printer is not None:
            self.view.for_paper().print_(printer)
            self.around.shell.say(self.look.tr.text("The paper was sent to the printer."))

    def _leave(self) -> None:
        self.around.shell.go(self._came_from)


HELP = PageEntry("help", N_("Help"), Icon.UNKNOWN, HelpPage, in_sidebar=False)
"""Always registered by the window."""
