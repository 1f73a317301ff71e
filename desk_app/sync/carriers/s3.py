"""S3 and what speaks like it: a bucket, or a folder in one. Signs in with an access key and its secret."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlunsplit

from desk_app.domain.clock import Milliseconds
from desk_app.domain.errors import (
    CarrierSettingWrong,
    LoginRefused,
    NameTaken,
    ServerFailed,
    StoreCrowded,
    StorePlaceMissing,
)
from desk_app.sync.carriers.addresses import checked_url
from desk_app.sync.carriers.carrier import MOST_FILES, Addressee, Found, in_boxes
from desk_app.sync.carriers.pace import Pace
from desk_app.sync.carriers.s3_signing import Signer, canonical_query
from desk_app.sync.carriers.web import Answer, Web
from desk_app.sync.carriers.xml_reading import Element, NotXml, TooManyElements, read

_WRONG_KEY = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthorizationHeaderMalformed"})
_CLOCK = "RequestTimeTooSkewed"
_MOST_PAGES = 1000
"""Of a list: a page may hold nothing but boxes, and a store that always has another one would be asked for ever."""


class S3Carrier:
    """A bucket addressed by path. One request puts a file whole; stores that know `If-None-Match` refuse a taken name
    themselves, for the others it is looked for before."""

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        folder: str,
        signer: Signer,
        own_box: str,
        milliseconds: Milliseconds,
        pace: Pace | None = None,
    ) -> None:
        self._address = checked_url(endpoint, "endpoint")
        if not bucket or "/" in bucket:
            raise CarrierSettingWrong("bucket")
        self._bucket = bucket
        self._path = f"{self._address.path.rstrip('/')}/{quote(bucket)}"
        self._folder = f"{folder.strip('/')}/" if folder.strip("/") else ""
        self._signer = signer
        self._own_box = own_box
        self._now = milliseconds
        self._ahead = 0
        self._web = Web(self._address, signer.access_key, bucket, pace or Pace())

    def put(self, name: str, data: bytes, to: Addressee) -> None:
        """Raises `NameTaken` without a byte having been sent where the name is taken."""
        key = f"{to.box}/{name}"
        found = self._ask("HEAD", key)
        if found.status == 200:
            raise NameTaken(name)
        if found.status not in (403, 404):  # Who may not list is told 403 for what is not there.
            raise self._web.trouble(found, name)
        headers = {"Content-Type": "application/octet-stream", "If-None-Match": "*"}
        sent = self._ask("PUT", key, headers=headers, body=data)
        if sent.status == 501:  # A store that knows no conditions says so.
            del headers["If-None-Match"]
            sent = self._ask("PUT", key, headers=headers, body=data)
        if sent.status not in (200, 201, 204):
            raise self._trouble(sent, name)

    def list_files(self) -> list[Found]:
        """What lies in the folder and in the own box."""
        found = self._list_folder("") + self._list_folder(f"{self._own_box}/")
        good = set(in_boxes((one.name for one in found), [self._own_box]))
        return [one for one in found if one.name in good and one.size]

    def get(self, name: str, cap: int) -> bytes:
        """Raises `StorePlaceMissing` where the file is gone."""
        answer = self._ask("GET", name, cap=cap)
        if answer.status != 200:
            raise self._trouble(answer, name)
        return answer.data

    def check(self) -> None:
        """Lists the folder: nothing can be seen of what may be put without putting something."""
        self._list_folder("")

    def close(self) -> None:
        """Lets the connection go."""
        self._web.close()

    def _list_folder(self, folder: str) -> list[Found]:
        found: list[Found] = []
        query = {"list-type": "2", "prefix": self._folder + folder, "delimiter": "/"}
        for _page in range(_MOST_PAGES):
            answer = self._ask("GET", None, query=query)
            if answer.status != 200:
                raise self._trouble(answer)
            top = self._read(answer).first("ListBucketResult")
            if top is None:
                raise ServerFailed(self._web.server, "XML")
            found += [one for entry in top.all("Contents") if (one := self._found(entry)) is not None]
            if len(found) > MOST_FILES:
                raise StoreCrowded(self._web.server)
            further = top.word("NextContinuationToken")
            if top.word("IsTruncated") != "true" or not further or query.get("continuation-token") == further:
                return found
            query["continuation-token"] = further
        raise StoreCrowded(self._web.server)

    def _found(self, entry: Element) -> Found | None:
        key, size = entry.word("Key"), entry.word("Size")
        if not key.startswith(self._folder) or not size.isdecimal() or len(size) > 15:
            return None
        return Found(key[len(self._folder) :], int(size), entry.word("ETag"))

    def _ask(
        self,
        method: str,
        key: str | None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        cap: int | None = None,
    ) -> Answer:
        """A request about a file, or with None about the bucket. An old laptop's clock may stand anywhere: the store
        says what time it is, and that is believed for the signature."""
        answer = self._send(method, key, query or {}, headers or {}, body, cap)
        told = answer.headers.get("date", "")
        if answer.status == 403 and told and self._code(answer) == _CLOCK:
            self._ahead = _moment(told, self._now()) - self._now()
            answer = self._send(method, key, query or {}, headers or {}, body, cap)
        return answer

    def _send(
        self,
        method: str,
        key: str | None,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        cap: int | None,
    ) -> Answer:
        path = self._path if key is None else f"{self._path}/{quote(self._folder + key)}"
        address = self._address
        signed = self._signer.headers(method, address.netloc, path, query, headers, body, self._now() + self._ahead)
        url = urlunsplit((address.scheme, address.netloc, path, canonical_query(query), ""))
        if cap is None:
            return self._web.ask(method, url, signed, body)
        return self._web.ask(method, url, signed, body, cap)

    def _trouble(self, answer: Answer, name: str = "") -> Exception:
        code = self._code(answer)
        if code in _WRONG_KEY:
            return LoginRefused(self._web.server, self._signer.access_key)
        if code == "NoSuchBucket":
            return StorePlaceMissing(self._bucket)
        if answer.status == 409:  # Two put one name at the same moment.
            return NameTaken(name)
        return self._web.trouble(answer, name)

    def _code(self, answer: Answer) -> str:
        """The store's own word for what went wrong; empty where something on the way answered in its place."""
        try:
            return read(answer.data).word("Error", "Code") if answer.data else ""
        except NotXml:
            return ""

    def _read(self, answer: Answer) -> Element:
        try:
            return read(answer.data)
        except TooManyElements as error:
            raise StoreCrowded(self._web.server) from error
        except NotXml as error:
            raise ServerFailed(self._web.server, "XML") from error


def _moment(told: str, otherwise: int) -> int:
    """The time in a `Date` header, in Unix milliseconds."""
    try:
        moment = parsedate_to_datetime(told)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).timestamp() * 1000)
    except (ValueError, OverflowError):
        return otherwise
