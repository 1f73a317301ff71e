import pytest

from desk_app.crypto.sealing import (
    ExchangeIdentity,
    ExchangeKeyError,
    NotForUsError,
    NotSealedError,
    Recipient,
    SealBrokenError,
    check_recipient,
    fingerprint,
    new_exchange_identity,
    open_sealed,
    seal,
)

OURS, OLD, STRANGER = (new_exchange_identity() for _ in range(3))
DATA = bytes(range(256)) * 1000


def test_each_recipient_opens_it_and_nobody_else() -> None:
    sealed = seal(DATA, [OURS.recipient, OLD.recipient])
    assert open_sealed(sealed, [OURS]) == DATA
    assert open_sealed(sealed, [STRANGER, OLD]) == DATA
    with pytest.raises(NotForUsError):
        open_sealed(sealed, [STRANGER])
    with pytest.raises(NotForUsError):
        open_sealed(sealed, [])


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"age-encryption.org/v2\n"])
def test_what_is_no_age_file_is_told(data: bytes) -> None:
    with pytest.raises(NotSealedError):
        open_sealed(data, [OURS])


def test_cut_altered_and_lengthened_files_are_broken() -> None:
    sealed = seal(DATA, [OURS.recipient])
    payload = sealed.index(b"\n--- ") + 80
    altered = sealed[:payload] + bytes([sealed[payload] ^ 1]) + sealed[payload + 1 :]
    for broken in (sealed[:-1], sealed[: payload + 3], sealed[:60], altered, sealed + b"x"):
        with pytest.raises(SealBrokenError):
            open_sealed(broken, [OURS])


def test_a_header_of_thousands_of_recipients_is_refused_unread() -> None:
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    with pytest.raises(SealBrokenError):
        open_sealed(b"age-encryption.org/v1\n" + stanza * 700 + b"--- " + b"A" * 43 + b"\n", [OURS])


def test_what_is_no_key_is_told() -> None:
    assert check_recipient(OURS.recipient) == OURS.recipient
    with pytest.raises(ExchangeKeyError):
        check_recipient("age1notakey")
    with pytest.raises(ExchangeKeyError):
        seal(DATA, [Recipient("")])
    with pytest.raises(ExchangeKeyError):
        open_sealed(seal(DATA, [OURS.recipient]), [ExchangeIdentity("nonsense")])


def test_fingerprints_differ_and_the_private_key_does_not_show() -> None:
    assert fingerprint(OURS.recipient) != fingerprint(OLD.recipient)
    assert repr(OURS) == "ExchangeIdentity()"
