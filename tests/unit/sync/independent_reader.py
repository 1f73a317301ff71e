"""A second reader of bundles, written from desk_app/sync/FORMAT.md alone: age, zstd, SHA-256, Ed25519 and JSON.

It imports nothing of the program. Where it and the program disagree, the page is wrong, or one of the two.
"""

import base64
import hashlib
import json
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Row = dict[str, Any]


def read(file: Path, key_file: Path, public_key: bytes) -> tuple[dict[str, Any], list[Row]]:
    """The header and the changes of a bundle; any doubt raises."""
    header, changes, _, _ = read_whole(file, key_file, public_key)
    return header, changes


def read_whole(
    file: Path, key_file: Path, public_key: bytes
) -> tuple[dict[str, Any], list[Row], dict[str, int] | None, list[Row]]:
    """The same, with what the sender lacks of files (None in frame 1) and the pieces it sends."""
    plain = subprocess.run(["age", "-d", "-i", str(key_file), str(file)], capture_output=True, check=True).stdout
    magic, header_line, rest = plain.split(b"\n", 2)
    assert magic in (b"roh bundle 1", b"roh bundle 2")
    front = magic + b"\n" + header_line + b"\n"
    leaves: list[bytes] = []
    parts: dict[bytes, list[tuple[bytes, int]]] = {b"C": [], b"L": [], b"P": []}
    order = b""
    while (mark := rest[:1]) in parts:
        index, packed, unpacked = struct.unpack(">III", rest[1:13])
        assert index == len(parts[mark])
        leaves.append(hashlib.sha256(rest[: 13 + packed]).digest())
        parts[mark].append((rest[13 : 13 + packed], unpacked))
        order += mark
        rest = rest[13 + packed :]
    assert rest[:1] == b"T"
    assert order == bytes(sorted(order))
    (count,) = struct.unpack(">I", rest[1:5])
    tree, signature, padding = rest[5:37], rest[37:101], rest[101:]
    assert count == len(leaves)
    chunks = parts[b"C"]
    top = b"roh bundle tree v1\0" + struct.pack(">I", count) + hashlib.sha256(front).digest() + b"".join(leaves)
    assert hashlib.sha256(top).digest() == tree
    Ed25519PublicKey.from_public_bytes(public_key).verify(signature, b"roh signature v1\0\x09bundle v1" + tree)
    assert not padding.strip(b"\0")
    assert len(plain) == padme(len(plain) - len(padding))
    header = json.loads(header_line)
    assert hashlib.sha256(public_key).hexdigest()[:32] == header["sender"]["device"]
    changes = [change for packed, unpacked in chunks for change in rows(packed, unpacked)]
    assert len(changes) == header["counts"]["changes"]
    assert len(parts[b"L"]) == int(magic[-1:]) - 1
    assert all(len(part) == size for part, size in (*parts[b"L"], *parts[b"P"]))
    lacks = None
    for part, _ in parts[b"L"]:
        lacks = {name.hex(): held for name, held in struct.iter_unpack(">32sQ", part)}
        assert list(lacks) == sorted(lacks)
    return header, changes, lacks, [piece(part) for part, _ in parts[b"P"]]


def piece(part: bytes) -> Row:
    """One piece of a file; one that lies where none may is dropped by whoever puts the file together."""
    name, size, start = struct.unpack(">32sQQ", part[:48])
    data = part[48:]
    assert 1 <= len(data) <= 65536
    return {"name": name.hex(), "size": size, "start": start, "data": data}


def open_file(pieces: list[Row], key: bytes, size: int, check_sum: str) -> bytes:
    """The content of a file of which these are all pieces."""
    for one in pieces:
        assert one["start"] % 65536 == 0
        assert len(one["data"]) == min(65536, one["size"] - one["start"])
    sealed = b"".join(one["data"] for one in sorted(pieces, key=lambda one: one["start"]))
    assert hashlib.sha256(sealed).hexdigest() == check_sum
    name = hashlib.sha256(b"roh blob name v1\0" + key).digest()
    assert {one["name"] for one in pieces} == {name.hex()}
    cipher = ChaCha20Poly1305(HKDF(SHA256(), 32, salt=None, info=b"roh blob seal v1").derive(key))
    facts = b"roh blob v1\0" + name + struct.pack(">Q", size)
    segments = [sealed[at : at + 65552] for at in range(0, len(sealed), 65552)]
    content = b"".join(
        cipher.decrypt(number.to_bytes(12, "big"), segment, facts) for number, segment in enumerate(segments)
    )
    assert len(content) == size
    return content


