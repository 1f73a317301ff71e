"""Bundles by mail: sent and found through real servers, saved and opened as files, mended where mail hurt them."""

import email
import email.policy
import imaplib
import os
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.clock import system_milliseconds
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
    Trouble,
)
from desk_app.sync.carriers import mail, message
from desk_app.sync.carriers.carrier import Addressee
from desk_app.sync.carriers.line_ends import mended
from desk_app.sync.carriers.mail import Box, MailCarrier
from desk_app.sync.carriers.pace import SPAN, Pace, wait_for
from tests import servers
from tests.fakes import START

NAME = "3f9a0c11d2e4b567.roh"
DATA = b"age-encryption.org/v1\n" + b"a\r\nb\nc\0" + bytes(range(256)) * 40
PARTNER = Addressee("", "partner@example.org")
CAP = 1_000_000


@pytest.fixture(scope="module")
def inbox(by: servers.Authority) -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(by.root))
        with servers.imap(by) as port:
            yield port


@pytest.fixture(scope="module")
def post(by: servers.Authority) -> Iterator[servers.Post]:
    with servers.smtp(by, size=100_000) as running:
        yield running


@pytest.fixture
def box(post: servers.Post, inbox: int) -> Box:
    here, user, password = servers.HERE, servers.USER, servers.PLAIN_PASSWORD
    return Box("desk@example.org", here, post.port, here, inbox, user, password)


def deliver(port: int, held: bytes) -> None:
    """What a mail server does between the two."""
    server = imaplib.IMAP4(servers.HERE, port)
    server.starttls(ssl.create_default_context())
    server.login(servers.USER, servers.PLAIN_PASSWORD)
    assert server.append("INBOX", "", "", held)[0] == "OK"
    server.logout()


def test_a_bundle_goes_by_one_server_and_is_found_at_the_other(box: Box, post: servers.Post, inbox: int) -> None:
    carrier = MailCarrier(box, system_milliseconds)
    carrier.check()
    before = {one.name for one in carrier.list_files()}
    carrier.put(NAME, DATA, PARTNER)
    sent = post.messages[-1]
    deliver(inbox, b"Subject: lunch\r\n\r\nNo bundle here.\r\n")
    deliver(inbox, sent)
    carrier.close()

    (found,) = (one for one in carrier.list_files() if one.name not in before)
    assert message.bundles_in(found.name, carrier.get(found.name, CAP)) == [(NAME, DATA)]
    with pytest.raises(FileTooLarge):
        carrier.get(found.name, -60_000)
    with pytest.raises(StorePlaceMissing):
        carrier.get("1-1.eml", CAP)
    carrier.close()
    ahead = MailCarrier(box, lambda: system_milliseconds() + 40 * 365 * 86_400_000)
    assert found.name in {one.name for one in ahead.list_files()}  # A clock that runs ahead hides no message.
    ahead.close()
    reading = email.message_from_bytes(sent, policy=email.policy.SMTP)
    assert reading["Subject"] == NAME
    assert servers.HERE not in str(reading["Message-ID"])


def test_wrong_passwords_addresses_and_sizes_are_said(box: Box, post: servers.Post) -> None:
    wrong = MailCarrier(replace(box, password="wrong"), system_milliseconds)
    with pytest.raises(LoginRefused):
        wrong.put(NAME, DATA, PARTNER)
    with pytest.raises(LoginRefused):
        wrong.list_files()
    carrier = MailCarrier(box, system_milliseconds)
    post.refuses.add("nobody@example.org")
    for address in ("nobody@example.org", "two\nlines@example.org"):
        with pytest.raises(AddressRefused):
            carrier.put(NAME, DATA, Addressee("", address))
    with pytest.raises(TooLargeToCarry):
        carrier.put(NAME, os.urandom(80_000), PARTNER)


def test_what_mail_servers_cannot_read_is_named(box: Box, post: servers.Post) -> None:
    for field in ("password", "user"):
        foreign = MailCarrier(replace(box, **{field: "Зарина"}), system_milliseconds)
        for act in (lambda one=foreign: one.put(NAME, DATA, PARTNER), foreign.list_files):
            with pytest.raises(CarrierSettingWrong) as wrong:
                act()
            assert wrong.value.setting == field
    post.refuses.add("another@example.org")
    with pytest.raises(CarrierSettingWrong) as wrong:
        MailCarrier(replace(box, address="another@example.org"), system_milliseconds).put(NAME, DATA, PARTNER)
    assert wrong.value.setting == "address"


def test_a_server_without_passwords_lets_nobody_in_and_is_no_broken_line(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lets_in_by_other_means(*_said: object) -> None:
        raise smtplib.SMTPException("No suitable authentication method found.")

    monkeypatch.setattr(smtplib.SMTP, "login", lets_in_by_other_means)
    with pytest.raises(LoginRefused):
        MailCarrier(box, system_milliseconds).put(NAME, DATA, PARTNER)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("552 message too large", TooLargeToCarry),
        ("452 no room", StoreFull),
        ("554 not today", ServerFailed),
        ("550 unknown", AddressRefused),
    ],
)
def test_what_the_server_says_of_the_message_is_said_on(
    box: Box, post: servers.Post, answer: str, trouble: type[Trouble]
) -> None:
    post.answer = answer
    try:
        with pytest.raises(trouble):
            MailCarrier(box, system_milliseconds).put(NAME, DATA, PARTNER)
    finally:
        post.answer = "250 OK"


