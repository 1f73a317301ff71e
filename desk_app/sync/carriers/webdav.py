"""WebDAV (RFC 4918): Nextcloud, ownCloud, the network folders of many providers. Signs in with a password (Basic)."""

import base64
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from desk_app.domain.errors import FileTooLarge, NameTaken, ServerFailed, StoreCrowded
from desk_app.sync.carriers.addresses import checked_url
from desk_app.sync.carriers.carrier import MOST_FILES, UNFINISHED, UNREADABLE, Addressee, Found, in_boxes
from desk_app.sync.carriers.pace import Pace
from desk_app.sync.carriers.web import Answer, Web
from desk_app.sync.carriers.xml_reading import Element, NotXml, TooManyElements, read

_ASKED = (
    b'<?xml version="1.0"?><d:propfind xmlns:d="DAV:"><d:prop><d:getcontentlength/><d:getetag/>'
    b"<d:getlastmodified/><d:resourcetype/></d:prop></d:propfind>"
)
_MADE, _WAS_THERE = (200, 201, 204), (301, 302, 405)


class WebDavCarrier:
    """A folder on a WebDAV server. A file is put under another name and moved, so that nobody meets half of one."""

    def __init__(self, url: str, user: str, password: str, own_box: str, pace: Pace | None = None) -> None:
        address = checked_url(url, "url")
        path = address.path.rstrip("/") + "/"
        self._top = urlunsplit((address.scheme, address.netloc, path, "", ""))
        self._path = unquote(path)
        self._own_box = own_box
        self._web = Web(address, user, url, pace or Pace())
        signed = base64.b64encode(f"{user}:{password}".encode()).decode()  # UTF-8, as RFC 7617 wants it.
        self._headers = {"Authorization": f"Basic {signed}"}

    def put(self, name: str, data: bytes, to: Addressee) -> None:
        """Raises `NameTaken` without a byte having been sent where the name is taken."""
        final, part = self._at(f"{to.box}/{name}"), self._at(f"{to.box}/{name}{UNFINISHED}")
        self._make_box(to.box)
        found = self._ask("HEAD", final)
        if found.status == 200:
            raise NameTaken(name)
        if found.status != 404:
            raise self._web.trouble(found, name)
        sent = self._ask("PUT", part, {"Content-Type": "application/octet-stream"}, data)
        if sent.status not in _MADE:
            raise self._web.trouble(sent, name)
        moved = self._ask("MOVE", part, {"Destination": final, "Overwrite": "F"})
        if moved.status not in (201, 204):
            self._ask("DELETE", part)
            raise self._web.trouble(moved, name)

    def list_files(self) -> list[Found]:
        """What lies in the folder and in the own box."""
        inside = self._list_folder("", must=True)
        boxes = [one.name.rstrip("/") for one in inside if one.name.endswith("/")]
        if self._own_box in boxes:
            inside += self._list_folder(f"{self._own_box}/", must=False)
        good = set(in_boxes((one.name for one in inside), [self._own_box]))
        return [one for one in inside if one.name in good and one.size]

    def get(self, name: str, cap: int) -> bytes:
        """Raises `StorePlaceMissing` where the file is gone."""
        answer = self._ask("GET", self._at(name), cap=cap)
        if answer.status != 200:
            raise self._web.trouble(answer, name)
        return answer.data

    def check(self) -> None:
        """Lists the folder, and makes the own box in it: an empty folder, to see that it may be written to."""
        self._list_folder("", must=True)
        self._make_box(self._own_box)

    def close(self) -> None:
        """Lets the connection go."""
        self._web.close()

    def _make_box(self, box: str) -> None:
        made = self._ask("MKCOL", self._at(f"{box}/"))
        if made.status not in (*_MADE, *_WAS_THERE):
            raise self._web.trouble(made)

    def _list_folder(self, folder: str, *, must: bool) -> list[Found]:
        headers = {"Depth": "1", "Content-Type": "application/xml"}
        try:
            answer = self._ask("PROPFIND", self._at(folder), headers, _ASKED)
            if answer.status == 404 and not must:
                return []
            if answer.status != 207:
                raise self._web.trouble(answer)
            entries = list(read(answer.data).all("response"))
        except (FileTooLarge, TooManyElements) as error:
            raise StoreCrowded(self._web.server) from error
        except NotXml as error:
            raise ServerFailed(self._web.server, "XML") from error
        if len(entries) > MOST_FILES:
            raise StoreCrowded(self._web.server)
        return [found for one in entries if (found := self._found(one, folder)) is not None]

    def _found(self, entry: Element, folder: str) -> Found | None:
        try:
            path = unquote(urlsplit(entry.word("href")).path)
        except ValueError:
            return None  # No address at all.
        if not path.startswith(self._path + folder) or path == self._path + folder or UNREADABLE in path:
            return None
        name = path[len(self._path) :]
        for told in entry.all("prop"):
            if told.first("resourcetype", "collection") is not None:
                return Found(name.rstrip("/") + "/", 0)
            size = told.word("getcontentlength")
            if size.isdecimal() and len(size) < 16:
                return Found(name, int(size), told.word("getetag") or told.word("getlastmodified"))
        return None

    def _at(self, name: str) -> str:
        return self._top + quote(name)

    def _ask(
        self, method: str, url: str, headers: dict[str, str] | None = None, body: bytes = b"", cap: int | None = None
    ) -> Answer:
        sent = self._headers | (headers or {})
        answer = self._web.ask(method, url, sent, body) if cap is None else self._web.ask(method, url, sent, body, cap)
        if answer.status in (401, 403, 507):
            raise self._web.trouble(answer)
        return answer
