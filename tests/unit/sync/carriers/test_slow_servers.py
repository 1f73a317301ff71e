"""Servers that let a file trickle, and people who wait no longer: both end at once, and nothing is lost."""

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desk_app.domain.carriers import Kind
from desk_app.domain.clock import system_milliseconds
from desk_app.domain.errors import NoConnection
from desk_app.domain.ids import DeviceId
from desk_app.storage.carriers import Way
from desk_app.sync.carriers.carrier import Addressee, Carrier, box_of
from desk_app.sync.carriers.folder import FolderCarrier
from desk_app.sync.carriers.pace import LEAST, SPAN, Pace
from desk_app.usecases import carriers, fetching
from desk_app.usecases.carriers import Opener
from tests import servers

MINE = box_of(DeviceId("aa" * 16))
NAMES = ("a.roh", "b.roh")
DATA = b"age-encryption.org/v1\n" + bytes(range(256)) * 700
FREELY = 240_000
"""So many bytes come as usual: greetings, the list, the first file and a part of the second."""


@dataclass
class Minutes:
    """A clock that goes on by a minute for every byte that trickles."""

    at: float = 0.0
    slow: threading.Event = field(default_factory=threading.Event)

    def pass_one(self) -> None:
        self.at += SPAN / 2
        self.slow.set()

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def minutes() -> Minutes:
    return Minutes()


@pytest.fixture(params=[Kind.WEBDAV, Kind.SFTP, Kind.S3])
def way(request: pytest.FixtureRequest, fresh: str, tmp_path: Path, minutes: Minutes) -> tuple[Opener, int]:
    """A way, and the port of its server."""
    told: dict[str, str] = {"user": servers.USER, "folder": fresh}
    password, key, port = servers.PASSWORD, "", 0
    match request.param:
        case Kind.WEBDAV:
            dav = request.getfixturevalue("dav")
            (dav.folder / fresh).mkdir()
            told["url"], port = f"{dav.url}/{fresh}", dav.port
        case Kind.SFTP:
            ssh, key, password = request.getfixturevalue("ssh"), request.getfixturevalue("login_key"), ""
            told |= {"server": servers.HERE, "port": str(ssh.port), "user": ssh.user, "fingerprint": ssh.fingerprint}
            told["folder"], port = str(tmp_path), ssh.port
        case _:
            endpoint, password = request.getfixturevalue("conditional_s3"), servers.PLAIN_PASSWORD
            told |= {"endpoint": endpoint, "bucket": "exchange", "region": "us-east-1"}
            port = int(endpoint.rpartition(":")[2])
    made = Way("Cloud", request.param, told, password, key)
    return Opener("Cloud", request.param, MINE, system_milliseconds, made, minutes), port


def at(opener: Opener, port: int, instead: int) -> Opener:
    """The same way, reached by another port."""
    told = {name: value.replace(str(port), str(instead)) for name, value in opener._way.told.items()}
    return replace(opener, _way=Way("Cloud", opener.kind, told, opener._way.password, opener._way.key))


def put_both(carrier: Carrier) -> None:
    for name in NAMES:
        carrier.put(name, DATA, Addressee(MINE))


def test_a_file_that_trickles_is_given_up_with_what_came_before_and_comes_later(
    way: tuple[Opener, int], minutes: Minutes
) -> None:
    opener, port = way
    carriers.using(opener, put_both)
    with servers.slow_after(port, FREELY, minutes.pass_one) as slow:
        fetched = fetching.fetch(fetching.Errand(at(opener, port, slow), frozenset()))
    assert isinstance(fetched.trouble, NoConnection)
    assert [one.data for one in fetched.items] == [DATA]
    assert len(fetched.there) == 2
    again = fetching.fetch(fetching.Errand(opener, frozenset(one.key for one in fetched.items)))
    assert (again.trouble, [one.data for one in again.items]) == (None, [DATA])
    with servers.slow_after(port, 0, minutes.pass_one) as slow, pytest.raises(NoConnection):
        carriers.using(at(opener, port, slow), lambda carrier: carrier.put("c.roh", DATA, Addressee(MINE)))


def test_who_stops_in_the_middle_of_a_file_goes_on_at_once(way: tuple[Opener, int], minutes: Minutes) -> None:
    opener, port = replace(way[0], seconds=lambda: 0.0), way[1]
    carriers.using(opener, put_both)
    let = threading.Event()

    def held() -> None:
        minutes.slow.set()
        let.wait()

    with servers.slow_after(port, FREELY, held) as slow:
        errand = fetching.Errand(at(opener, port, slow), frozenset())
        fetched = fetching.fetch(errand, lambda _done, _all: not minutes.slow.is_set())
        assert (fetched.trouble, [one.data for one in fetched.items]) == (None, [DATA])
        assert fetching.fetch(errand, lambda _done, _all: False).there == ()
        let.set()


def test_a_folder_that_hangs_is_left_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, let = threading.Event(), threading.Event()

    def hangs(*_asked: object) -> bytes:
        reading.set()
        let.wait()
        return b""

    (tmp_path / "a.roh").write_bytes(DATA)
    monkeypatch.setattr(FolderCarrier, "get", hangs)
    made = Way("Stick", Kind.FOLDER, {"path": str(tmp_path)}, "", "")
    opener = Opener("Stick", Kind.FOLDER, MINE, system_milliseconds, made)
    fetched = fetching.fetch(fetching.Errand(opener, frozenset()), lambda _done, _all: not reading.is_set())
    assert (fetched.items, len(fetched.there), fetched.trouble) == ((), 1, None)
    reading.clear()
    let.set()


def test_next_to_nothing_is_reckoned_for_each_question_anew() -> None:
    at = 0.0
    pace = Pace(lambda: at)
    at = SPAN * 3
    assert not pace.is_over  # Nothing was asked.
    pace.begins()
    at += SPAN - 1
    pace.begins()  # A server may think before each answer.
    at += SPAN - 1
    pace.moved(LEAST)
    at += 1
    assert not pace.is_over
    at += SPAN
    with pytest.raises(ConnectionAbortedError):
        pace.moved(LEAST - 1)
    with pytest.raises(ConnectionAbortedError):
        pace.moved(LEAST)
