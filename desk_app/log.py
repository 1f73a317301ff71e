"""A log that can be handed to anybody: it says what happened and where in the code, never to whom.

A line carries the time (UTC), the level, the logger, the event, and for an error the names of its classes and the
modules and lines it passed through. Messages of errors, arguments and values are left out, for they may hold names.
"""

import ctypes
import logging
import re
import sys
import time
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "roh.log"
LARGEST = 512 * 1024
"""Bytes after which a new file is begun; two older ones are kept."""

_PR_SET_DUMPABLE = 4
"""`prctl(2)`: whether the kernel may write this process's memory to a file, and other processes may read it."""
_OWN = "desk_app"
_EVENT = re.compile(r"[a-z][a-z0-9_]{0,63}")
_UNNAMED = "unnamed"


class ImpersonalFormatter(logging.Formatter):
    """Writes the few parts of a record that cannot hold anything personal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: time, level, logger, event, and the error's classes and places."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        parts = [moment, record.levelname, record.name, event_of(record)]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            parts += [f"error={'<'.join(classes(error))}", f"at={'>'.join(places(error))}"]
        return " ".join(parts)


def event_of(record: logging.LogRecord) -> str:
    """The event's name; for another library's record, or one written as a sentence, only where it came from."""
    own = record.name == _OWN or record.name.startswith(_OWN + ".")
    if own and isinstance(record.msg, str) and _EVENT.fullmatch(record.msg):
        return record.msg
    return f"{_UNNAMED}:{record.module}:{record.lineno}"


def classes(error: BaseException) -> Iterator[str]:
    """The class names of an error and of what it came from, last first."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield f"{type(cause).__module__}.{type(cause).__qualname__}".removeprefix("builtins.")
        cause = cause.__cause__ or cause.__context__


def places(error: BaseException) -> Iterator[str]:
    """The modules and lines an error passed through, outermost first."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"{frame.f_globals.get('__name__', '?')}:{line}"


class ImpersonalFile(RotatingFileHandler):
    """The log file, made at the first line, with the same care for what it says when it cannot be written."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=LARGEST, backupCount=2, encoding="utf-8", delay=True)
        self.setFormatter(ImpersonalFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record, making the folder first when it is not there."""
        try:
            Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            self.handleError(record)
        else:
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Does nothing: a full disk must not stop the work, and the usual report would print the record's values."""


def forbid_dumps() -> None:
    """From now on a crash leaves no image of the memory on the disk. Windows writes one only where it is asked to."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def start(folder: Path) -> logging.Handler:
    """Sends everything that is logged to a file in the folder; returns the handler, for whoever stops it again.

    Our own events are kept from INFO on, those of the libraries from WARNING on.
    """
    handler = ImpersonalFile(folder / FILE_NAME)
    logging.getLogger().addHandler(handler)
    logging.getLogger(_OWN).setLevel(logging.INFO)
    return handler
