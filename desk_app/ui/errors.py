"""Errors on screen: trouble as a sentence and a next step, a bug as an apology and a line in the log."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from desk_app.domain.errors import Trouble
from desk_app.i18n.translator import Translator

_log = logging.getLogger(__name__)

Describe = Callable[[BaseException, Translator], str]
"""Turns trouble into a sentence and a next step in one language; any other error into the words for bugs."""
Show = Callable[[str, bool], None]
"""Puts words before the person; True when she can do nothing about it (a bug)."""


class ErrorReport:
    """Where every error of the window ends: pass `show` as the `on_error` of background work."""

    def __init__(self, describe: Describe, translator: Callable[[], Translator], show: Show) -> None:
        self._describe = describe
        self._translator = translator
        self._show = show

    def words(self, error: BaseException) -> str:
        """What to tell the person. A bug is logged without what it was about."""
        if not isinstance(error, Trouble):
            _log.error("window_bug", exc_info=error)
        return self._describe(error, self._translator())

    def show(self, error: BaseException) -> None:
        """Tell the person, wherever the window shows such words now."""
        self._show(self.words(error), not isinstance(error, Trouble))

    def install(self) -> None:
        """Show and log what no code caught, instead of a traceback with values in it."""

        def hook(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                sys.exit(130)
            self.show(error)

        sys.excepthook = hook
