import hashlib
import random

from hypothesis import given
from hypothesis import strategies as st

from desk_app.crypto.signing import PublicKey, SigningKey, device_id, new_signing_key, sign, verify

KEY = new_signing_key(random.Random(1).randbytes)


def test_only_the_signed_data_under_its_own_domain_verifies() -> None:
    signature = sign(KEY, "bundle", b"data")
    assert verify(KEY.public, "bundle", b"data", signature)
    assert not verify(KEY.public, "bundle", b"datA", signature)
    assert not verify(KEY.public, "card", b"data", signature)
    assert not verify(KEY.public, "bundl", b"edata", signature)
    assert not verify(SigningKey(bytes(32)).public, "bundle", b"data", signature)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_hostile_keys_and_signatures_only_fail(key: bytes, signature: bytes) -> None:
    assert not verify(PublicKey(key), "bundle", b"data", signature)
    assert not verify(KEY.public, "bundle", b"data", signature)


def test_a_device_id_is_the_hash_of_its_key() -> None:
    assert device_id(KEY.public) == hashlib.sha256(KEY.public).hexdigest()[:32]


def test_the_private_key_does_not_show() -> None:
    assert repr(KEY) == "SigningKey()"
