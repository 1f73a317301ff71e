"""The row of buttons: what can be done for a person. The same on the page and in the preview."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QPushButton

from desk_app.domain.records.service import TYPE
from desk_app.i18n import labels
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.widgets.buttons import Weight, button, icon_button

Ask = Callable[[str], object]
"""Told what was asked for: `service.<type>`, `need`, `followup`, `refer`, `print`."""


def person_actions(look: Look, ask: Ask) -> list[QPushButton]:
    """Consultation (with its types below), Refer, Follow-up, Need, Print."""
    tr = look.tr
    consult = button(look, tr.text("Consultation"), Icon.NOTE, Weight.MAIN)
    menu = QMenu(consult)
    for code, words in labels.offered(TYPE, tr).items():
        menu.addAction(words.replace("&", "&&")).triggered.connect(_asks(ask, f"service.{code}"))
    consult.setMenu(menu)
    made = [consult]
    for words, icon, what in (
        (tr.text("Refer"), Icon.REFERRALS, "refer"),
        (tr.text("Follow-up"), Icon.REMINDER, "followup"),
        (tr.text("Need"), Icon.FLAG, "need"),
        (tr.text("Print"), Icon.PRINT, "print"),
    ):
        act = button(look, words, icon)
        act.clicked.connect(_asks(ask, what))
        made.append(act)
    return made


def more_button(look: Look, ask: Ask) -> QPushButton:
    """What is done once in a long while, away from what is done every day: `transfer`, `link`, `erase`."""
    made = icon_button(look, Icon.MORE, look.tr.text("More"))
    menu = QMenu(made)
    menu.addAction(look.tr.text("Transfer to another desk")).triggered.connect(_asks(ask, "transfer"))
    menu.addAction(look.tr.text("Same person as …")).triggered.connect(_asks(ask, "link"))
    menu.addAction(look.tr.text("Erase this person")).triggered.connect(_asks(ask, "erase"))
    made.setMenu(menu)
    return made


def _asks(ask: Ask, what: str) -> Callable[[], object]:
    return lambda: ask(what)
