"""What the window remembers between starts: nothing about people or work."""

from PySide6.QtCore import QByteArray, QSettings


class Remembered:
    """Window geometry, language, theme, text size, sidebar."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def geometry(self) -> QByteArray | None:
        """The window's place and size, as Qt saved it."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("window/geometry", value)

    @property
    def language(self) -> str:
        """The code of the chosen language; empty at the first start."""
        return self._text("language")

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def dark(self) -> bool | None:
        """Whether the dark theme was chosen; None to do as the system does."""
        chosen = self._text("theme")
        return chosen == "dark" if chosen else None

    @dark.setter
    def dark(self, value: bool | None) -> None:
        self._settings.setValue("theme", "" if value is None else "dark" if value else "light")

    @property
    def text_size(self) -> int:
        """Per cent."""
        chosen = self._text("text_size")
        return int(chosen) if chosen.isdecimal() else 100

    @text_size.setter
    def text_size(self, per_cent: int) -> None:
        self._settings.setValue("text_size", str(per_cent))

    @property
    def narrow_sidebar(self) -> bool:
        """Whether the sidebar shows icons only."""
        return self._text("sidebar") == "narrow"

    @narrow_sidebar.setter
    def narrow_sidebar(self, value: bool) -> None:
        self._settings.setValue("sidebar", "narrow" if value else "wide")

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""
