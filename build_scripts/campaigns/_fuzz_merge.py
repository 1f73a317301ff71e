"""A desk and a coordinator, each of whom takes in what the other truly signed, and is put back after each time."""

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from unittest.mock import patch

import _fuzz_seeds as seeds
import zstandard
from _fuzz_mutations import vary_json, vary_lines

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.crypto.sealing import Recipient, fingerprint, seal
from desk_app.domain.errors import Trouble
from desk_app.domain.ids import DeskCode
from desk_app.domain.records import ALL
from desk_app.storage.sqlcipher import atomic
from desk_app.storage.vault import Surroundings, Vault
from desk_app.sync import bundle, framing
from desk_app.sync.framing import FileParts, take_apart
from desk_app.usecases import exchange, merging, partners, people, records, status, tidying, today, vaults

_WORD = "чор дарахти зард"
_USER = "Мадина"


class _PutBack(Exception):
    """Ends the transaction without keeping anything of it."""


@dataclass(frozen=True, slots=True)
class _Way:
    """From whom to whom, with what was really sent."""

    sender: Vault
    reader: Vault
    recipient: Recipient
    header: bytes
    text: bytes
    files: FileParts | None


@cache
def _ways() -> dict[bytes, _Way]:
    folder = Path(tempfile.mkdtemp(prefix="roh-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = (seeds.START + 1000 * second for second in count())
    desk, coordinator = (_vault(folder, code, clock) for code in ("khorugh", "coordinator"))
    for one, other in ((desk, coordinator), (coordinator, desk)):
        partners.write_card(one, folder / f"{one.desk}.card")
        partners.enrol(other, folder / f"{one.desk}.card")
    _meet(desk, "Исмоил")
    merging.merge_files(coordinator, [exchange.export(desk, "coordinator", folder / "first.roh").file])
    for known in records.find_all(desk, "client"):
        records.edit(desk, known.id, {"surname": "Назаров", "safety": frozenset({"at_risk"})})
    _meet(desk, "Зуҳро")
    up = exchange.export(desk, "coordinator", folder / "up.roh").file
    records.add(coordinator, "organisation", {"name_tg": "Маркази ёрӣ", "category": "legal_aid"})
    down = exchange.export(coordinator, "khorugh", folder / "down.roh").file
    return {b"up": _way(desk, coordinator, up), b"down": _way(coordinator, desk, down)}


def _meet(desk: Vault, name: str) -> None:
    people.register(desk, {"given_name": name}, {"service": "given", "sharing": "given"}, {"method": "signed"})


def _vault(folder: Path, code: str, clock: Iterator[int]) -> Vault:
    around = Surroundings(ALL, lambda: next(clock), Random(code).randbytes)
    vaults.create_vault(folder / code, DeskCode(code), _USER, _WORD, around, FLOOR_PARAMETERS)
    return vaults.unlock(folder / code, _USER, _WORD, around)


def _way(sender: Vault, reader: Vault, file: Path) -> _Way:
    frame = take_apart(bundle.unseal(file.read_bytes(), reader.exchange_identities))
    named = json.loads(frame.header)["recipients"]
    known = [one.recipient for one in reader.exchange_identities]
    recipient = next(one for one in known if fingerprint(one) in named)
    (chunk,) = frame.chunks
    text = zstandard.ZstdDecompressor().decompress(bytes(chunk.packed))
    files = frame.files and FileParts(bytes(frame.files.lacks), tuple(map(bytes, frame.files.pieces)))
    return _Way(sender, reader, recipient, frame.header, text, files)


def exchanged() -> list[bytes]:
    """Which way, the header, the chunk."""
    return [b"\n".join([name, way.header, way.text]) for name, way in _ways().items()]


def vary_exchanged(data: bytes, chance: Random) -> bytes:
    """Edits the header or the chunk, and leaves the way as it is."""
    name, _, rest = data.partition(b"\n")
    header, _, text = rest.partition(b"\n")
    if chance.random() < 0.5:
        header = vary_json(header, chance).replace(b"\n", b" ")
    else:
        text = vary_lines(text, chance)
    return b"\n".join([name, header, text])


def read_exchanged(data: bytes) -> None:
    """Planned, taken in, looked at, answered. What would be refused before anything is looked at is put right first."""
    name, _, rest = data.partition(b"\n")
    header, _, text = rest.partition(b"\n")
    way = _ways().get(name)
    line = _put_right(way, header, text) if way else None
    if way is None or line is None:
        return
    made = framing.build(line, [seeds.pack(text)], way.sender.device_key, way.files)
    file = way.reader.folder.parent / "laid.roh"
    file.write_bytes(seal(made, [way.recipient]))
    try:
        # Cleaning up after erasures cannot be done inside of a transaction.
        with patch.object(tidying, "catch_up"), atomic(way.reader.db):
            merging.apply_plan(way.reader, merging.plan_files(way.reader, [file]), confirmed=True)
            status.status(way.reader)
            today.today(way.reader)
            answer = exchange.export(way.reader, way.sender.desk, way.reader.folder.parent / "answer.roh").file
            answer.unlink()
            raise _PutBack
    except (_PutBack, Trouble):
        return


def _put_right(way: _Way, header: bytes, text: bytes) -> bytes | None:
    """The header with the recipients and counts that fit; None for what is none."""
    try:
        said, true = json.loads(header), json.loads(way.header)
        said["recipients"] = true["recipients"]
        said["counts"] = {"changes": text.count(b"\n"), "chunks": 1, "raw_bytes": len(text)}
        line = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, TypeError, RecursionError):
        return None
    return line if len(line) <= framing.HEADER_CAP and b"\n" not in line else None
