"""The page of duplicates: the pairs at the left, the marked one side by side at the right; one key goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desk_app.domain.errors import Trouble
from desk_app.domain.ids import RecordId
from desk_app.domain.records.sameness import OPEN
from desk_app.storage.vault import Vault
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.duplicates import words
from desk_app.ui.pages.duplicates.comparing import Comparing
from desk_app.ui.pages.duplicates.frame import Above, Nobody
from desk_app.ui.pages.duplicates.pair_view import DIFFER, LATER, LINK, NEXT, REOPEN, UNLINK, PairView
from desk_app.ui.pages.duplicates.read import Listed, Opened, key_of, listed, opened, reopen
from desk_app.ui.pages.targets import INTAKE, PERSON, NewPerson, OpenDuplicates, OpenPerson
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import ScrollColumn, empty_layout
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.list_and_detail import ListAndDetail
from desk_app.ui.widgets.progress import ProgressStrip
from desk_app.ui.widgets.row_list import RowList
from desk_app.usecases import linking
from desk_app.usecases.duplicates import Pair
from desk_app.usecases.linking import Judged

TOLD = ("client", "sameness")
PAUSE_MS = 60
"""While an arrow key is held down, the pairs that it runs over are not read."""
_JUDGES: Mapping[str, Callable[[Vault, str, str], Judged]] = {
    LINK: linking.link,
    DIFFER: linking.differ,
    UNLINK: linking.unlink,
    REOPEN: reopen,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is listed and marked. Survives another language or theme."""

    target: OpenDuplicates
    state: str
    marked: str
    later: tuple[str, ...]


