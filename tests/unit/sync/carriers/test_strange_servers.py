"""Servers that are not what they should be, or on which others live too: nothing of theirs stops the program."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.crypto.login_key import public_line
from desk_app.domain.clock import system_milliseconds
from desk_app.domain.errors import (
    LoginRefused,
    NoConnection,
    ServerFailed,
    StoreCrowded,
    StoreFull,
    StorePlaceMissing,
    StoreRefused,
    TooLargeToCarry,
    Trouble,
)
from desk_app.sync.carriers import xml_reading
from desk_app.sync.carriers.carrier import Carrier
from desk_app.sync.carriers.s3 import S3Carrier
from desk_app.sync.carriers.s3_signing import Signer
from desk_app.sync.carriers.sftp import Login, SftpCarrier
from desk_app.sync.carriers.webdav import WebDavCarrier
from tests import servers

BOX = "ab" * 8


def dav_at(port: int) -> WebDavCarrier:
    return WebDavCarrier(f"http://localhost:{port}/dav", servers.USER, servers.PASSWORD, BOX)


def s3_at(port: int) -> S3Carrier:
    signer = Signer(servers.USER, servers.PLAIN_PASSWORD, "us-east-1")
    return S3Carrier(f"http://localhost:{port}", "exchange", "", signer, BOX, system_milliseconds)


def answer(status: str, body: bytes, *heads: str) -> bytes:
    """What a web server says that hangs up afterwards."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *heads, "", ""]
    return "\r\n".join(lines).encode() + body


@pytest.mark.parametrize("at", [dav_at, s3_at])
def test_an_answer_that_breaks_off_is_no_file(at: Callable[[int], Carrier]) -> None:
    with servers.answering(answer("200 OK", b"x" * 1000)[:-400]) as port, pytest.raises(NoConnection):
        at(port).get("a.roh", 10_000)


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        ("401 Unauthorized", LoginRefused),
        ("403 Forbidden", StoreRefused),
        ("404 Not Found", StorePlaceMissing),
        ("413 Content Too Large", TooLargeToCarry),
        ("507 Insufficient Storage", StoreFull),
        ("302 Found", ServerFailed),
        ("500 Internal Server Error", ServerFailed),
    ],
)
def test_what_something_on_the_way_answers_in_words_of_its_own_is_understood(
    status: str, trouble: type[Trouble]
) -> None:
    elsewhere = "Location: https://elsewhere.example/"
    for at in (dav_at, s3_at):
        with servers.answering(answer(status, b"<html><br>no</html>", elsewhere)) as port, pytest.raises(trouble):
            at(port).list_files()


def test_a_store_whose_clock_stands_nowhere_is_refused_in_words() -> None:
    skewed = b"<Error><Code>RequestTimeTooSkewed</Code></Error>"
    said = answer("403 Forbidden", skewed, "Date: Fri, 31 Dec 9999 23:59:59 -2300")
    with servers.answering(said) as port, pytest.raises(StoreRefused):
        s3_at(port).list_files()


def test_a_list_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "MOST_ELEMENTS", 1000)
    crowded = b"<a>" + b"<b/>" * 2000 + b"</a>"
    with servers.answering(answer("207 Multi-Status", crowded)) as port, pytest.raises(StoreCrowded):
        dav_at(port).list_files()
    pages = iter(range(10_000))
    monkeypatch.setattr(S3Carrier, "_ask", lambda *_asked, **_more: Page(next(pages)))
    with pytest.raises(StoreCrowded):
        s3_at(1).list_files()


class Page:
    """One of the pages of a store that always has another one."""

    status = 200

    def __init__(self, number: int) -> None:
        more = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{number}</NextContinuationToken>"
        self.data = f"<ListBucketResult>{more}</ListBucketResult>".encode()


def test_files_of_others_under_names_of_their_own_alphabet(ssh: servers.Ssh, login_key: str, tmp_path: Path) -> None:
    for name in ("Руйхат.roh".encode("cp1251"), "дигар.txt".encode("cp1251")):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"1")
    (tmp_path / "ours.roh").write_bytes(b"12")
    login = Login(servers.HERE, ssh.port, ssh.user, ssh.fingerprint, "", login_key)
    carrier = SftpCarrier(login, str(tmp_path), BOX)
    assert [(one.name, one.size) for one in carrier.list_files()] == [("ours.roh", 2)]
    carrier.close()


def test_a_server_that_greets_where_files_are_spoken_of_is_said(login_key: str, tmp_path: Path) -> None:
    program = tmp_path / "greets"
    program.write_text("#!/bin/sh\necho Welcome to this fine server; cat\n")
    program.chmod(0o755)
    with servers.sftp(tmp_path / "ssh", public_line(login_key), str(program)) as ssh, pytest.raises(ServerFailed):
        SftpCarrier(Login(servers.HERE, ssh.port, ssh.user, ssh.fingerprint, "", login_key), "", BOX)
