"""SFTP: a folder on a server that people reach by SSH. The server is known by the fingerprint of its key alone.

Whoever sets it up compares that fingerprint once; until then not even the user's name is sent. Signs in with a
password, or with a key of the program's own where no password was given.
"""

import base64
import contextlib
import hashlib
import io
import logging
import posixpath
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import paramiko
from paramiko.sftp import CMD_NAME, SFTPError

from desk_app.domain.errors import (
    CarrierSettingWrong,
    FileTooLarge,
    LoginRefused,
    NameTaken,
    NoConnection,
    ServerFailed,
    ServerKeyChanged,
    ServerKeyUnknown,
    StoreCrowded,
    StorePlaceMissing,
    StoreRefused,
)
from desk_app.sync.carriers.carrier import MOST_FILES, UNFINISHED, UNREADABLE, Addressee, Found, in_boxes
from desk_app.sync.carriers.pace import Pace

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

SECONDS = 30
_PIECE = 256 * 1024
_MOST_PARTS = 5000
"""Of the lists of files in a session; servers tell some hundred names in each."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where to and as whom. `fingerprint` as servers print it: `SHA256:` and base64; empty while nobody compared it."""

    server: str
    port: int
    user: str
    fingerprint: str
    password: str = field(repr=False)
    key: str = field(repr=False)
    """A private key in the format of OpenSSH, for where there is no password."""


class SftpCarrier:
    """A folder on an SFTP server. A file is put under another name; SFTP's rename never replaces."""

    def __init__(self, login: Login, folder: str, own_box: str, pace: Pace | None = None) -> None:
        # Its events would name servers and users.
        logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)
        self._login = login
        self._folder = folder.rstrip("/") or ("/" if folder else ".")
        self._own_box = own_box
        pace = pace or Pace()
        self._transport = _connected(login, pace)
        try:
            with self._as_trouble():
                channel = self._transport.open_session(timeout=SECONDS)
                channel.settimeout(SECONDS)
                channel.invoke_subsystem("sftp")
                self._files = _Files(channel)
                self._files.pace = pace
        except BaseException:
            self._transport.close()
            raise

    def put(self, name: str, data: bytes, to: Addressee) -> None:
        """Raises `NameTaken` without a byte having been sent where the name is taken."""
        final, part = self._at(f"{to.box}/{name}"), self._at(f"{to.box}/{name}{UNFINISHED}")
        with self._as_trouble():
            self._make_box(to.box)
            if self._is_there(final):
                raise NameTaken(name)
            self._files.putfo(io.BytesIO(data), part, len(data), confirm=True)
            try:
                self._files.rename(part, final)
            except OSError:
                taken = self._is_there(final)
                self._files.remove(part)
                if taken:
                    raise NameTaken(name) from None
                raise

    def list_files(self) -> list[Found]:
        """What lies in the folder and in the own box."""
        with self._as_trouble():
            found = self._list_folder("")
            with contextlib.suppress(FileNotFoundError):
                found += self._list_folder(f"{self._own_box}/")
        good = set(in_boxes((one.name for one in found), [self._own_box]))
        return [one for one in found if one.name in good and one.size]

    def get(self, name: str, cap: int) -> bytes:
        """Raises `StorePlaceMissing` where the file is gone."""
        with self._as_trouble(), self._files.open(self._at(name), "rb") as file:
            size = file.stat().st_size or 0
            if size > cap:
                raise FileTooLarge(name, size)
            file.prefetch(size)
            pieces: list[bytes] = []
            while piece := file.read(_PIECE):
                pieces.append(piece)
                if sum(map(len, pieces)) > cap:
                    raise FileTooLarge(name, cap + 1)
        return b"".join(pieces)

    def check(self) -> None:
        """Lists the folder, and makes the own box in it, to see that it may be written to."""
        self.list_files()
        with self._as_trouble():
            self._make_box(self._own_box)

    def close(self) -> None:
        """Ends the session."""
        self._transport.close()

    def _make_box(self, box: str) -> None:
        if not self._is_there(self._at(box)):
            self._files.mkdir(self._at(box), 0o770)

    def _list_folder(self, folder: str) -> list[Found]:
        found = []
        for entry in self._files.listdir_attr(self._at(folder)):
            if stat.S_ISREG(entry.st_mode or 0) and UNREADABLE not in entry.filename:
                found.append(Found(folder + entry.filename, entry.st_size or 0, str(entry.st_mtime)))
        if len(found) > MOST_FILES:
            raise StoreCrowded(self._login.server)
        return found

    def _is_there(self, path: str) -> bool:
        try:
            self._files.stat(path)
        except FileNotFoundError:
            return False
        return True

    def _at(self, name: str) -> str:
        return posixpath.join(self._folder, name)

    @contextlib.contextmanager
    def _as_trouble(self) -> Iterator[None]:
        server = self._login.server
        try:
            yield
        except FileNotFoundError as error:
            raise StorePlaceMissing(self._folder) from error
        except PermissionError as error:
            raise StoreRefused(server) from error
        except (EOFError, ConnectionError, TimeoutError, paramiko.SSHException) as error:
            raise NoConnection(server) from error
        except (SFTPError, _Crowded) as error:
            raise (StoreCrowded(server) if isinstance(error, _Crowded) else ServerFailed(server, "SFTP")) from error
        except OSError as error:
            # The protocol has one word for all else, a full disk among it; a lost connection has no word at all.
            if self._transport.is_active() and not _is_closed(error):
                raise ServerFailed(server, "SFTP") from error
            raise NoConnection(server) from error


