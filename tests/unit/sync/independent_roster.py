"""A second reader of rosters, written from desk_app/sync/FORMAT.md 11 alone. It imports nothing of the program."""

import base64
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Row = dict[str, Any]
FIRST = "0" * 64


def read(versions: list[Row], trusted: dict[str, tuple[str, bytes]]) -> tuple[dict[str, tuple[str, int | None]], Row]:
    """Device -> desk and the last number that counts, None for who is in; and the newest version of each coordinator.

    `trusted` maps the devices of coordinators, whose digits were compared, to desk and raw public key.
    """
    believed = dict(trusted)
    while True:
        said = {device: follow(versions, device, key, None) for device, (_, key) in believed.items()}
        whole, shut = said, shut_coordinators(said, believed)
        said = {device: follow(versions, device, key, shut.get(device)) for device, (_, key) in believed.items()}
        hear_each_other(said, whole, believed)
        listed = {
            device: (entry["desk"], base64.b64decode(entry["key"]))
            for entries, _ in said.values()
            for device, (_, entry) in entries.items()
            if entry["kind"] == "coordinator"
        }
        wider = {**listed, **trusted}
        if wider == believed:
            return united(said), {device: number for device, (_, number) in said.items()}
        believed = wider


Said = tuple[dict[str, tuple[tuple[int, bool], Row]], int]
"""Of one coordinator: device -> rank and entry; the newest version."""


def follow(versions: list[Row], device: str, key: bytes, limits: Row | None) -> Said:
    """What one coordinator's versions say. `limits` are the last good numbers of its chains, None where it is in."""
    entries: dict[str, tuple[tuple[int, bool], Row]] = {}
    newest = 0
    for chain in {one["chain"] for one in versions if one["chain"].startswith(f"{device}.")}:
        after: dict[str, dict[str, tuple[int, list[Row]]]] = {}
        for one in versions:
            counts = limits is None or one["seq"] <= limits.get(chain, 0)
            content = proper(one, key) if one["chain"] == chain and counts else None
            if content is not None:
                after.setdefault(one["previous"], {})[version_hash(one)] = one["number"], content
        previous, number = FIRST, 0
        while len(following := after.get(previous, {})) == 1:
            ((previous, (next_number, content)),) = following.items()
            if next_number <= number:
                break
            number = next_number
            newest = max(newest, number)
            for entry in content:
                rank = number, entry["state"] == "revoked"
                if rank >= entries.get(entry["device"], ((0, False),))[0]:
                    entries[entry["device"]] = rank, entry
    return entries, newest


def proper(version: Row, key: bytes) -> list[Row] | None:
    """The entries of a version that is signed and spelt as it must be."""
    try:
        signature = base64.b64decode(version["signature"].encode("ascii"), validate=True)
        signed = b"roh signature v1\0\x09roster v1" + facts(version)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
        content = json.loads(version["content"])
        spelt = json.dumps(content, sort_keys=True, separators=(",", ":"))
        entries: list[Row] = content["entries"]
        devices = [entry["device"] for entry in entries]
        good = spelt == version["content"] and content.keys() == {"entries", "format"} and content["format"] == 1
        whole = 1 <= len(entries) <= 100 and devices == sorted(set(devices)) and all(map(is_entry, entries))
    except (InvalidSignature, ValueError, RecursionError, LookupError, TypeError):
        return None
    return entries if good and whole else None


def is_entry(entry: Row) -> bool:
    """Whether an entry is one."""
    must = {"device", "desk", "name", "kind", "key", "recipient", "state", "since"}
    leads = entry["desk"] in {"coordinator", *(f"coordinator_{number}" for number in range(2, 10))}
    good = entry.get("good")
    return (
        entry.keys() - {"good"} == must
        and hashlib.sha256(base64.b64decode(entry["key"])).hexdigest()[:32] == entry["device"]
        and entry["kind"] == ("coordinator" if leads else "desk")
        and entry["state"] in ("active", "revoked")
        and len(entry["recipient"]) == 62
        and entry["recipient"].startswith("age1")
        and (good is None or (entry["state"] == "revoked" and good != {}))
        and all(chain.startswith(f"{entry['device']}.") for chain in good or ())
    )


def facts(version: Row) -> bytes:
    """What is signed of a version."""
    said = [version[name] for name in ("chain", "number", "previous", "content")]
    return json.dumps(said, separators=(",", ":")).encode()


def version_hash(version: Row) -> str:
    """What the version after it names."""
    told = b"roh roster version v1\0" + facts(version) + b"\n" + version["signature"].encode()
    return hashlib.sha256(told).hexdigest()


def shut_coordinators(said: dict[str, Said], believed: dict[str, tuple[str, bytes]]) -> dict[str, Row]:
    """Coordinators that were shut out by another whose word counts, with the last good numbers of their chains."""
    out = {
        (by, device): entry
        for by, (entries, _) in said.items()
        for device, (_, entry) in entries.items()
        if entry["state"] == "revoked" and device in said and device != by
    }
    found: dict[str, Row] = {}
    for (by, device), entry in out.items():
        judges = {judge for judge, judged in out if judged == by}
        if not judges or (judges == {device} and believed[by][0] < believed[device][0]):
            found[device] = entry.get("good", {})
    return found


def hear_each_other(said: dict[str, Said], whole: dict[str, Said], believed: dict[str, tuple[str, bytes]]) -> None:
    """The last word of who was shut out on the one who did so: that he admits him counts, that he shuts him out too
    does not if the other's code comes first."""
    for by, (entries, _) in said.items():
        for judge, (theirs, _) in whole.items():
            _, shut = theirs.get(by, (None, {"state": "active"}))
            _, told = entries.get(judge, (None, {"state": "active"}))
            if judge == by or "active" in (shut["state"], told["state"]):
                continue
            rank, word = whole[by][0][judge]
            if word["state"] == "active" or believed[judge][0] < believed[by][0]:
                entries[judge] = rank, {**word, "state": "active"}


def united(said: dict[str, Said]) -> dict[str, tuple[str, int | None]]:
    """All coordinators together."""
    found: dict[str, tuple[str, int | None]] = {}
    for entries, _ in said.values():
        for device, (_, entry) in entries.items():
            limit = None if entry["state"] == "active" else min((entry.get("good") or {"": 0}).values())
            before = found.get(device, ("", None))[1]
            limits = [one for one in (limit, before) if one is not None]
            found[device] = entry["desk"], min(limits, default=None)
    return found
