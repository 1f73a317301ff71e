"""Bundles of real vaults as an enemy, a broken program or an accident bends them, sealed and signed anew."""

import hashlib
import json
import struct
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import zstandard

from desk_app.crypto.sealing import fingerprint, seal
from desk_app.domain.change import Body, Change, encode_body, hash_body, hash_change
from desk_app.domain.clock import Stamp
from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.sync import bundle
from desk_app.sync.bundle_changes import decode_chunk, encode_chunk
from desk_app.sync.framing import Chunk, FileParts, build, padded_length, take_apart

Header = dict[str, Any]


def plain_of(file: Path, reader: Vault) -> bytes:
    """What a bundle holds under its seal."""
    return bundle.unseal(file.read_bytes(), reader.exchange_identities)


def sealed_anew(plain: bytes, reader: Vault) -> bytes:
    """Sealed for the key that the header names, as anybody can who knows it."""
    named = json.loads(plain.split(b"\n", 2)[1])["recipients"]
    recipients = [one.recipient for one in reader.exchange_identities if fingerprint(one.recipient) in named]
    return seal(plain, recipients)


def sections(plain: bytes) -> list[tuple[int, int]]:
    """Where the header lines, each `C`, `L` and `P`, the trailer and the padding begin and end."""
    at = plain.index(b"\n", plain.index(b"\n") + 1) + 1
    starts = [0, at]
    while plain[at : at + 1] in (b"C", b"L", b"P"):
        at += 13 + struct.unpack_from(">I", plain, at + 5)[0]
        starts.append(at)
    return [*pairwise(starts), (at, at + 101), (at + 101, len(plain))]


def retreed(plain: bytes) -> bytes:
    """With a tree hash that fits, as one without the sender's key can make it."""
    front, *parts, (trailer, _), _ = sections(plain)
    top = b"roh bundle tree v1\0" + struct.pack(">I", len(parts)) + hashlib.sha256(plain[: front[1]]).digest()
    leaves = b"".join(hashlib.sha256(plain[start:end]).digest() for start, end in parts)
    tree = hashlib.sha256(top + leaves).digest()
    made = plain[:trailer] + b"T" + struct.pack(">I", len(parts)) + tree + plain[trailer + 37 : trailer + 101]
    return made + bytes(padded_length(len(made)) - len(made))


def flipped(data: bytes, at: int) -> bytes:
    """With one bit turned over."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def rewritten(
    file: Path,
    sender: Vault,
    reader: Vault,
    *,
    header: Callable[[Header], object] = lambda _header: None,
    texts: Callable[[list[bytes]], list[bytes]] = lambda texts: texts,
    files: Callable[[FileParts | None], FileParts | None] = lambda files: files,
) -> bytes:
    """A bundle that its true sender wrote otherwise: the header edited in place, other texts of chunks, other files."""
    frame = take_apart(plain_of(file, reader))
    raw = texts([zstandard.ZstdDecompressor().decompress(bytes(chunk.packed)) for chunk in frame.chunks])
    said = json.loads(frame.header)
    said["counts"]["raw_bytes"], said["counts"]["chunks"] = sum(map(len, raw)), len(raw)
    header(said)
    line = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    chunks = [Chunk(len(text), zstandard.ZstdCompressor().compress(text)) for text in raw]
    return sealed_anew(build(line, chunks, sender.device_key, files(frame.files)), reader)


def with_more(
    file: Path, sender: Vault, reader: Vault, said: Sequence[tuple[RecordId, int, bytes, Stamp | None]]
) -> bytes:
    """The bundle with changes after its last: of a record, of a kind, with these bodies, and a stamp of their own."""
    added: list[Change] = []

    def texts(raw: list[bytes]) -> list[bytes]:
        changes = [change for text in raw for change in decode_chunk(text)]
        last = max((change for change in changes if change.device == sender.device), key=lambda change: change.seq)
        for record, kind, body, stamp in said:
            salt = bytes(12)
            last = last._replace(
                seq=last.seq + 1,
                hlc=last.hlc + 1 if stamp is None else stamp,
                record=record,
                kind=kind,
                body=body,
                salt=salt,
                body_hash=hash_body(salt, body),
                prev_hash=hash_change(last),
            )
            added.append(last)
        return [encode_chunk(sorted([*changes, *added]))]

    def header(told: Header) -> None:
        chain = added[0].chain
        told["counts"]["changes"] += len(added)
        told["ranges"][chain] = [told["ranges"].get(chain, [added[0].seq])[0], added[-1].seq]

    return rewritten(file, sender, reader, header=header, texts=texts)


def body(fields: dict[str, Any]) -> bytes:
    """A body that replaces nothing and sets fields, by their numbers: lists and sets as they are, else one value."""
    said = {number: value if isinstance(value, list | dict) else [value] for number, value in fields.items()}
    return encode_body(Body(f=said))
