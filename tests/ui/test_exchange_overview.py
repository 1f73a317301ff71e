"""The coordinator's overview of its desks: who is late, what is missing, bundles for everybody."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_app.ui.appearance import Appearance
from desk_app.ui.pages.exchange import sending
from desk_app.ui.pages.exchange.all_panel import AllPanel
from desk_app.ui.pages.exchange.desk_table import MISSING, TROUBLE, DesksCard
from desk_app.ui.pages.exchange.partner_panel import MissingPanel, PartnerPanel
from desk_app.ui.widgets.banner import Banner
from desk_app.usecases import exchange, merging
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import make_client
from tests.ui.conftest import MARK
from tests.ui.exchanging import MakeProgramme, Programme, words_of


def ask_for_what_is_missing(programme: Programme, desks: DesksCard) -> None:
    """From the desk's row to what is read out by phone."""
    shown = programme.exchange
    desks.opened.emit("khorugh")
    programme.settle()
    panel = shown.panel.content
    assert isinstance(panel, PartnerPanel)
    assert "Khorugh 1 is missing; ask for it." in words_of(panel)
    assert "They have confirmed nothing yet." in words_of(panel)
    assert "Nothing new for them" in words_of(panel)
    programme.press(panel.missing)
    asked = shown.panel.content
    assert isinstance(asked, MissingPanel)
    assert "Your bundle 1 has not come." in words_of(asked)


def tab_through(programme: Programme, desks: DesksCard) -> None:
    """Every part of the card is on the way from its box to its table."""
    passed = [programme.window.focusWidget()]
    while len(passed) < 20 and passed[-1] is not desks.view:
        programme.qtbot.keyClick(passed[-1], Qt.Key.Key_Tab)
        passed.append(programme.window.focusWidget())
    assert {desks.sorting, desks.write_all, desks.view} <= set(passed)


def write_to_all(programme: Programme, appearance: Appearance, stick: Path) -> None:
    """Each partner takes its own of what was written in one go."""
    out = stick / "out"
    out.mkdir()
    shown = programme.exchange
    assert shown.desks is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "choose_folder", lambda *_asked: out)
        programme.press(shown.desks.write_all)
    written = shown.panel.content
    assert isinstance(written, AllPanel)
    told = words_of(written)
    assert "3 bundles were written" in told
    appearance.choose_dark(True)
    programme.settle()
    again = programme.exchange.panel.content
    assert isinstance(again, AllPanel)
    assert words_of(again) == told  # Nobody can read these numbers out once they are gone.
    appearance.choose_dark(False)
    programme.settle()
    for vault in programme.others.values():
        assert Outcome.MERGED in {one.outcome for one in merging.merge_files(vault, [out])}


def test_a_coordinator_sees_who_is_late_and_what_is_missing(
    make_programme: MakeProgramme, appearance: Appearance, stick: Path
) -> None:
    programme = make_programme("coordinator", ["khorugh", "vose", "bokhtar"])
    khorugh, vose = programme.others["khorugh"], programme.others["vose"]
    make_client(vose)
    first = exchange.export(vose, "coordinator", stick).file
    exchange.export(khorugh, "coordinator", stick).file.unlink()
    programme.go()
    programme.plan(first)
    assert programme.exchange.plan_card is not None
    programme.press(programme.exchange.plan_card.take)
    programme.press(programme.exchange.plan_card.leave)
    programme.clock.forward(days=20)
    programme.plan(exchange.export(khorugh, "coordinator", stick).file)
    assert "Khorugh 1 is missing; ask for it." in words_of(programme.exchange.plan_card)
    programme.press(programme.exchange.plan_card.take)
    assert "Khorugh 1 is missing; ask for it." in words_of(programme.exchange.plan_card)

    shown = programme.go()
    desks = shown.desks
    assert desks is not None
    assert desks.codes() == ["bokhtar", "vose", "khorugh"]
    cells = {code: line.cells for code, line in desks.lines.items()}
    assert cells["bokhtar"][TROUBLE] == f"{MARK}Nothing has come yet"
    assert cells["vose"][TROUBLE] == f"{MARK}Silent for 20 days"
    assert cells["khorugh"][MISSING] == "1"
    assert "Not admitted yet: Dushanbe" in words_of(shown)

    programme.qtbot.keyClick(desks.sorting, Qt.Key.Key_Home)
    assert desks.codes() == ["bokhtar", "khorugh", "vose"]
    desks.sorting.activated.emit(0)
    assert desks.codes() == ["vose", "khorugh", "bokhtar"]
    desks.search.setText("khor")
    desks.search.searched.emit("khor")
    assert desks.codes() == ["khorugh"]
    with programme.qtbot.waitActive(programme.window):
        programme.window.activateWindow()
    desks.search.setFocus()
    tab_through(programme, desks)
    desks.search.setFocus()
    shown.reload()
    programme.settle()
    assert shown.desks is desks
    assert desks.search.hasFocus()
    assert desks.codes() == ["khorugh"]
    ask_for_what_is_missing(programme, desks)
    write_to_all(programme, appearance, stick)
    programme.window.go("today")
    programme.page.reload()
    programme.settle()
    said = [one.accessibleName() for one in programme.page.findChildren(Banner)]
    assert any("2 desks sent nothing for two weeks. §1 bundle is missing." in words for words in said), said
