"""The bundles of a partner that were taken in, and what one of them did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import today
from desk_app.domain.records.declaration import Registry
from desk_app.i18n import exchange_words
from desk_app.i18n.translator import Translator
from desk_app.storage.results import ReceivedBundle
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.records_view import RecordsView
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.focus import lead_to
from desk_app.ui.widgets.row_list import Row, RowList
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import merge_results
from desk_app.usecases.merge_results import Named


@dataclass(frozen=True, slots=True)
class Opened:
    """One bundle with what was kept of its records."""

    bundle: ReceivedBundle
    records: tuple[Named, ...]


def opened(vault: Vault, bundle: ReceivedBundle) -> Opened:
    """Reads what was kept."""
    return Opened(bundle, merge_results.of_bundle(vault, bundle.hash))


class ReceivedPanel(QWidget):
    """The newest first; `chosen(ReceivedBundle)`."""

    chosen = Signal(object)

    def __init__(self, look: Look, bundles: Sequence[ReceivedBundle]) -> None:
        super().__init__()
        tr = look.tr
        lines = column(self, gap=Measure.BETWEEN)
        if not bundles:
            words = tr.text("Nothing of this partner was taken in yet. Drop its file on the page of the exchange.")
            lines.addWidget(EmptyState(look, words, icon=Icon.IMPORT))
            return
        by_hash = {one.hash: one for one in bundles}
        self.rows = RowList(look, tr.text("Received bundles"), grows=True)
        self.rows.show_rows([bundle_row(one, tr) for one in bundles])
        self.rows.opened.connect(lambda key: self.chosen.emit(by_hash[key]))
        lines.addWidget(self.rows)
        lines.addStretch(1)
        lead_to(self, self.rows)


class BundlePanel(QWidget):
    """What one bundle did; `went_back` to the list, `opened(Named)`."""

    opened = Signal(object)
    went_back = Signal()

    def __init__(self, look: Look, shown: Opened, registry: Registry) -> None:
        super().__init__()
        tr, bundle = look.tr, shown.bundle
        lines = column(self, gap=Measure.BETWEEN)
        back = button(look, tr.text("All received bundles"), Icon.BACK, Weight.QUIET)
        back.clicked.connect(self.went_back)
        lines.addWidget(back)
        lines.addWidget(muted(_days(bundle, tr)))
        for words in did(bundle, registry, tr):
            lines.addWidget(label(words))
        if shown.records:
            self.view = RecordsView(look, shown.records)
            self.view.opened.connect(self.opened)
            lines.addWidget(self.view)
            words = tr.text("Records that were set aside, differ or went are kept in this list, and people who came.")
            lines.addWidget(label(words, Text.CAPTION))
        lines.addStretch(1)
        lead_to(self, back)


def bundle_row(one: ReceivedBundle, tr: Translator) -> Row:
    """Its number, when it was made and came, what it did in short."""
    counts = one.counts
    odd = sum(counts.get(name, 0) for name in ("disagreements", "quarantined", "erased", "removed"))
    said = [
        tr.text("Made on {day}", day=today(one.made)),
        tr.plural("{count} new", "{count} new", counts.get("new", 0)),
        tr.plural("{count} updated", "{count} updated", counts.get("updated", 0)),
    ]
    if odd:
        said.append(tr.plural("{count} to look at", "{count} to look at", odd))
    title = tr.text("No. {number}, received {day}", number=str(one.number), day=today(one.received))
    icon, tone = (Icon.NOTICE, Tone.ATTENTION) if odd else (Icon.DONE, Tone.DONE)
    return Row(one.hash, title, " · ".join(said), icon=icon, tone=tone)


def did(bundle: ReceivedBundle, registry: Registry, tr: Translator) -> list[str]:
    """What a bundle did, in whole sentences."""
    counts = bundle.counts
    kinds = merge_results.per_kind(bundle)
    new = exchange_words.holds({kind: of_kind[0] for kind, of_kind in kinds.items() if of_kind[0]}, registry, tr)
    updated = exchange_words.holds({kind: of_kind[1] for kind, of_kind in kinds.items() if of_kind[1]}, registry, tr)
    said = [
        tr.text("{label}: {value}", label=words, value=exchange_words.kind_counts(listed, tr))
        for words, listed in ((tr.text("New"), new), (tr.text("Updated"), updated))
        if listed
    ]
    if not said and not counts.get("new") and not counts.get("updated"):
        said.append(tr.text("It brought nothing that was not here already."))
    if files := counts.get("files", 0):
        said.append(tr.plural("{count} file has arrived.", "{count} files have arrived.", files))
    return [*said, *_odd(counts, tr)]


def _odd(counts: Mapping[str, int], tr: Translator) -> list[str]:
    """What asks for a look."""
    said = []
    if count := counts.get("disagreements", 0):
        said.append(tr.plural("{count} field has two versions.", "{count} fields have two versions.", count))
    if count := counts.get("quarantined", 0):
        said.append(tr.plural("{count} value was set aside.", "{count} values were set aside.", count))
    if count := counts.get("removed", 0):
        said.append(tr.plural("{count} record is removed.", "{count} records are removed.", count))
    if count := counts.get("erased", 0):
        said.append(tr.plural("{count} record is erased.", "{count} records are erased.", count))
    return said


def _days(bundle: ReceivedBundle, tr: Translator) -> str:
    return tr.text("Made on {made}, taken in on {day}.", made=today(bundle.made), day=today(bundle.received))