def read_card(data: bytes) -> tuple[Row, tuple[str, str]]:
    """A card, of a desk or of the emergency key, and its two rows of digits; any doubt raises."""
    said = json.loads(data)
    version, signature = said.pop("format"), base64.b64decode(said.pop("signature"))
    told = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    emergency = said["kind"] == "emergency"
    domain = b"emergency key v1" if emergency else b"card v%d" % version
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(said["key"]))
    key.verify(signature, b"roh signature v1\0" + bytes([len(domain)]) + domain + told)
    if emergency:
        return said, paper_digits(b"roh emergency key digits v1\0" + said["recipient"].encode())
    if version == 2:
        days = [day for day, _ in said["keys"]]
        assert days == list(range(days[0], days[0] + 13 * 30, 30))
        assert days[0] % 30 == 0
    return said, paper_digits(b"roh card digits v%d\0" % version + told)


def paper_digits(told: bytes) -> tuple[str, str]:
    """Two rows of six groups of three digits."""
    drawn = f"{int(hashlib.sha256(told).hexdigest(), 16):036}"[-36:]
    groups = [drawn[at : at + 3] for at in range(0, 36, 3)]
    return " ".join(groups[:6]), " ".join(groups[6:])


def fingerprint(recipient: str) -> str:
    """What stands for a recipient in a header."""
    return hashlib.sha256(b"roh recipient v1\0" + recipient.encode()).hexdigest()[:32]


def change_hash(row: Row) -> str:
    """The hash of a change."""
    told = "".join(f"{row[name]}\0" for name in ("chain", "seq", "hlc", "record", "kind", "user"))
    return hashlib.sha256(b"roh change v1\0" + told.encode() + row["body_hash"] + row["prev_hash"]).hexdigest()


def have(rows: list[Row]) -> dict[str, int]:
    """Per chain the number up to which all changes are there, each with the hash before it."""
    chains: dict[str, dict[int, Row]] = {}
    for row in rows:
        chains.setdefault(row["chain"], {})[row["seq"]] = row
    found = {}
    for chain, numbered in chains.items():
        upto, before = 0, bytes(32)
        while upto + 1 in numbered and numbered[upto + 1]["prev_hash"] == before:
            upto += 1
            before = bytes.fromhex(change_hash(numbered[upto]))
        found[chain] = upto
    return {chain: upto for chain, upto in found.items() if upto}


