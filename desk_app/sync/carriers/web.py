"""Requests to a server over HTTPS, with every way to fail said as trouble."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult

import truststore
import urllib3
from urllib3.exceptions import HTTPError, LocationValueError

from desk_app.domain.errors import (
    FileTooLarge,
    LoginRefused,
    NameTaken,
    NoConnection,
    ServerFailed,
    ServerNotTrusted,
    StoreFull,
    StorePlaceMissing,
    StoreRefused,
    TooLargeToCarry,
    Trouble,
)
from desk_app.sync.carriers.pace import PIECE, Pace

CONNECT_SECONDS, ANSWER_SECONDS = 20, 60
ANSWER_CAP = 16 * 1024 * 1024
"""Bytes of any answer that is no file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. Names of headers are small letters."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def trusted() -> ssl.SSLContext:
    """Certificates and names are checked as the system does it."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def is_untrusted(error: BaseException | None) -> bool:
    """Whether a connection failed at its encryption, by a certificate or without any; a broken one is none of that."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)
        error = error.__cause__ or error.__context__
    return False


class Web:
    """One server. `user` and `place` are for the words of trouble alone."""

    def __init__(self, url: SplitResult, user: str, place: str, pace: Pace) -> None:
        self.server = url.hostname or ""
        self._user = user
        self._place = place
        self._pace = pace
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
        self._pool = urllib3.PoolManager(retries=False, timeout=timeout, ssl_context=trusted())

    def ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"", cap: int = ANSWER_CAP
    ) -> Answer:
        """Sends a request and reads its answer, whatever its status.

        Raises `NoConnection`, `ServerNotTrusted`, and `FileTooLarge` for more than `cap` bytes.
        """
        sent = {"User-Agent": "roh", "Accept-Encoding": "identity", **headers}
        if body:  # In pieces it has no length of its own, and would go in a form that not every store takes.
            sent["Content-Length"] = str(len(body))
        self._pace.begins()
        try:
            answer = self._pool.request(
                method,
                url,
                body=self._pieces(body) if body else None,
                headers=sent,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                data = self._read(answer, cap + 1)
            finally:
                answer.close()
        except LocationValueError as error:
            raise NoConnection(self.server) from error
        except (HTTPError, OSError) as error:
            raise (ServerNotTrusted if is_untrusted(error) else NoConnection)(self.server) from error
        if len(data) > cap:
            raise FileTooLarge(self.server, len(data))
        heads = {name.lower(): value for name, value in answer.headers.items()}
        if method != "HEAD" and _promised(heads) > len(data):
            raise NoConnection(self.server)
        return Answer(answer.status, heads, data)

    def _pieces(self, body: bytes) -> Iterator[bytes]:
        """Each piece has the time that the whole would have had: on a slow line that would not be enough."""
        for start in range(0, len(body), PIECE):
            yield body[start : start + PIECE]
            self._pace.moved(PIECE)

    def _read(self, answer: urllib3.BaseHTTPResponse, most: int) -> bytes:
        data = bytearray()
        while len(data) < most and (piece := answer.read(min(PIECE, most - len(data)))):
            data += piece
            self._pace.moved(len(piece))
        return bytes(data)

    def trouble(self, answer: Answer, name: str = "") -> Trouble:
        """What an answer means that is not the one hoped for."""
        match answer.status:
            case 401:
                return LoginRefused(self.server, self._user)
            case 403:
                return StoreRefused(self.server)
            case 404 | 409 | 410:
                return StorePlaceMissing(self._place)
            case 412 if name:
                return NameTaken(name)
            case 413:
                return TooLargeToCarry(self.server)
            case 507:
                return StoreFull(self.server)
            case status:
                return ServerFailed(self.server, str(status))

    def close(self) -> None:
        """Lets the connections go."""
        self._pool.clear()


def _promised(heads: Mapping[str, str]) -> int:
    """So many bytes a server said that it would send; the library passes on what came before a connection broke."""
    told = heads.get("content-length", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else 0
