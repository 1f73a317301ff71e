"""Every store does the same: puts whole and never over another, lists, gets; and says what is wrong."""

import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desk_app.domain.clock import system_milliseconds
from desk_app.domain.errors import (
    CarrierSettingWrong,
    FileTooLarge,
    LoginRefused,
    NameTaken,
    NoConnection,
    ServerFailed,
    ServerKeyChanged,
    ServerKeyUnknown,
    ServerNotTrusted,
    StoreFull,
    StorePlaceMissing,
    StoreRefused,
    TooLargeToCarry,
    Trouble,
)
from desk_app.domain.ids import DeviceId
from desk_app.sync.carriers.carrier import Addressee, Carrier, box_of
from desk_app.sync.carriers.folder import FolderCarrier
from desk_app.sync.carriers.s3 import S3Carrier
from desk_app.sync.carriers.s3_signing import Signer
from desk_app.sync.carriers.sftp import Login, SftpCarrier
from desk_app.sync.carriers.webdav import WebDavCarrier
from tests import servers

MINE, THEIRS = box_of(DeviceId("aa" * 16)), box_of(DeviceId("bb" * 16))
NAME = "3f9a0c11d2e4b567.roh"
DATA = b"age-encryption.org/v1\n" + bytes(range(256)) * 700
CAP = 1_000_000

Opens = Callable[[str], Carrier]
"""Opens a store for the owner of a box."""


def dav_carrier(dav: servers.Dav, folder: str, box: str = MINE, password: str = servers.PASSWORD) -> WebDavCarrier:
    (dav.folder / folder).mkdir(exist_ok=True)
    return WebDavCarrier(f"{dav.url}/{folder}", servers.USER, password, box)


def s3_carrier(endpoint: str, folder: str, box: str = MINE, secret: str = servers.PLAIN_PASSWORD) -> S3Carrier:
    signer = Signer(servers.USER, secret, "us-east-1")
    return S3Carrier(endpoint, "exchange", folder, signer, box, system_milliseconds)


def login_of(ssh: servers.Ssh, key: str) -> Login:
    return Login(servers.HERE, ssh.port, ssh.user, ssh.fingerprint, "", key)


@pytest.fixture(params=["folder", "webdav", "sftp", "signing_s3", "conditional_s3"])
def opens(request: pytest.FixtureRequest, tmp_path: Path, fresh: str) -> Opens:
    match request.param:
        case "folder":
            return lambda _box: FolderCarrier(tmp_path)
        case "webdav":
            dav = request.getfixturevalue("dav")
            return lambda box: dav_carrier(dav, fresh, box)
        case "sftp":
            login = login_of(request.getfixturevalue("ssh"), request.getfixturevalue("login_key"))
            return lambda box: SftpCarrier(login, str(tmp_path), box)
        case store:
            endpoint = request.getfixturevalue(store)
            return lambda box: s3_carrier(endpoint, fresh, box)


def test_what_is_put_is_found_and_got_by_whom_it_is_for(opens: Opens) -> None:
    sender, reader, other = opens(THEIRS), opens(MINE), opens(box_of(DeviceId("cc" * 16)))
    try:
        reader.check()
        sender.put(NAME, DATA, Addressee(MINE))
        (found,) = reader.list_files()
        assert found.name.endswith(NAME)
        assert found.size == len(DATA)
        assert reader.get(found.name, CAP) == DATA
        if not isinstance(other, FolderCarrier):
            assert other.list_files() == sender.list_files() == []
    finally:
        for one in (sender, reader, other):
            one.close()


def test_a_taken_name_stays_as_it_was(opens: Opens) -> None:
    carrier = opens(MINE)
    try:
        carrier.put(NAME, DATA, Addressee(MINE))
        with pytest.raises(NameTaken):
            carrier.put(NAME, b"another", Addressee(MINE))
        (found,) = carrier.list_files()
        assert carrier.get(found.name, CAP) == DATA
    finally:
        carrier.close()


def test_more_bytes_than_asked_for_are_refused(opens: Opens) -> None:
    carrier = opens(MINE)
    try:
        carrier.put(NAME, DATA, Addressee(MINE))
        (found,) = carrier.list_files()
        with pytest.raises(FileTooLarge):
            carrier.get(found.name, len(DATA) - 1)
    finally:
        carrier.close()


