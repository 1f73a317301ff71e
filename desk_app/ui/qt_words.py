"""Qt's own strings (dialog buttons, edit menus, file and print dialogs) answered from our catalogues."""

from PySide6.QtCore import QObject, QTranslator

from desk_app.i18n.translator import Translator
from desk_app.ui.qt_messages import QT_MESSAGES

# Qt writes the accelerator inside the word; the catalogues hold the plain word.
_PLAIN = {context: frozenset(messages) for context, messages in QT_MESSAGES.items()}

_ENVELOPE = "Envelope "
"""Before the name of a size; the sizes of sheets are names that need no words."""


class QtWords(QTranslator):
    """Install it on the application; strings it does not know stay as Qt has them."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr

    def isEmpty(self) -> bool:
        """Never: Qt does not ask an empty translator."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The words for one of Qt's strings, with an accelerator where Qt's had one; None leaves it to Qt."""
        if context == "QPageSize" and source.startswith(_ENVELOPE):
            return self._tr.text("Envelope {name}", name=source.removeprefix(_ENVELOPE))
        plain = source.replace("&", "")
        if plain not in _PLAIN.get(context, ()):
            return None
        words = self._tr.text(plain)
        return f"&{words}" if "&" in source else words