class _Counted(socket.socket):
    """A connection that says what goes and comes."""

    def __init__(self, made: socket.socket, pace: Pace) -> None:
        super().__init__(made.family, made.type, made.proto, made.detach())
        self._pace = pace

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """What came. The library asks several times a second, whether something comes or not."""
        self._pace.moved(0)
        came = super().recv(bufsize, flags)
        self._pace.moved(len(came))
        return came

    def send(self, data: "ReadableBuffer", flags: int = 0, /) -> int:
        """So many bytes went."""
        sent = super().send(data, flags)
        self._pace.moved(sent)
        return sent


class _Crowded(Exception):
    """A list of files has no end."""


class _Readable(paramiko.Message):
    """An answer whose words may be of any alphabet: the library takes one that is not UTF-8 for a fault of its own."""

    def __init__(self, answer: paramiko.Message) -> None:
        super().__init__()
        self.packet = answer.packet

    def get_text(self) -> str:
        """The next words of the answer."""
        return self.get_binary().decode("utf-8", "replace")


class _Names(_Readable):
    """A part of a list of files, which may say that it is longer than it is."""

    def get_text(self) -> str:
        """The next name. Raises `SFTPError` at the end."""
        if self.packet.tell() >= self.packet.getbuffer().nbytes:
            raise SFTPError
        return super().get_text()


class _Files(paramiko.SFTPClient):
    """Speaks with servers on which other programs keep files, under names of their own."""

    pace = Pace()
    _parts = 0

    def _request(self, kind: Any, *asked: Any) -> tuple[Any, Any]:
        client: Any = super()
        self.pace.begins()
        said, answer = client._request(kind, *asked)
        if said != CMD_NAME:
            return said, answer
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise _Crowded
        return said, _Names(answer)

    def _convert_status(self, answer: Any) -> None:
        client: Any = super()
        client._convert_status(_Readable(answer))


def fingerprint(key: paramiko.PKey) -> str:
    """A server's key as `ssh-keygen -l` prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")


def _connected(login: Login, pace: Pace) -> paramiko.Transport:
    pace.begins()
    try:
        sock = socket.create_connection((login.server, login.port), timeout=SECONDS)
    except (OSError, UnicodeError) as error:
        raise NoConnection(login.server) from error
    except OverflowError as error:
        raise CarrierSettingWrong("port") from error
    transport = paramiko.Transport(_Counted(sock, pace))
    try:
        transport.start_client(timeout=SECONDS)
        _prove(login, fingerprint(transport.get_remote_server_key()))
        _sign_in(transport, login)
    except paramiko.AuthenticationException as error:
        transport.close()
        raise LoginRefused(login.server, login.user) from error
    except (paramiko.SSHException, EOFError, OSError) as error:
        transport.close()
        raise NoConnection(login.server) from error
    except BaseException:
        transport.close()
        raise
    return transport


def _prove(login: Login, shown: str) -> None:
    if not login.fingerprint:
        raise ServerKeyUnknown(login.server, shown)
    if login.fingerprint.removeprefix("SHA256:").rstrip("=") != shown.removeprefix("SHA256:"):
        raise ServerKeyChanged(login.server, shown)


def _sign_in(transport: paramiko.Transport, login: Login) -> None:
    transport.auth_timeout = SECONDS
    if login.password:
        transport.auth_password(login.user, login.password)
        return
    try:
        key = paramiko.Ed25519Key.from_private_key(io.StringIO(login.key))
    except paramiko.SSHException as error:
        raise CarrierSettingWrong("key") from error
    transport.auth_publickey(login.user, key)


def _is_closed(error: OSError) -> bool:
    return "closed" in str(error).lower()