def test_nothing_is_said_to_a_server_that_cannot_prove_itself(
    box: Box, post: servers.Post, monkeypatch: pytest.MonkeyPatch, stranger: servers.Authority
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger.root))
    carrier = MailCarrier(box, system_milliseconds)
    before = len(post.messages)
    with pytest.raises(ServerNotTrusted):
        carrier.put(NAME, DATA, PARTNER)
    with pytest.raises(ServerNotTrusted):
        carrier.list_files()
    assert len(post.messages) == before


def test_servers_that_go_away_are_said(box: Box, post: servers.Post, inbox: int) -> None:
    with servers.cut_after(post.port, 1500) as port, pytest.raises(NoConnection):
        MailCarrier(replace(box, smtp_port=port), system_milliseconds).put(NAME, os.urandom(60_000), PARTNER)
    with servers.cut_after(inbox, 400) as port, pytest.raises(NoConnection):
        MailCarrier(replace(box, imap_port=port), system_milliseconds).list_files()
    nobody = MailCarrier(replace(box, smtp_port=servers.free_port()), system_milliseconds)
    with pytest.raises(NoConnection):
        nobody.put(NAME, DATA, PARTNER)


def test_servers_that_let_a_message_trickle_are_given_up(box: Box, post: servers.Post, inbox: int) -> None:
    class Clock:
        at = 0.0

        def on(self) -> None:
            self.at += SPAN / 2

    clock = Clock()
    deliver(inbox, message.make("a@example.org", box.address, NAME, os.urandom(200_000), START).as_bytes())
    whole = MailCarrier(box, system_milliseconds)
    named = whole.list_files()[-1].name
    whole.close()
    with servers.slow_after(inbox, 60_000, clock.on) as imap, servers.slow_after(post.port, 1_500, clock.on) as smtp:
        slow = replace(box, imap_port=imap, smtp_port=smtp)
        for act in (lambda one: one.get(named, CAP), lambda one: one.put(NAME, DATA, PARTNER)):
            pace = Pace(lambda: clock.at)
            with pytest.raises((ConnectionAbortedError, NoConnection)):  # Whichever of the two threads sees it first.
                wait_for(partial(act, MailCarrier(slow, system_milliseconds, pace)), lambda: True, pace)


def test_a_server_that_encrypts_at_once(by: servers.Authority, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    with servers.smtp(by, at_once=True) as other:
        monkeypatch.setattr(mail, "_SMTPS", other.port)
        MailCarrier(replace(box, smtp_port=other.port), system_milliseconds).put(NAME, DATA, PARTNER)
        assert len(other.messages) == 1


# Files of messages


def test_a_saved_message_opens_again() -> None:
    made = message.make("", "", NAME, DATA, START)
    held = message.as_draft(made)
    assert message.bundles_in("send me.eml", held) == [(NAME, DATA)]
    assert b"X-Unsent: 1" in held


def test_a_forwarded_message_and_one_saved_with_other_line_ends_open_too() -> None:
    inner = message.make("a@example.org", "b@example.org", NAME, DATA, START)
    outer = email.message.EmailMessage(policy=email.policy.SMTP)
    outer["Subject"] = "Fwd"
    outer.set_content("See below.\n")
    outer.add_attachment(inner)
    held = outer.as_bytes()
    assert message.bundles_in("a.eml", held) == [(NAME, DATA)]
    assert message.bundles_in("a.eml", held.replace(b"\r\n", b"\n")) == [(NAME, DATA)]


@given(st.binary(max_size=300))
def test_carriage_returns_that_mail_put_in_are_taken_out(rest: bytes) -> None:
    sealed = b"age-encryption.org/v1\n" + rest
    assert mended(sealed.replace(b"\n", b"\r\n")) == sealed
    assert mended(sealed) == sealed
    assert mended(rest) == rest or rest.startswith(b"age")


def test_a_bundle_that_went_as_text_is_mended() -> None:
    hurt = DATA.replace(b"\n", b"\r\n")
    assert message.bundles_in(NAME, hurt) == [(NAME, DATA)]
    head = b'Content-Type: text/plain; name="a.roh"\r\nContent-Transfer-Encoding: 8bit\r\n'
    assert message.bundles_in("a.eml", head + b'Content-Disposition: attachment; filename="a.roh"\r\n\r\n' + hurt) == [
        ("a.roh", DATA)
    ]


HEADS = st.lists(
    st.sampled_from(
        [
            b"Content-Type: multipart/mixed; boundary=x",
            b"Content-Type: message/rfc822",
            b"Content-Type: text/plain; charset=nonsense",
            b"Content-Transfer-Encoding: base64",
            b"Content-Transfer-Encoding: uuencode",
            b"Content-Disposition: attachment; filename*=nonsense'x'%FF%GG.roh",
            b'Content-Disposition: attachment; filename="../../a.roh"',
            b"--x",
            b"--x--",
            b"",
            b"begin 666 a.roh",
            b"=?utf-8?b?4pyT=?=",
        ]
    )
)


@pytest.mark.parametrize(
    "hostile",
    [
        b"Content-Type: message/rfc822\r\n\r\n" * 2000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 2000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 100_000,
        b'Content-Disposition: attachment; filename="' + b'\\";' * 300_000 + b"\r\n\r\n",
        b"X: y\r\n" * 50_000 + b"\r\n",
    ],
    ids=["messages", "parts in parts", "parts", "a long head", "heads"],
)
def test_a_message_made_to_have_no_end_has_one(hostile: bytes) -> None:
    assert message.bundles_in("a.eml", hostile) == []


@given(HEADS, st.binary(max_size=60))
def test_no_message_brings_the_reader_down(lines: list[bytes], rest: bytes) -> None:
    for name, held in message.bundles_in("hostile.eml", b"\r\n".join(lines) + rest):
        assert "/" not in name
        assert isinstance(held, bytes)