class DuplicatesPage(Page):
    """One pair after the other: the same person, two different people, or later."""

    kinds = frozenset({*TOLD, "bundle"})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._target = OpenDuplicates()
        self._state = OPEN
        self._shown: Listed | None = None
        self._wanted = ""
        self._later: list[str] = []
        self._acting = self._arrived = False
        tr = self.look.tr
        self.head = PageHead(self.look, tr.text("Duplicates"), back=True)
        self.head.went_back.connect(self._leave)
        self.body.addWidget(self.head)
        self._above = Above(self.look)
        self._above.chosen.connect(self._choose)
        self._above.all_asked.connect(self._show_all)
        self._above.compare_asked.connect(self.compare)
        self.body.addWidget(self._above)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read_marked)
        self.list = RowList(self.look, tr.text("People who look alike"), double=True)
        self.list.picked.connect(lambda _key: self._pause.start())
        self.list.opened.connect(lambda _key: self._into_pair())
        self.detail = ScrollColumn(self.look)
        self.view: PairView | None = None
        self.detail.installEventFilter(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(ListAndDetail(self.look, self.list, self.detail))
        self._nobody = Nobody(self.look)
        self._nobody.intake_asked.connect(lambda: around.shell.go(INTAKE, NewPerson()))
        self._nobody.compare_asked.connect(self.compare)
        self._stack.addWidget(self._nobody)
        self.body.addWidget(self._stack, 1)
        strip = ProgressStrip(self.look)
        self.body.addWidget(strip)
        self.comparing = Comparing(around, session, strip)
        self.comparing.ended.connect(self._compared)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in ((Key.SAME, LINK), (Key.DIFFERENT, DIFFER), (Key.LATER, LATER)):
            bind(self, key, partial(self._press, act), within)
        bind(self, Key.SAVE_NEXT, self.next)

    def arrive(self, target: object) -> None:
        """`OpenDuplicates`: of everybody, or of some people alone."""
        if isinstance(target, OpenDuplicates):
            self._target, self._state = target, OPEN
            self._arrived = True
            self.reload()

    def reload(self) -> None:
        """Read the list again."""
        state, only = self._state, self._target.people
        self._session.ask(lambda vault: listed(vault, state, only), self._show, owner=self)

    def kept(self) -> object:
        """What is listed and marked."""
        return Kept(self._target, self._state, self.list.current_key, tuple(self._later))

    def take_back(self, kept: object) -> None:
        """List and mark the same."""
        if isinstance(kept, Kept):
            self._target, self._state, self._wanted = kept.target, kept.state, kept.marked
            self._later = list(kept.later)
            self.reload()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window became larger or smaller: the two stand side by side in another way."""
        view = self.view
        resized = event.type() == QEvent.Type.Resize
        if resized and view is not None and view.is_wide_enough(self._room) is view.narrow:
            self._open(view.opened)
        return False

    def enter(self) -> None:
        """Into the list."""
        self.list.pick_first()

    def back(self) -> bool:
        """From the pair into the list, then to the page before."""
        if _has_keyboard(self.view):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._leave()
        return True

    def next(self) -> None:
        """Mark the next pair; after the last comes the first."""
        self.list.pick(self.list.after(self.list.current_key))

    def act(self, what: str) -> None:
        """What a button of the pair asks for."""
        pair = self._marked()
        if pair is None or self._acting:
            return
        if what in (LATER, NEXT):
            self.next() if what == NEXT else self._put_off(key_of(pair))
            return
        self._acting = True  # A second press must not judge the next pair.
        self._wanted = self.list.after(key_of(pair))
        judge = _JUDGES[what]

        def action(vault: Vault) -> Judged:
            return judge(vault, pair.one.id, pair.other.id)

        self._session.act(action, partial(self._judged, what), *TOLD, owner=self, on_error=self._refused)

    # Inside

    def _press(self, what: str) -> None:
        """A key does what its button does, where there is one."""
        if self.view is not None and what in self.view.buttons:
            self.act(what)

    def _show(self, shown: Listed) -> None:
        if shown.state != self._state:
            return
        self._shown = shown
        self._acting = False
        # What is made anew loses the keyboard: it goes on in the list.
        self._arrived = self._arrived or _has_keyboard(self._above)
        compares = self.comparing.runs
        self._above.show_listed(shown, some=bool(self._target.people), compares=compares)
        pairs = self._pairs()
        self.list.show_rows([words.pair_row(one, self.look.tr) for one in pairs])
        self._nobody.show_why(shown, compares=compares)
        self._stack.setCurrentIndex(0 if shown.pairs else 1)
        wanted, self._wanted = self._wanted, ""
        keys = [key_of(one) for one in pairs]
        marked = wanted if wanted in keys else self.list.current_key
        if pairs:
            self.list.pick(marked if marked in keys else keys[0])
        self._read_marked()
        if self._arrived:
            self._arrived = False
            self.list.pick_first()

    def compare(self) -> None:
        """Compare whoever waits."""
        self.comparing.start()
        if self._shown is not None:
            self._show(self._shown)

    def _compared(self) -> None:
        self.around.changes.tell("sameness")

    def _choose(self, codes: frozenset[str]) -> None:
        self._state = next(iter(codes), OPEN)
        self.reload()

    def _show_all(self) -> None:
        self._target = OpenDuplicates(back=self._target.back)
        self.reload()

    def _pairs(self) -> list[Pair]:
        """As they are listed: what was put off stands last."""
        found = list(self._shown.pairs) if self._shown is not None else []
        found.sort(key=lambda one: self._later.index(key_of(one)) if key_of(one) in self._later else -1)
        return found

    def _marked(self) -> Pair | None:
        key = self.list.current_key
        return next((one for one in self._pairs() if key_of(one) == key), None)

    def _read_marked(self) -> None:
        self._pause.stop()
        pair = self._marked()
        if pair is None:
            self._fill(None)
        else:
            self._session.ask(lambda vault: opened(vault, pair), self._open, owner=self)

    def _open(self, found: Opened | None) -> None:
        if found is None:
            self.reload()
        elif key_of(found.pair) == self.list.current_key:
            view = PairView(self.look, found, self._session.registry["client"], self._room)
            view.acted.connect(self.act)
            view.person_asked.connect(lambda client: self.around.shell.go(PERSON, OpenPerson(RecordId(client))))
            self._fill(view)

    @property
    def _room(self) -> int:
        """Pixels that the pair has, with a scroll bar beside it."""
        return self.detail.width() - self.detail.verticalScrollBar().sizeHint().width() - 2 * Measure.EDGE

    def _fill(self, view: PairView | None) -> None:
        within = _has_keyboard(self.view)
        empty_layout(self.detail.body)
        self.view = view
        if view is not None:
            self.detail.body.addWidget(view)
            self.detail.body.addStretch(1)
        if within:
            (view or self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_pair(self) -> None:
        if self.view is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_off(self, key: str) -> None:
        self._wanted = self.list.after(key)
        self._later = [*(one for one in self._later if one != key), key]
        if self._shown is not None:
            self._show(self._shown)

    def _judged(self, what: str, done: Judged) -> None:
        def back() -> None:
            self._wanted = done.id
            self._session.act(partial(linking.undo, done=done), lambda _none: None, *TOLD)

        self.around.shell.say(words.said(what, self.look.tr), back)

    def _refused(self, error: BaseException) -> None:
        """Somebody was faster, or others stand in the way: what is there now is shown."""
        self._acting = False
        self._wanted = ""
        self.around.errors.show(error)
        if isinstance(error, Trouble):
            self.reload()

    def _leave(self) -> None:
        self.around.shell.go(self._target.back)


def _has_keyboard(widget: QWidget | None) -> bool:
    """Whether the keyboard is somewhere in it."""
    now = QApplication.focusWidget()
    return widget is not None and now is not None and widget.isAncestorOf(now)
