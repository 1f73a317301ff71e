"""Line icons, recoloured by theme role and kept once drawn."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from desk_app.ui.theme import Measure, Role, Theme


class Icon(StrEnum):
    """The icons that are shipped; the value is the file's name."""

    TODAY = "sun"
    PEOPLE = "users"
    REFERRALS = "send"
    COURSES = "graduation-cap"
    DIRECTORY = "building-2"
    FIGURES = "chart-no-axes-column"
    EXCHANGE = "arrow-left-right"
    SETTINGS = "settings"
    SEARCH = "search"
    LOCK = "lock"
    LANGUAGE = "languages"
    ADD = "plus"
    CLOSE = "x"
    CHECK = "check"
    DONE = "circle-check"
    REFUSED = "circle-x"
    WITHDRAWN = "circle-minus"
    NOT_ASKED = "circle-dashed"
    UNKNOWN = "circle-question-mark"
    NOTICE = "circle-alert"
    WARNING = "triangle-alert"
    INFO = "info"
    DUE = "clock"
    WAITING = "hourglass"
    CALENDAR = "calendar"
    APPOINTMENT = "calendar-days"
    PERSON = "user"
    NEW_PERSON = "user-plus"
    PHONE = "phone"
    PAPER = "file-text"
    DRAFT = "file-pen"
    PRINT = "printer"
    EDIT = "pencil"
    DELETE = "trash-2"
    UNDO = "undo-2"
    LEFT = "chevron-left"
    RIGHT = "chevron-right"
    BACK = "arrow-left"
    FORWARD = "arrow-right"
    MORE = "ellipsis"
    SHOW = "eye"
    HIDE = "eye-off"
    RISK = "shield-alert"
    SAFE = "shield-check"
    STORED = "hard-drive"
    EXPORT = "upload"
    IMPORT = "download"
    EMPTY = "inbox"
    NOTE = "message-square"
    LEGAL = "scale"
    SOCIAL = "heart-handshake"
    PSYCHOLOGICAL = "brain"
    HOUSING = "house"
    ID_CARD = "id-card"
    HELP_GIVEN = "hand-helping"
    SHARED = "share-2"
    HISTORY = "history"
    KEY = "key-round"
    LINK = "link"
    UNLINK = "unlink"
    USB = "usb"
    SIDEBAR_CLOSE = "panel-left-close"
    SIDEBAR_OPEN = "panel-left-open"
    SAVE = "save"
    WORK = "briefcase"
    MONEY = "banknote"
    REFRESH = "refresh-cw"
    FLAG = "flag"
    REMINDER = "bell-ring"
    COMPARE = "columns-2"


class Icons:
    """Draws the icons of one theme; each is drawn once for a role and size."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._pixmaps: dict[tuple[Icon, Role, int, float], QPixmap] = {}
        self._icons: dict[tuple[Icon, Role, Role], QIcon] = {}

    def pixmap(self, icon: Icon, role: Role = Role.TEXT, size: int = Measure.ICON, ratio: float = 1.0) -> QPixmap:
        """The icon in a role's colour; size in pixels at 100 % text, ratio the screen's device pixels to one.

        Raises FileNotFoundError when the file is missing: the installation is damaged.
        """
        key = (icon, role, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(icon, role, self._theme.px(size), ratio)
        return self._pixmaps[key]

    def icon(self, icon: Icon, role: Role = Role.TEXT, checked: Role = Role.PRIMARY) -> QIcon:
        """The icon for a button: muted when disabled, in `checked` when the button is on; sharp on dense screens."""
        key = (icon, role, checked)
        if key not in self._icons:
            made = QIcon()
            for ratio in (1.0, 1.5, 2.0):
                for mode, state, wanted in (
                    (QIcon.Mode.Normal, QIcon.State.Off, role),
                    (QIcon.Mode.Normal, QIcon.State.On, checked),
                    (QIcon.Mode.Disabled, QIcon.State.Off, Role.MUTED),
                ):
                    made.addPixmap(self.pixmap(icon, wanted, ratio=ratio), mode, state)
            self._icons[key] = made
        return self._icons[key]

    def _draw(self, icon: Icon, role: Role, side: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # after the window is shown for all but the few icons of the unlock page

        svg = (self._folder / f"{icon.value}.svg").read_text("utf-8").replace("currentColor", self._theme.code(role))
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode("utf-8"))).render(painter, QRectF(0, 0, side, side))
        painter.end()
        return pixmap