def test_other_files_are_left_alone_and_not_listed(tmp_path: Path, opens: Opens, dav: servers.Dav, fresh: str) -> None:
    carrier = opens(MINE)
    place = dav.folder / fresh if isinstance(carrier, WebDavCarrier) else tmp_path
    try:
        carrier.check()
        if not isinstance(carrier, S3Carrier):
            (place / "letter.txt").write_text("mine")
            (place / "empty.roh").touch()
            (place / ".hidden.roh").write_text("hidden")
            (place / "by hand (1).ROH").write_bytes(DATA)
            assert [one.name for one in carrier.list_files()] == ["by hand (1).ROH"]
            assert (place / "letter.txt").read_text() == "mine"
    finally:
        carrier.close()


# What goes wrong


def test_a_wrong_password_is_said(dav: servers.Dav, signing_s3: str, fresh: str) -> None:
    with pytest.raises(LoginRefused):
        dav_carrier(dav, fresh, password="wrong").check()
    with pytest.raises(LoginRefused):
        s3_carrier(signing_s3, fresh, secret="wrong").check()


def test_a_wrong_key_and_a_wrong_password_are_said(ssh: servers.Ssh, login_key: str) -> None:
    from desk_app.crypto.login_key import new_login_key

    login = login_of(ssh, login_key)
    with pytest.raises(LoginRefused):
        SftpCarrier(replace(login, key=new_login_key(secrets.token_bytes)), ".", MINE)
    with pytest.raises(LoginRefused):
        SftpCarrier(replace(login, password="wrong", key=""), ".", MINE)
    with pytest.raises(CarrierSettingWrong):
        SftpCarrier(replace(login, key=""), ".", MINE)


def test_a_server_is_known_by_its_fingerprint_alone(ssh: servers.Ssh, login_key: str) -> None:
    login = login_of(ssh, login_key)
    with pytest.raises(ServerKeyUnknown) as unknown:
        SftpCarrier(replace(login, fingerprint=""), ".", MINE)
    assert unknown.value.fingerprint == ssh.fingerprint
    with pytest.raises(ServerKeyChanged):
        SftpCarrier(replace(login, fingerprint="SHA256:" + "A" * 43), ".", MINE)


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    tmp_path: Path, stranger: servers.Authority, by: servers.Authority
) -> None:
    with servers.webdav(tmp_path / "dav", stranger) as dav:
        with pytest.raises(ServerNotTrusted):
            WebDavCarrier(dav.url, servers.USER, servers.PASSWORD, MINE).check()
        assert dav.seen == []
    other = servers.authority(tmp_path / "other name", "elsewhere.example")
    with (
        servers.webdav(tmp_path / "dav", replace(other, root=by.root)) as dav,
        pytest.raises(ServerNotTrusted),
    ):
        WebDavCarrier(dav.url, servers.USER, servers.PASSWORD, MINE).check()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/dav",
        "ftp://localhost/",
        "https://",
        "dav.example.org",
        "https://u:p@example.org/",
        "https://[x",
    ],
)
def test_nothing_goes_unencrypted(url: str) -> None:
    with pytest.raises(CarrierSettingWrong):
        WebDavCarrier(url, servers.USER, servers.PASSWORD, MINE)
    with pytest.raises(CarrierSettingWrong):
        s3_carrier(url, "")


@pytest.mark.parametrize("sent", [0, 60_000])
def test_a_web_server_that_goes_in_the_middle_leaves_nothing_that_is_taken(
    sent: int, dav: servers.Dav, fresh: str
) -> None:
    whole = dav_carrier(dav, fresh)
    whole.check()
    with servers.cut_after(dav.port, sent) as port:
        broken = dav_carrier(replace(dav, url=dav.url.replace(str(dav.port), str(port))), fresh)
        with pytest.raises(NoConnection):
            broken.put(NAME, os.urandom(300_000), Addressee(MINE))
    assert whole.list_files() == []
    whole.put(NAME, DATA, Addressee(MINE))
    assert [one.size for one in whole.list_files()] == [len(DATA)]


