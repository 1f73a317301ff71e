import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.crypto.signing import new_signing_key
from desk_app.domain.errors import BundleRefused
from desk_app.sync.framing import Chunk, build, padded_length, take_apart

KEY = new_signing_key(random.Random(1).randbytes)
OTHER = new_signing_key(random.Random(2).randbytes)
headers = st.binary(max_size=80).map(lambda data: data.replace(b"\n", b" "))
chunk_lists = st.lists(st.builds(Chunk, st.integers(0, 2**32 - 1), st.binary(max_size=50)), max_size=5)


@given(headers, chunk_lists)
def test_what_is_built_comes_apart_again(header: bytes, chunks: list[Chunk]) -> None:
    frame = take_apart(build(header, chunks, KEY))
    assert frame.header == header
    assert [(chunk.raw_size, bytes(chunk.packed)) for chunk in frame.chunks] == [
        (chunk.raw_size, chunk.packed) for chunk in chunks
    ]
    assert frame.is_signed_by(KEY.public)
    assert not frame.is_signed_by(OTHER.public)


def test_every_flipped_bit_and_every_cut_is_noticed() -> None:
    plain = build(b"header", [Chunk(5, b"first"), Chunk(6, b"second")], KEY)
    for at in range(len(plain)):
        for bit in range(8):
            flipped = plain[:at] + bytes([plain[at] ^ 1 << bit]) + plain[at + 1 :]
            try:
                assert not take_apart(flipped).is_signed_by(KEY.public)
            except BundleRefused:
                continue
        with pytest.raises(BundleRefused):
            take_apart(plain[:at])


@given(st.integers(0, 2**30))
def test_padding_is_at_most_twelve_per_cent_and_stays_put(length: int) -> None:
    padded = padded_length(length)
    assert length <= padded <= length * 1.12 + 1
    assert padded_length(padded) == padded


def test_a_header_that_no_reader_takes_is_not_built() -> None:
    for header in (b"x" * 65537, b"two\nlines"):
        with pytest.raises(ValueError, match="header"):
            build(header, [], KEY)
