"""The files' part of a bundle: what is of another form refuses the bundle, and nobody can alter what was signed."""

import random
from collections.abc import Callable

import pytest

from desk_app.crypto.sealing import new_exchange_identity, open_sealed, seal
from desk_app.domain.errors import BundleRefused, Damaged
from desk_app.sync.bundle import write_bundle
from desk_app.sync.bundle_files import MAX_LACKS, PIECE, Files, Piece, decode_files, encode_files
from desk_app.sync.bundle_header import encode_header
from desk_app.sync.framing import MAX_PIECES, FileParts, build
from tests.unit.sync import hostile

NAME = bytes.fromhex("0a" * 32)
US = new_exchange_identity()


def entry(name: bytes, held: int = 0) -> bytes:
    return name + held.to_bytes(8, "big")


def piece(size: int, start: int, data: bytes, name: bytes = NAME) -> bytes:
    return name + size.to_bytes(8, "big") + start.to_bytes(8, "big") + data


def bundle(files: FileParts) -> bytes:
    honest = hostile.header(hostile.facts([]), 0, [], [US.recipient])
    return seal(build(encode_header(honest), [], hostile.SENDER_KEY, files), [US.recipient])


@pytest.mark.parametrize(
    "files",
    [
        FileParts(b"x", ()),
        FileParts(entry(b"\1" * 32)[:-1], ()),
        FileParts(entry(b"\1" * 32) + entry(b"\1" * 32), ()),
        FileParts(entry(b"\2" * 32) + entry(b"\1" * 32), ()),
        FileParts(entry(b"\1" * 32, 2**60), ()),
        FileParts(b"".join(entry(number.to_bytes(32, "big")) for number in range(1, MAX_LACKS + 2)), ()),
        FileParts(b"", (b"",)),
        FileParts(b"", (piece(100, 0, b""),)),
        FileParts(b"", (piece(2**20, 0, bytes(PIECE + 1)),)),
        FileParts(b"", (piece(2**63, 0, b"x"),)),
        FileParts(b"", (piece(2**20, 2**63, b"x"),)),
    ],
)
def test_what_is_no_list_and_no_piece_refuses_the_bundle(files: FileParts) -> None:
    with pytest.raises(Damaged) as refused:
        hostile.read_bundle(bundle(files), [US])
    assert refused.value.where == "files"


def test_a_piece_that_lies_where_it_may_not_is_read_and_left_to_the_taker() -> None:
    read = hostile.read_bundle(bundle(FileParts(b"", (piece(100, 7, b"x"), piece(1, 0, b"y")))), [US])
    assert read.files is not None
    assert [one.fits for one in read.files.pieces] == [False, True]


def test_what_no_reader_takes_is_not_written() -> None:
    with pytest.raises(ValueError, match="no reader"):
        encode_files(Files({}, (Piece("0a" * 32, 100, 0, b"x"),)))
    with pytest.raises(ValueError, match="no reader"):
        encode_files(Files({f"{number:064x}": 0 for number in range(MAX_LACKS + 1)}))
    with pytest.raises(ValueError, match="beyond"):
        bundle(FileParts(b"", (b"x" * 49,) * (MAX_PIECES + 1)))


def test_files_come_out_as_they_went_in() -> None:
    files = Files({"0b" * 32: 5, "0a" * 32: 0}, (Piece("0a" * 32, PIECE + 3, PIECE, b"abc"),))
    assert decode_files(encode_files(files)) == files


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain.replace(b"roh bundle 2", b"roh bundle 1", 1),
        lambda plain: plain.replace(b"AAAA", b"AABA", 1),
        lambda plain: plain[: plain.index(b"P\0\0\0\1")] + plain[plain.index(b"P\0\0\0\1") + 13 + 48 + PIECE :],
        lambda plain: plain.replace(b"P\0\0\0\1", b"P\0\0\0\2", 1),
        lambda plain: plain.replace(b"L\0\0\0\0", b"P\0\0\0\0", 1),
        lambda plain: plain[:-1],
    ],
)
def test_nobody_alters_drops_or_moves_a_piece(spoil: Callable[[bytes], bytes]) -> None:
    pieces = tuple(Piece("0a" * 32, 3 * PIECE, at * PIECE, b"A" * PIECE) for at in range(3))
    data = write_bundle(
        hostile.facts([]), [], hostile.SENDER_KEY, [US.recipient], random.Random(1).randbytes, Files({}, pieces)
    )
    plain = open_sealed(data, [US])
    with pytest.raises(BundleRefused):
        hostile.read_bundle(seal(spoil(plain), [US.recipient]), [US])
