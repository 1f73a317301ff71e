"""Words on the screen."""

from unicodedata import bidirectional

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import Qt as Texts
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Role, Text, Tone

_LONG = 10
"""A word of no more letters has room wherever there is any."""
_SOFT = "\u200b"
"""Between two letters: a line may end here."""
_LEFT_TO_RIGHT = "\u200e"


class _Text(QLabel):
    """A label whose wrapped text asks for one line and takes what its width needs; Qt's own guesses a square. A word
    that is wider than the label breaks."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self._is_laid = False

    def text(self) -> str:
        """What it was told to say."""
        return self._words

    def setText(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other words may be too wide now."""
        super().resizeEvent(event)
        self._is_laid = True
        self._fit()

    def _fit(self) -> None:
        shown = self._words
        if self.wordWrap() and self._is_laid and max(map(len, shown.split()), default=0) > _LONG:
            metrics, room = self.fontMetrics(), self.contentsRect().width()
            words = (_SOFT.join(one) if metrics.horizontalAdvance(one) > room else one for one in shown.split(" "))
            shown = " ".join(words)
        if _begins_right_to_left(shown):
            shown = f"{_LEFT_TO_RIGHT}{shown}"  # A name in Arabic letters turns no sentence round.
        if shown != super().text():
            super().setText(shown)

    def sizeHint(self) -> QSize:
        """As wide as its longest line."""
        if not self.wordWrap():
            return super().sizeHint()
        metrics = self.fontMetrics()
        lines = self._words.split("\n")
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2
        return QSize(width, metrics.lineSpacing() * len(lines))

    def heightForWidth(self, width: int) -> int:
        """In the width it would get of this one; Qt forgets the greatest it may have."""
        return super().heightForWidth(min(width, self.maximumWidth()))

    def minimumSizeHint(self) -> QSize:
        """One line, however narrow."""
        return QSize(1, self.fontMetrics().height()) if self.wordWrap() else super().minimumSizeHint()


def label(words: str = "", kind: Text = Text.BODY, *, tone: Tone | None = None, wrap: bool = True) -> QLabel:
    """A text in one of the kinds of the theme; always plain text, for what it shows may come from outside."""
    made = _Text(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", kind.value)
    if tone is not None and tone is not Tone.PLAIN:
        made.setProperty("tone", tone.value)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def muted(words: str = "", *, wrap: bool = True) -> QLabel:
    """Body text of second rank."""
    made = label(words, wrap=wrap)
    made.setProperty("look", "muted")
    return made


def _begins_right_to_left(words: str) -> bool:
    sides = (bidirectional(letter) for letter in words)
    return next((side in ("R", "AL") for side in sides if side in ("L", "R", "AL")), False)


def tip(words: str) -> str:
    """The same words for a tool tip. Qt takes one that looks like HTML for HTML and fetches the pictures it names, from
    another computer too, and names come from outside."""
    if not Texts.mightBeRichText(words):
        return words
    return Texts.convertFromPlainText(words, Qt.WhiteSpaceMode.WhiteSpaceNormal)


class PathLabel(QLabel):
    """A path on one line: its middle is left out where there is little room, and the tip has it whole."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "muted")
        self.setToolTip(tip(path))
        self.setAccessibleName(path)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def sizeHint(self) -> QSize:
        """The whole path."""
        return QSize(self.fontMetrics().horizontalAdvance(self._path) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Its first and last letters."""
        return QSize(80, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much as there is room for."""
        super().resizeEvent(event)
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._path, middle, event.size().width()))


def picture(look: Look, icon: Icon, role: Role = Role.MUTED, size: int = Measure.ICON) -> QLabel:
    """An icon that stands beside its word, which says what it means."""
    made = QLabel()
    made.setPixmap(look.icons.pixmap(icon, role, size, ratio=made.devicePixelRatioF()))
    made.setFixedSize(look.theme.px(size), look.theme.px(size))
    return made


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet selects by, and dress the widget again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