def month_keys(rows: list[Row], card: Row, milliseconds: int) -> set[str]:
    """Whom to seal for: the recipients of the period of a moment, of a card and as its device announced them, else
    those of the last period that is known."""
    device = hashlib.sha256(base64.b64decode(card["key"])).hexdigest()[:32]
    said = [json.loads(row["body"])["f"] for row in rows if row["kind"] == 18 and row["chain"][:32] == device]
    known: dict[int, set[str]] = {}
    for first_day, recipient in card["keys"] + [[one["11"][0], one["12"][0]] for one in said if one["10"][0] == device]:
        known.setdefault(first_day, set()).add(recipient)
    return known.get(milliseconds // 86_400_000 // 30 * 30) or known[max(known)]


def roster_versions(rows: list[Row]) -> list[Row]:
    """The versions of rosters among changes, as their records say them."""
    found = []
    for row in rows:
        if row["kind"] == 21:
            said = json.loads(row["body"])["f"]
            number, previous, content, signature = (said[field][0] for field in ("10", "11", "12", "13"))
            assert row["record"] == roster_id(row["chain"], number)
            version = {"number": number, "previous": previous, "content": content, "signature": signature}
            found.append({"chain": row["chain"], "seq": row["seq"], **version})
    return found


def box(device: str) -> str:
    """The folder of a device in a shared store."""
    return hashlib.sha256(b"roh carrier box v1\0" + device.encode()).hexdigest()[:16]


def erasure_id(record: str) -> str:
    """The id of the record that erases another."""
    return hashlib.sha256(b"roh erasure\0" + record.encode()).hexdigest()[:32]


def roster_id(chain: str, version: int) -> str:
    """The id of the record that holds a version of a roster."""
    return hashlib.sha256(b"roh roster\0" + f"{chain}\0{version}".encode()).hexdigest()[:32]


def phone_digits(file: bytes) -> str:
    """The six digits of a bundle."""
    digest = hashlib.sha256(b"roh bundle digits v1\0" + hashlib.sha256(file).digest()).hexdigest()
    return str(int(digest, 16))[-6:]


def padme(length: int) -> int:
    """The padded length."""
    exponent = length.bit_length() - 1
    step = 2 ** (exponent - ((exponent.bit_length() - 1) + 1))
    return -(-length // step) * step


def rows(packed: bytes, unpacked: int) -> Iterator[Row]:
    """The changes of one chunk."""
    text = zstandard.ZstdDecompressor().decompress(packed, max_output_size=unpacked)
    assert len(text) == unpacked
    first, *lines = text.split(b"\n")
    columns = json.loads(first)
    numbers = list(chain_numbers(columns))
    ms, made = running(columns["ms"]), running(columns["made"])
    rest = base64.b64decode(columns["rest"])
    records = [f"{moment:012x}{rest[10 * at : 10 * at + 10].hex()}" for at, moment in enumerate(made)]
    salts = base64.b64decode(columns["salts"])
    erased = {row: base64.b64decode(digest) for row, digest in columns["erased"]}
    known = {row: base64.b64decode(digest) for row, digest in columns["prev"]}
    next_base = base_reader(columns)
    new_records = iter(records)
    last_hash = b""
    for row, (chain, seq, starts) in enumerate(numbers):
        place = columns["record"][row]
        record = records[place - 1] if place else next(new_records)
        body = next_base(row) + lines[row]
        salt, body_hash = b"", erased.get(row, b"")
        if row not in erased:
            salt, salts = salts[:12], salts[12:]
            body_hash = hashlib.sha256(b"roh body v1\0\x0c" + salt + body).digest()
            json.loads(body)
        if row in known:
            prev = known[row]
        else:
            prev = bytes(32) if seq == 1 else last_hash
            assert seq == 1 or not starts
        stamp, user = ms[row] * 65536 + columns["counter"][row], columns["users"][columns["user"][row]]
        told = "".join(f"{part}\0" for part in (chain, seq, stamp, record, columns["kind"][row], user))
        last_hash = hashlib.sha256(b"roh change v1\0" + told.encode() + body_hash + prev).digest()
        yield {
            "chain": chain,
            "seq": seq,
            "hlc": stamp,
            "record": record,
            "kind": columns["kind"][row],
            "user": user,
            "body": body,
            "salt": salt,
            "body_hash": body_hash,
            "prev_hash": prev,
        }


def chain_numbers(columns: dict[str, Any]) -> Iterator[tuple[str, int, bool]]:
    """Chain and number of each row, and whether a run starts there."""
    last: dict[int, int] = {}
    for place, gap, count in columns["runs"]:
        first = 1 + gap + last.get(place, 0)
        for seq in range(first, first + count):
            yield columns["chains"][place], seq, seq == first
        last[place] = first + count - 1


def base_reader(columns: dict[str, Any]) -> Callable[[int], bytes]:
    """Gives, row after row, the start of the body that was cut off."""
    deltas = iter(columns["base_seq"])
    last: dict[int, int] = {}

    def start(row: int) -> bytes:
        place = columns["base"][row]
        if not place:
            return b""
        last[place] = last.get(place, 0) + next(deltas)
        return f'{{"b":[["{columns["chains"][place - 1]}",{last[place]}]'.encode()

    return start


def running(deltas: list[int]) -> list[int]:
    """The values of a column of deltas."""
    values, total = [], 0
    for delta in deltas:
        total += delta
        values.append(total)
    return values
