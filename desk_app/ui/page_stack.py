"""The pages: each made when it is first opened, read again when what it shows has changed."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QStackedWidget

from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.widgets.panel import Held, SidePanel


class PageStack(QStackedWidget):
    """One page at a time."""

    def __init__(self, entries: Sequence[PageEntry], around: Surroundings) -> None:
        super().__init__()
        self._entries = {entry.key: entry for entry in entries}
        self._around = around
        self._made: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._trail: list[str] = []
        self._kept: dict[str, tuple[object, Held | None]] = {}

    @property
    def current(self) -> str:
        """The key of the open page; empty before the first."""
        return self._trail[-1] if self._trail else ""

    @property
    def current_page(self) -> Page:
        """The open page. Raises KeyError before the first."""
        return self._made[self.current]

    def knows(self, key: str) -> bool:
        """Whether there is such a page."""
        return key in self._entries

    def open(self, key: str, target: object = None) -> None:
        """Show a page, made or read again if need be. Raises KeyError for an unknown page."""
        page = self._made.get(key) or self._make(key)
        if key in self._stale:
            self._stale.discard(key)
            page.reload()
        if self.current != key:
            self._trail.append(key)
            del self._trail[:-20]
        self.setCurrentWidget(page)
        if target is not None:
            page.arrive(target)

    def help_place(self) -> str:
        """Where the handbook speaks of the open page; empty before the first."""
        return (self.current_page.help_place() or self.current) if self.current else ""

    def back(self) -> None:
        """One step back inside the page."""
        if self.current:
            self.current_page.back()

    def changed(self, kinds: frozenset[str]) -> None:
        """Records of these kinds changed: the open page reads again now, the others when they are next shown."""
        self._stale |= {key for key, page in self._made.items() if page.kinds & kinds}
        if self.current in self._stale:
            self._stale.discard(self.current)
            self.current_page.reload()

    def flush(self) -> None:
        """Every page keeps its drafts now."""
        for page in self._made.values():
            page.flush()

    def kept(self) -> Mapping[str, tuple[object, Held | None]]:
        """What every page wants to carry over into its next making, and what its panel holds."""
        return self._kept | {key: (page.kept(), _held(page)) for key, page in self._made.items()}

    def take_back(self, kept: Mapping[str, tuple[object, Held | None]]) -> None:
        """Give each page, when it is made, what its former self kept."""
        self._kept = dict(kept)

    def _make(self, key: str) -> Page:
        page = self._entries[key].build(self._around)
        self._made[key] = page
        self.addWidget(page)
        page.reload()
        kept, held = self._kept.pop(key, (None, None))
        if kept is not None:
            page.take_back(kept)
        panel = page.findChild(SidePanel)
        if held is not None and panel is not None:
            panel.take_back(held, page)
        return page


def _held(page: Page) -> Held | None:
    panel = page.findChild(SidePanel)
    return panel.kept() if panel is not None else None
