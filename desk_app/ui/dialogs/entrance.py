"""The window before the window: one card in the middle, the language at its foot."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.i18n.languages import LANGUAGES
from desk_app.ui.appearance import Appearance
from desk_app.ui.dialogs.create_card import CreateCard
from desk_app.ui.dialogs.forgotten_card import ForgottenCard
from desk_app.ui.dialogs.recovery_card import RecoveryCard
from desk_app.ui.dialogs.rescue_card import RescueCard, Way
from desk_app.ui.dialogs.unlock_card import UnlockCard
from desk_app.ui.icons import Icon
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Text
from desk_app.ui.widgets.boxes import Card, ScrollColumn, row
from desk_app.ui.widgets.buttons import icon_button
from desk_app.ui.widgets.choices import PlainCombo
from desk_app.ui.widgets.choose_files import choose_folder
from desk_app.ui.widgets.text import label


class Entrance(QWidget):
    """Unlock, create, recovery code: one at a time. Another language makes the card again with what was typed."""

    unlock_asked = Signal(str, str)
    """User (empty where there is only one) and passphrase."""
    create_asked = Signal(object)
    """A `NewDesk`."""
    reset_asked = Signal(object)
    """A `Forgotten`."""
    rescue_asked = Signal(object)
    """A `Rescue`."""
    print_asked = Signal()
    """The recovery code that is shown, on paper."""
    confirmed = Signal()
    """The recovery code was written down."""
    folder_chosen = Signal(object)
    """Another folder to open, a Path."""
    closed = Signal()

    CARD = 480
    ABOVE = 48

    def __init__(self, appearance: Appearance, folder: Path) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._appearance = appearance
        self.folder = folder
        self._users: tuple[str, ...] = ()
        self._code: tuple[str, int, bool] | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(720, 560)
        self.resize(1366, 768)
        self.card: Card = Card(appearance.look)
        self._ground: QWidget | None = None
        self.show_unlock()
        bind(self, Key.HELP, self.help)
        appearance.changed.connect(self._change_look)

    def show_unlock(self) -> None:
        """Ask for the passphrase."""
        made = UnlockCard(self._appearance.look, self.folder)
        made.unlock_asked.connect(self.unlock_asked)
        made.create_asked.connect(self.show_create)
        made.folder_asked.connect(self._choose_folder)
        made.forgotten.connect(self.show_forgotten)
        made.restore_asked.connect(lambda: self.show_rescue(Way.RESTORE))
        made.salvage_asked.connect(lambda: self.show_rescue(Way.SALVAGE))
        made.show_users(self._users)
        self._place(made)

    def show_create(self) -> None:
        """Ask for what a new desk is made from."""
        made = CreateCard(self._appearance.look, self.folder)
        made.create_asked.connect(self.create_asked)
        made.went_back.connect(self.show_unlock)
        self._place(made)

    def show_forgotten(self) -> None:
        """Ask for the paper that opens the desk, and for a new passphrase."""
        made = ForgottenCard(self._appearance.look, self._users)
        made.asked.connect(self.reset_asked)
        made.went_back.connect(self.show_unlock)
        self._place(made)

    def show_rescue(self, way: Way) -> None:
        """Ask for what a desk is brought back with."""
        made = RescueCard(self._appearance.look, way, self.folder)
        if isinstance(self.card, UnlockCard):
            made.user.set_typed(self.card.user)
        made.asked.connect(self.rescue_asked)
        made.went_back.connect(self.show_unlock)
        self._place(made)

    def show_recovery(self, code: str, asked: int, can_print: bool = False) -> None:
        """Show the recovery code, this once, and ask for one of its groups."""
        self._code = (code, asked, can_print)
        made = RecoveryCard(self._appearance.look, code, asked, can_print=can_print)
        made.print_asked.connect(self.print_asked)
        made.confirmed.connect(self.confirmed)
        self._place(made)

    def show_users(self, names: tuple[str, ...]) -> None:
        """Who can open the folder that is shown."""
        self._users = names
        if isinstance(self.card, UnlockCard):
            self.card.show_users(names)

    def help(self) -> None:
        """Open the handbook at what the card asks for; the card waits behind it with what was typed."""
        from desk_app.ui.handbook.window import HandbookWindow  # not before somebody asks: the window opens sooner

        HandbookWindow(self._appearance.look, _help_place(self.card), self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the person went away."""
        super().closeEvent(event)
        self.closed.emit()

    def _place(self, card: Card) -> None:
        look = self._appearance.look
        self.setWindowTitle(look.tr.text("Roh"))
        if self._ground is not None:
            self._ground.hide()
            self._lines.removeWidget(self._ground)
            self._ground.deleteLater()
        scroll = ScrollColumn(look)
        card.setFixedWidth(look.theme.px(self.CARD))
        centre = Qt.AlignmentFlag.AlignHCenter
        # At a fixed height, so that nothing jumps when the card grows by a sentence.
        above = 0 if isinstance(card, CreateCard | ForgottenCard | RescueCard) else look.theme.px(self.ABOVE)
        scroll.body.setContentsMargins(0, above, 0, 0)
        scroll.body.addWidget(label(look.tr.text("Roh"), Text.FIGURE, wrap=False), 0, centre)
        middle = row()
        middle.addStretch(1)
        middle.addWidget(card)  # Without an alignment, which would give it the height of unbroken lines.
        middle.addStretch(1)
        scroll.body.addLayout(middle)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self._languages())
        ask = icon_button(look, Icon.UNKNOWN, f"{look.tr.text('Help')} ({Key.HELP})")
        ask.clicked.connect(self.help)
        foot.addWidget(ask)
        foot.addStretch(1)
        scroll.body.addLayout(foot)
        self._ground, self.card = scroll, card
        self._lines.addWidget(scroll)
        card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _languages(self) -> PlainCombo:
        tr = self._appearance.look.tr
        combo = PlainCombo()
        combo.setMinimumWidth(self._appearance.look.theme.px(200))
        combo.setAccessibleName(tr.text("Language"))
        combo.setToolTip(tr.text("Language"))
        for language in LANGUAGES:
            combo.addItem(language.own_name, language.code)
        combo.setCurrentIndex(combo.findData(tr.language.code))
        queued = Qt.ConnectionType.QueuedConnection
        combo.activated.connect(lambda _place: self._appearance.choose_language(combo.currentData()), queued)
        return combo

    def _change_look(self) -> None:
        card = self.card
        if isinstance(card, RecoveryCard) and self._code is not None:
            self.show_recovery(*self._code)
        elif isinstance(card, CreateCard):
            typed = card.typed()
            self.show_create()
            self._give_back(typed)
        elif isinstance(card, ForgottenCard):
            typed = card.typed()
            self.show_forgotten()
            self._give_back(typed)
        elif isinstance(card, RescueCard):
            typed = card.typed()
            self.show_rescue(card.way)
            self._give_back(typed)
        elif isinstance(card, UnlockCard):
            user, passphrase = card.user, card.passphrase.typed()
            self.show_unlock()
            self._give_back({"user": user, "passphrase": passphrase})

    def _give_back(self, typed: Mapping[str, str]) -> None:
        if isinstance(self.card, CreateCard | ForgottenCard | RescueCard):
            self.card.set_typed(typed)
        elif isinstance(self.card, UnlockCard):
            self.card.passphrase.set_typed(typed["passphrase"])
            self.card.choose_user(typed["user"])

    def _choose_folder(self) -> None:
        if found := choose_folder(self, start=str(self.folder.parent)):
            self.folder = found
            self._users = ()
            self.show_unlock()
            self.folder_chosen.emit(self.folder)


def _help_place(card: Card) -> str:
    if isinstance(card, RescueCard):
        return "door#restore" if card.way is Way.RESTORE else "door#salvage"
    return _HELP.get(type(card), "door")


_HELP: Mapping[type, str] = {
    UnlockCard: "door#unlock",
    CreateCard: "door#create",
    RecoveryCard: "door#recovery",
    ForgottenCard: "door#forgotten",
}
"""Where the handbook speaks of each card."""
