"""A bundle as an attachment of a message: made, saved as a file, and found again in whatever comes back.

The message says nothing: its subject is the file's random name, its text is empty.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from desk_app.sync.carriers.carrier import is_bundle
from desk_app.sync.carriers.line_ends import is_sealed, mended

if TYPE_CHECKING:
    from email.message import EmailMessage, Message
    from email.policy import Policy

SUFFIX = ".eml"
LARGER = 1.4
"""So many bytes of a message for a byte of the bundle, with its head."""

_MOST_PARTS = 200
_MOST_HEADS = 2000
_LONGEST_HEAD = 8192
"""Signs of a head that is looked at. The mail library takes hours for one that was made for it."""


def make(sender: str, to: str, name: str, data: bytes, at: int) -> "EmailMessage":
    """A message with the bundle in it. `at` is Unix milliseconds. Raises ValueError for an address with line breaks."""
    from email.message import EmailMessage  # Whoever sends no mail does not wait for it.
    from email.policy import SMTP

    made = EmailMessage(policy=SMTP)
    if sender:
        made["From"] = sender
    if to:
        made["To"] = to
    made["Subject"] = name
    made["Date"] = datetime.fromtimestamp(at // 1000, UTC)
    # The usual id tells the computer's name.
    made["Message-ID"] = f"<{name}@{sender.rpartition('@')[2] or 'invalid'}>"
    made.set_content("\n")
    made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def as_draft(made: "EmailMessage") -> bytes:
    """The message as a file that a mail program opens for sending."""
    made["X-Unsent"] = "1"
    return made.as_bytes()


def bundles_in(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """The bundles in what a way brought: the file itself, or the attachments of a message; none in anything else."""
    if is_sealed(data):
        return [(name, mended(data))]
    if not name.lower().endswith(SUFFIX):
        return [(name, data)] if is_bundle(name) else []
    return [(called, mended(held)) for called, held in _attachments(data)]


def _attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    from email.parser import BytesParser
    from email.policy import compat32

    try:
        read = BytesParser(_counted(), policy=compat32).parsebytes(data)
    except _NoMessage:
        return
    for number, part in enumerate(read.walk()):
        called, held = _name(part), _content(part)
        if held is not None and (is_bundle(called) or is_sealed(held)):
            yield (called if is_bundle(called) else f"{number}.roh"), held


class _NoMessage(Exception):
    """It has more parts or heads than anybody's message."""


def _counted() -> "type[Message]":
    """The parts of one message, as the library is to make them: by itself it goes through any number, however deep."""
    from email.message import Message

    parts, heads = count(1), count(1)

    class Part(Message):
        def __init__(self, policy: "Policy[Message]") -> None:
            super().__init__(policy)
            if next(parts) > _MOST_PARTS:
                raise _NoMessage

        def set_raw(self, name: str, value: str) -> None:
            if next(heads) > _MOST_HEADS:
                raise _NoMessage
            super().set_raw(name, value if len(value) <= _LONGEST_HEAD else "")

    return Part


def _name(part: "Message") -> str:
    """What an attachment is called; empty for a spelling that the mail library does not read."""
    try:
        said = part.get_filename()
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""
    return said if isinstance(said, str) else ""


def _content(part: "Message") -> bytes | None:
    try:
        held = None if part.is_multipart() else part.get_payload(decode=True)
    except (LookupError, ValueError, TypeError, AssertionError):
        return None
    return held if isinstance(held, bytes) else None
