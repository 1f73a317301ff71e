"""When the desk locks itself."""

from PySide6.QtCore import Signal

from desk_app.ui.look import Look
from desk_app.ui.widgets.boxes import Card
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.text import muted
from desk_app.usecases.locking import CHOICES


class LockCard(Card):
    """`chosen(int)`: the minutes that were clicked."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        tr = look.tr
        super().__init__(look, tr.text("Locking"))
        self.body.addWidget(
            muted(
                tr.text(
                    "The desk locks itself when nobody touches it for so long, and when the computer sleeps. "
                    "What was typed is kept."
                )
            )
        )
        choices = [Filter(str(count), tr.plural("{count} minute", "{count} minutes", count)) for count in CHOICES]
        self.minutes = FilterBar(look, tr.text("Lock after"), choices)
        self.minutes.chosen.connect(lambda codes: self.chosen.emit(int(next(iter(codes)))))
        self.body.addWidget(self.minutes)

    def show_minutes(self, minutes: int) -> None:
        """Mark what is chosen."""
        self.minutes.choose(str(minutes))
