"""Changes: canonical bytes, and hashes that notice whatever is altered."""

import dataclasses
from typing import Any

import msgspec
import pytest

from desk_app.domain.change import (
    FIRST_HASH,
    Body,
    Change,
    Version,
    chain_id,
    decode_body,
    encode_body,
    hash_body,
    hash_change,
    split_chain,
)
from desk_app.domain.clock import Stamp
from desk_app.domain.ids import DeviceId, Incarnation, RecordId, UserId, is_record_id, uuid7

CHANGE = Change(
    DeviceId("a" * 32),
    Incarnation("0000000b"),
    3,
    Stamp(77),
    RecordId("c" * 32),
    1,
    UserId("dddddddd"),
    b'{"f":{}}',
    bytes(12),
    hash_body(bytes(12), b'{"f":{}}'),
    FIRST_HASH,
)


def test_a_body_is_canonical_whatever_order_it_was_said_in() -> None:
    one = encode_body(Body({"11": ["б"], "10": ["а", 0]}, [("x.y", 1)]))
    assert one == encode_body(Body({"10": ["а", 0], "11": ["б"]}, [("x.y", 1)]))
    assert one == '{"b":[["x.y",1]],"f":{"10":["а",0],"11":["б"]}}'.encode()
    assert decode_body(one).b == [("x.y", 1)]
    assert encode_body(Body({})) == b'{"f":{}}'


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"f":[]}', b'{"f":{},"b":[1]}', b'{"f":{"1":2}}', b"\xff"])
def test_what_is_no_body_is_refused(body: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        decode_body(body)


@pytest.mark.parametrize(
    "altered",
    [
        {"device": "b" * 32},
        {"incarnation": "0000000c"},
        {"seq": 4},
        {"hlc": 78},
        {"record": "d" * 32},
        {"kind": 2},
        {"user": "eeeeeeee"},
        {"body_hash": bytes(32)},
        {"prev_hash": b"\1" * 32},
    ],
)
def test_a_hash_notices_whatever_is_altered(altered: dict[str, Any]) -> None:
    assert hash_change(CHANGE._replace(**altered)) != hash_change(CHANGE)


def test_an_erased_change_keeps_its_hash() -> None:
    assert hash_change(CHANGE._replace(body=b"", salt=b"")) == hash_change(CHANGE)


def test_salt_and_body_cannot_be_shifted_into_each_other() -> None:
    assert hash_body(b"ab", b"c") != hash_body(b"a", b"bc")


def test_a_chain_is_named_by_device_and_incarnation() -> None:
    assert CHANGE.version == Version(chain_id(CHANGE.device, CHANGE.incarnation), 3)
    assert split_chain(CHANGE.chain) == (CHANGE.device, CHANGE.incarnation)


def test_ids_sort_by_the_time_of_making() -> None:
    ids = [uuid7(ms, lambda n: b"\xff" * n) for ms in (0, 1, 1772737200000, 2**48 - 1)]
    assert ids == sorted(ids)
    assert all(is_record_id(one) and one[12] == "7" and one[16] in "89ab" for one in ids)
    assert not is_record_id("A" * 32)
    assert not is_record_id("0" * 31)


def test_bodies_are_immutable() -> None:
    body: Any = Body({})
    with pytest.raises((AttributeError, dataclasses.FrozenInstanceError)):
        body.f = {}