def test_an_ssh_server_that_goes_in_the_middle_leaves_nothing_that_is_taken(
    ssh: servers.Ssh, login_key: str, tmp_path: Path
) -> None:
    login = login_of(ssh, login_key)
    with servers.cut_after(ssh.port, 40) as port, pytest.raises(NoConnection):
        SftpCarrier(replace(login, port=port), str(tmp_path), MINE)
    with servers.cut_after(ssh.port, 60_000) as port:
        broken = SftpCarrier(replace(login, port=port), str(tmp_path), MINE)
        with pytest.raises(NoConnection):
            broken.put(NAME, os.urandom(300_000), Addressee(MINE))
        broken.close()
    assert [one.name for one in (tmp_path / MINE).iterdir()] == [f"{NAME}.tmp"]
    whole = SftpCarrier(login, str(tmp_path), MINE)
    assert whole.list_files() == []
    whole.put(NAME, DATA, Addressee(MINE))
    assert [one.size for one in whole.list_files()] == [len(DATA)]
    whole.close()


def test_nobody_at_the_port(tmp_path: Path) -> None:
    port = servers.free_port()
    opens: list[Callable[[], Carrier]] = [
        lambda: WebDavCarrier(f"https://localhost:{port}/", "a", "b", MINE),
        lambda: s3_carrier(f"http://localhost:{port}", ""),
        lambda: SftpCarrier(Login("localhost", port, "a", "", "b", ""), "", MINE),
    ]
    for one in opens:
        with pytest.raises(NoConnection):
            one().check()


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("507 Insufficient Storage", StoreFull),
        ("403 Forbidden", StoreRefused),
        ("413 Content Too Large", TooLargeToCarry),
        ("500 Internal Server Error", ServerFailed),
    ],
)
def test_a_server_that_takes_no_file_says_why(
    dav: servers.Dav, fresh: str, answer: str, trouble: type[Trouble]
) -> None:
    carrier = dav_carrier(dav, fresh)
    dav.answer = answer
    try:
        with pytest.raises(trouble):
            carrier.put(NAME, DATA, Addressee(MINE))
    finally:
        dav.answer = ""
    assert carrier.list_files() == []


def test_a_missing_place_is_said(
    dav: servers.Dav, ssh: servers.Ssh, login_key: str, signing_s3: str, tmp_path: Path
) -> None:
    gone = str(tmp_path / "gone")
    signer = Signer(servers.USER, servers.PLAIN_PASSWORD, "us-east-1")
    opens: list[Callable[[], Carrier]] = [
        lambda: FolderCarrier(Path(gone)),
        lambda: WebDavCarrier(f"{dav.url}/gone", servers.USER, servers.PASSWORD, MINE),
        lambda: SftpCarrier(login_of(ssh, login_key), gone, MINE),
        lambda: S3Carrier(signing_s3, "nobucket", "", signer, MINE, system_milliseconds),
    ]
    for one in opens:
        carrier = one()
        with pytest.raises(StorePlaceMissing):
            carrier.list_files()
        carrier.close()


def test_the_clock_of_an_old_laptop_does_not_stop_a_store(signing_s3: str, fresh: str) -> None:
    signer = Signer(servers.USER, servers.PLAIN_PASSWORD, "us-east-1")
    carrier = S3Carrier(
        signing_s3, "exchange", fresh, signer, MINE, lambda: system_milliseconds() - 40 * 365 * 86_400_000
    )
    carrier.put(NAME, DATA, Addressee(MINE))
    assert [one.size for one in carrier.list_files()] == [len(DATA)]


@pytest.mark.parametrize("opens", ["folder", "conditional_s3"], indirect=True)
def test_of_two_who_put_one_name_at_once_one_is_told(opens: Opens) -> None:
    outcomes: list[object] = []
    start = threading.Barrier(2)

    def put(data: bytes) -> None:
        carrier = opens(MINE)
        start.wait()
        try:
            carrier.put(NAME, data, Addressee(MINE))
            outcomes.append(data)
        except Trouble as trouble:
            outcomes.append(type(trouble))

    both = [threading.Thread(target=put, args=(DATA + bytes([one]),)) for one in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    (kept,) = (one for one in outcomes if isinstance(one, bytes))
    assert NameTaken in outcomes
    carrier = opens(MINE)
    assert [carrier.get(one.name, CAP) for one in carrier.list_files()] == [kept]
