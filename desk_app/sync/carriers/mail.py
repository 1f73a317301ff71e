"""A mail box: bundles go out as attachments by SMTP and are found in the inbox by IMAP. The inbox is only looked at:
no message is marked, moved or removed. Always encrypted, at once (ports 465 and 993) or before the password is said.
"""

import imaplib
import re
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from desk_app.domain.clock import Milliseconds
from desk_app.domain.errors import (
    AddressRefused,
    CarrierSettingWrong,
    FileTooLarge,
    LoginRefused,
    NoConnection,
    ServerFailed,
    ServerNotTrusted,
    StoreFull,
    StorePlaceMissing,
    TooLargeToCarry,
)
from desk_app.sync.carriers import message
from desk_app.sync.carriers.carrier import Addressee, Found
from desk_app.sync.carriers.pace import PIECE, Pace
from desk_app.sync.carriers.web import is_untrusted, trusted

SECONDS = 60
DAYS = 120
"""Older messages are not looked at: a bundle holds what was not confirmed, so a later one brought it."""
MOST_MESSAGES = 2000

_AT_ONCE = 200
"""Of so many messages it is asked in one line: servers take no line of any length (RFC 2683, 3.2.1.5)."""
_SMTPS, _IMAPS = 465, 993
_TOO_LARGE, _FULL = (552, 523), (452, 422)
_HEAD = 65_536
_LONGEST = 1 << 30
"""Bytes that a server may announce for one part of an answer: more than any message with a bundle has."""
_UID = re.compile(rb"\bUID (\d{1,10})")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})")
_HOLDS = re.compile(rb"\.roh\b", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Box:
    """The mail box: its own address, its two servers, and who it belongs to."""

    address: str
    smtp_server: str
    smtp_port: int
    imap_server: str
    imap_port: int
    user: str
    password: str = field(repr=False)


class MailCarrier:
    """A mail box. `put` needs the addressee's address; names of files are those of messages."""

    def __init__(self, box: Box, milliseconds: Milliseconds, pace: Pace | None = None) -> None:
        self._box = box
        self._pace = pace or Pace()
        self._now = milliseconds
        self._inbox: imaplib.IMAP4 | None = None
        self._validity = ""

    def put(self, name: str, data: bytes, to: Addressee) -> None:
        """Sends a message. Raises `AddressRefused`, `TooLargeToCarry`, `LoginRefused`, `ServerNotTrusted`."""
        try:
            made = message.make(self._box.address, to.address, name, data, self._now())
        except ValueError as error:
            raise AddressRefused(to.address) from error
        with self._sending() as server:
            limit = server.esmtp_features.get("size", "")
            if limit.isdecimal() and 0 < int(limit) < len(data) * message.LARGER:
                raise TooLargeToCarry(self._box.smtp_server)
            with self._as_trouble(to.address):
                server.send_message(made, self._box.address, [to.address])

    def list_files(self) -> list[Found]:
        """The messages of the last months that carry a bundle."""
        with self._receiving(self._box.imap_server) as inbox:
            day = datetime.fromtimestamp(self._now() // 1000, UTC) - timedelta(days=DAYS)
            since = f"{day.day:02}-{_MONTHS[day.month - 1]}-{day.year}"
            # Where this computer's clock runs ahead, nothing came since: then the newest are looked at all the same.
            newest = _numbers(inbox.uid("SEARCH", "SINCE", since)) or _numbers(inbox.uid("SEARCH", "ALL"))
            told: list[bytes] = []
            for start in range(0, len(newest), _AT_ONCE):
                asked = ",".join(newest[start : start + _AT_ONCE])
                told += _lines(_good(inbox.uid("FETCH", asked, "(RFC822.SIZE BODYSTRUCTURE)")))
        return [found for one in told if (found := self._found(one)) is not None]

    def get(self, name: str, cap: int) -> bytes:
        """The whole message, not marked as read. Raises `StorePlaceMissing` where it is gone."""
        validity, _, uid = name.removesuffix(message.SUFFIX).partition("-")
        with self._receiving(self._box.imap_server) as inbox:
            if validity != self._validity or not uid.isdecimal():
                raise StorePlaceMissing(name)
            most = int(cap * message.LARGER) + _HEAD
            size = b"".join(_lines(_good(inbox.uid("FETCH", uid, "(RFC822.SIZE)"))))
            if (told := _SIZE.search(size)) is not None and int(told[1]) > most:
                raise FileTooLarge(name, int(told[1]))
            held = [one[1] for one in _good(inbox.uid("FETCH", uid, "(BODY.PEEK[])")) if isinstance(one, tuple)]
        if not held or not isinstance(held[0], bytes):
            raise StorePlaceMissing(name)
        if len(held[0]) > most:
            raise FileTooLarge(name, len(held[0]))
        return held[0]

    def check(self) -> None:
        """Signs in at both servers."""
        with self._sending():
            pass
        self.list_files()

    def close(self) -> None:
        """Signs out."""
        inbox, self._inbox = self._inbox, None
        if inbox is not None:
            try:
                inbox.logout()
            except (OSError, imaplib.IMAP4.error):
                return

    @contextmanager
    def _sending(self) -> Iterator[smtplib.SMTP]:
        box, context = self._box, trusted()
        with self._as_trouble(""):
            if box.smtp_port == _SMTPS:
                server: smtplib.SMTP = _SealedPost(
                    self._pace,
                    box.smtp_server,
                    box.smtp_port,
                    local_hostname="localhost",
                    timeout=SECONDS,
                    context=context,
                )
            else:
                server = _Post(self._pace, box.smtp_server, box.smtp_port, local_hostname="localhost", timeout=SECONDS)
            with server:
                if box.smtp_port != _SMTPS:
                    server.starttls(context=context)
                self._sign_in(server)
                yield server

    def _sign_in(self, server: smtplib.SMTP) -> None:
        box = self._box
        try:
            server.login(box.user, box.password)
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code < 500:  # By RFC 4954 that is no word about the password.
                raise ServerFailed(box.smtp_server, str(error.smtp_code)) from error
            raise LoginRefused(box.smtp_server, box.user) from error
        except smtplib.SMTPException as error:
            if type(error) in (smtplib.SMTPException, smtplib.SMTPNotSupportedError):  # Nobody is let in by a password.
                raise LoginRefused(box.smtp_server, box.user) from error
            raise

    @contextmanager
    def _as_trouble(self, address: str) -> Iterator[None]:
        box = self._box
        try:
            yield
        except smtplib.SMTPNotSupportedError as error:
            raise self._lacking(address) from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise self._said(codes[0] if codes else 550, address) from error
        except smtplib.SMTPSenderRefused as error:
            told = self._said(error.smtp_code, box.address)
            raise (CarrierSettingWrong("address") if isinstance(told, AddressRefused) else told) from error
        except smtplib.SMTPResponseException as error:
            raise self._said(error.smtp_code, address) from error
        except UnicodeError as error:
            raise self._unsayable(error, "smtp_server", box.smtp_server) from error
        except (smtplib.SMTPException, OSError) as error:
            raise _unreachable(box.smtp_server, error) from error

    def _lacking(self, address: str) -> Exception:
        """What a server told that it cannot do: encrypt, or write to an address with letters that are not Latin."""
        if not address:
            return ServerNotTrusted(self._box.smtp_server)
        return CarrierSettingWrong("address") if address.isascii() else AddressRefused(address)

    def _unsayable(self, error: UnicodeError, setting: str, server: str) -> Exception:
        """Mail servers know no letters but Latin ones: the setting that has others, if it was not the server's word."""
        if isinstance(error, UnicodeDecodeError):
            return ServerFailed(server, "UTF-8")
        for name, value in (("password", self._box.password), ("user", self._box.user)):
            if not value.isascii():
                return CarrierSettingWrong(name)
        return CarrierSettingWrong(setting)

    def _said(self, code: int, address: str) -> Exception:
        server = self._box.smtp_server
        if code in _TOO_LARGE:
            return TooLargeToCarry(server)
        if code in _FULL:
            return StoreFull(server)
        return AddressRefused(address) if address and code in (550, 551, 553) else ServerFailed(server, str(code))

    @contextmanager
    def _receiving(self, server: str) -> Iterator[imaplib.IMAP4]:
        try:
            if self._inbox is None:
                self._inbox = self._opened()
            yield self._inbox
        except imaplib.IMAP4.abort as error:
            self._let_go()
            raise NoConnection(server) from error
        except (imaplib.IMAP4.error, MemoryError) as error:  # The latter for what is said to have no end.
            self._let_go()
            raise ServerFailed(server, "IMAP") from error
        except UnicodeError as error:
            self._let_go()
            raise self._unsayable(error, "imap_server", server) from error
        except OSError as error:
            self._let_go()
            raise _unreachable(server, error) from error

    def _let_go(self) -> None:
        """After a failure nobody knows what the server says next."""
        inbox, self._inbox = self._inbox, None
        if inbox is not None:
            with suppress(OSError):
                inbox.shutdown()

    def _opened(self) -> imaplib.IMAP4:
        box, context = self._box, trusted()
        if box.imap_port == _IMAPS:
            inbox: imaplib.IMAP4 = _SealedInbox(
                self._pace, box.imap_server, box.imap_port, ssl_context=context, timeout=SECONDS
            )
        else:
            inbox = _Inbox(self._pace, box.imap_server, box.imap_port, timeout=SECONDS)
        try:
            if box.imap_port != _IMAPS:
                _encrypt(inbox, lambda: inbox.starttls(context), box.imap_server)
            try:
                inbox.login(box.user, box.password)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                raise LoginRefused(box.imap_server, box.user) from error
            _good(inbox.select("INBOX", readonly=True))
            told = inbox.response("UIDVALIDITY")[1]
            self._validity = told[0].decode("ascii", "replace") if told and isinstance(told[0], bytes) else "0"
        except BaseException:
            inbox.shutdown()
            raise
        return inbox

    def _found(self, line: bytes) -> Found | None:
        uid, size = _UID.search(line), _SIZE.search(line)
        if uid is None or size is None or not _HOLDS.search(line):
            return None
        return Found(f"{self._validity}-{int(uid[1])}{message.SUFFIX}", int(size[1]))


class _Post(smtplib.SMTP):
    """A connection for sending that says what goes."""

    def __init__(self, pace: Pace, *where: Any, **how: Any) -> None:
        self._pace = pace
        pace.begins()
        super().__init__(*where, **how)

    def send(self, s: Any) -> None:
        """Sends words or a message, in pieces that each have their time."""
        self._pace.begins()
        for start in range(0, len(s), PIECE):
            super().send(s[start : start + PIECE])
            self._pace.moved(len(s[start : start + PIECE]))


class _SealedPost(_Post, smtplib.SMTP_SSL):
    """The same, encrypted at once."""


class _Inbox(imaplib.IMAP4):
    """A connection for receiving that says what comes."""

    def __init__(self, pace: Pace, *where: Any, **how: Any) -> None:
        self._pace = pace
        pace.begins()
        super().__init__(*where, **how)

    def send(self, data: Any) -> None:
        """Asks something."""
        self._pace.begins()
        super().send(data)

    def readline(self) -> bytes:
        """A line of an answer."""
        line = super().readline()
        self._pace.moved(len(line))
        return line

    def read(self, size: int) -> bytes:
        """So many bytes of a message, or fewer where it breaks off. Raises `MemoryError` for more than any has."""
        if size > _LONGEST:
            raise MemoryError
        data = bytearray()
        while len(data) < size and (piece := super().read(min(PIECE, size - len(data)))):
            data += piece
            self._pace.moved(len(piece))
        return bytes(data)


class _SealedInbox(_Inbox, imaplib.IMAP4_SSL):
    """The same, encrypted at once."""


def _encrypt(inbox: imaplib.IMAP4, starttls: Callable[[], object], server: str) -> None:
    if "STARTTLS" not in inbox.capabilities:
        raise ServerNotTrusted(server)
    starttls()


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, told = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(kind)
    return told


def _numbers(answer: tuple[str, list[Any]]) -> list[str]:
    """The newest of the messages that a SEARCH found."""
    found = b" ".join(one for one in _good(answer) if isinstance(one, bytes)).split()
    return [one.decode("ascii") for one in found if one.isdigit()][-MOST_MESSAGES:]


def _lines(told: list[Any]) -> list[bytes]:
    """The answers of a FETCH, one a message: a name with unusual signs comes in pieces."""
    lines: list[bytes] = []
    goes_on = False
    for one in told:
        piece = b" ".join(one) if isinstance(one, tuple) else one
        if not isinstance(piece, bytes):
            continue
        if goes_on and lines:
            lines[-1] += b" " + piece
        else:
            lines.append(piece)
        goes_on = isinstance(one, tuple)
    return lines


def _unreachable(server: str, error: BaseException) -> NoConnection | ServerNotTrusted:
    return ServerNotTrusted(server) if is_untrusted(error) else NoConnection(server)
