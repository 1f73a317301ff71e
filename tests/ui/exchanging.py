"""The window on the page of the exchange, with the vaults of partners beside it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desk_app.storage.vault import Vault
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.exchange.send_panel import SendPanel
from tests.ui.opened_desk import OpenedDesk


class Programme(OpenedDesk):
    """A window at one vault; the others are opened beside it, in the test's own thread."""

    others: dict[str, Vault]

    @property
    def exchange(self) -> ExchangePage:
        """The page."""
        found = self.page
        assert isinstance(found, ExchangePage)
        return found

    def go(self) -> ExchangePage:
        """Open the page, with what was done beside it read anew."""
        self.window.go("exchange")
        self.exchange.reload()
        self.settle()
        return self.exchange

    def plan(self, *paths: Path) -> list[list[str]]:
        """Choose files; what the plan's table says."""
        self.exchange.plan(paths)
        self.settle()
        assert self.exchange.plan_card is not None
        return self.exchange.plan_card.table.rows()

    def send_to_folder(self) -> None:
        """At a desk: Send to the coordinator, then Choose a folder."""
        assert self.exchange.partners is not None
        self.press(self.exchange.partners.send_buttons["coordinator"])
        asked = self.exchange.panel.content
        assert isinstance(asked, SendPanel)
        self.press(asked.folder)

    def press(self, made: QPushButton | None) -> None:
        """Press a button and wait."""
        assert made is not None
        assert made.isEnabled()
        made.click()
        self.settle()


MakeProgramme = Callable[[str, Sequence[str]], Programme]


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))
