"""Makes the samples in tests/data/rosters: versions of rosters as coordinators sign them, and as they may come.

    python -m tests.unit.sync.hostile_rosters FOLDER

A file holds versions as a log would, in JSON. They are the same in every run, and those in the repository stay as they
are for ever.
"""

import base64
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_app.crypto import escrow
from desk_app.crypto.signing import SigningKey, device_id, new_signing_key, sign
from desk_app.domain.change import ChainId
from desk_app.domain.ids import DeskCode
from desk_app.domain.roster import Coordinator, Version
from desk_app.sync import roster
from desk_app.sync.roster import Roster

FOLDER = Path(__file__).parents[2] / "data" / "rosters"
FIRST, SECOND, DESK = (new_signing_key(random.Random(name).randbytes) for name in ("first", "second", "desk"))
TRUSTED = {device_id(FIRST.public): Coordinator(DeskCode("coordinator"), FIRST.public)}
RECIPIENT = escrow.new_escrow(random.Random("roster").randbytes).recipient
SINCE = 1_770_000_000_000

Said = dict[str, Any]
Told = dict[str, Any]
"""A version as it lies in a file."""


def chain(key: SigningKey, incarnation: str = "0badcafe") -> ChainId:
    """The chain of a device."""
    return ChainId(f"{device_id(key.public)}.{incarnation}")


@dataclass(frozen=True)
class Sample:
    """Versions and what they say together."""

    versions: list[Told]
    outcome: str
    about: str


def outcome(versions: list[Told]) -> str:
    """What versions say together, in the words of the companions."""
    known = [Version(ChainId(one["chain"]), one["seq"], *(one[name] for name in NAMES)) for one in versions]
    return told(roster.effective(known, TRUSTED))


NAMES = ("number", "previous", "content", "signature")


def told(shown: Roster) -> str:
    """A roster in one line: who is in, who is out and from which change on, the newest versions, what is wrong."""
    parts = []
    for device, one in sorted(shown.listed.items(), key=lambda item: item[1].entry.desk):
        limits = sorted(good for entry in one.revoked_by.values() for good in entry.good.values())
        state = f"out {min(limits, default=0)}" if one.is_revoked else "in"
        parts.append(f"{one.entry.desk} {device[:6]} {state}")
    newest = [f"{device[:6]} {number}" for device, number in sorted(shown.numbers.items())]
    wrong = sorted(type(trouble).__name__ for trouble in shown.troubles)
    return f"{', '.join(parts) or 'nobody'}; versions {', '.join(newest)}; {', '.join(wrong) or 'nothing wrong'}"


def entry(key: SigningKey, desk: str, **said: Any) -> Said:
    """What a version says of a device."""
    kind = "coordinator" if desk.startswith("coordinator") else "desk"
    public = base64.b64encode(key.public).decode()
    known = {"device": device_id(key.public), "desk": desk, "name": "Хоруғ", "kind": kind, "key": public}
    return {**known, "recipient": RECIPIENT, "state": "active", "since": SINCE, **said}


def content(*entries: Said) -> str:
    """The content of a version, spelt as it must be."""
    listed = sorted(entries, key=lambda one: str(one["device"]))
    return json.dumps({"entries": listed, "format": 1}, sort_keys=True, separators=(",", ":"))


def signed(
    key: SigningKey, number: int, previous: str, text: str, by: SigningKey | None = None, incarnation: str = "0badcafe"
) -> Told:
    """A version, signed by its coordinator or by somebody else."""
    facts = json.dumps([chain(key, incarnation), number, previous, text], separators=(",", ":")).encode()
    signature = base64.b64encode(sign(by or key, "roster v1", facts)).decode()
    known = {"chain": chain(key, incarnation), "seq": number, "number": number, "previous": previous, "content": text}
    return {**known, "signature": signature}


def hash_of(version: Told) -> str:
    """What the next version names as the one before."""
    facts = json.dumps([version[name] for name in ("chain", "number", "previous", "content")], separators=(",", ":"))
    return hashlib.sha256(
        b"roh roster version v1\0" + facts.encode() + b"\n" + version["signature"].encode()
    ).hexdigest()


def series(key: SigningKey, *texts: str) -> list[Told]:
    """Versions that follow one another from the first."""
    made: list[Told] = []
    for number, text in enumerate(texts, 1):
        made.append(signed(key, number, hash_of(made[-1]) if made else "0" * 64, text))
    return made


def samples() -> Iterator[tuple[str, Sample]]:
    """Every sample with its name; the outcome is what this version of the program finds."""
    for name, versions, about in [*_good(), *_bent(), *_odd()]:
        yield name, Sample(versions, outcome(versions), about)


def _good() -> Iterator[tuple[str, list[Told], str]]:
    desk, out = entry(DESK, "khorugh"), entry(DESK, "khorugh", state="revoked", good={chain(DESK): 17}, since=SINCE + 1)
    second = entry(SECOND, "coordinator_2")
    yield "admitted", series(FIRST, content(desk)), "One desk is in."
    yield "shut-out", series(FIRST, content(desk), content(out)), "It is out from its eighteenth change on."
    back = series(FIRST, content(desk), content(out), content(entry(DESK, "khorugh", since=SINCE + 2)))
    yield "back", back, "And in again."
    yield "backwards", back[::-1], "The same versions, the newest first."
    two = [*series(FIRST, content(desk), content(second)), *series(SECOND, content(desk), content(out))]
    yield "second-coordinator", two, "A coordinator whom the first one lists shuts it out: out it is."
    yield "stranger", series(SECOND, content(out)), "A coordinator whom nobody lists: not believed."
    over = entry(SECOND, "coordinator_2", state="revoked", good={chain(SECOND): 1}, since=SINCE + 3)
    shut = [*series(FIRST, content(second), content(over)), *series(SECOND, content(desk), content(out))]
    yield "second-shut-out", shut, "The second one is out after its first version: only that one counts."
    lead = entry(FIRST, "coordinator", state="revoked", good={chain(FIRST): 1}, since=SINCE + 4)
    gone = entry(SECOND, "coordinator_2", state="revoked", since=SINCE + 3)
    each = [*series(FIRST, content(desk, second), content(gone)), *series(SECOND, content(lead), content(out))]
    yield "each-other", each, "Two coordinators shut out each other: the word of the first by code counts."
    after = entry(SECOND, "coordinator_2", state="revoked", good={chain(SECOND): 1}, since=SINCE + 5)
    heard = [*series(FIRST, content(desk, second), content(after)), *series(SECOND, content(lead))]
    yield "each-other-heard", heard, "The same, though the second one's version is among those that count."
    again = entry(SECOND, "coordinator_2", since=SINCE + 5)
    known = entry(FIRST, "coordinator", state="revoked", good={chain(FIRST): 2}, since=SINCE + 4)
    taken = [*series(FIRST, content(desk, second), content(gone), content(again)), *series(SECOND, content(known))]
    yield "each-other-back", taken, "The first takes the second one back, and is out until that one does so too."
    anew = signed(FIRST, 3, "0" * 64, content(entry(DESK, "khorugh", since=SINCE + 5)), incarnation="00000002")
    yield "restored", [*series(FIRST, content(desk), content(out)), anew], "A restored coordinator counts on anew."
    yield "nothing", [], "No version at all."


def _bent() -> Iterator[tuple[str, list[Told], str]]:
    desk, out = entry(DESK, "khorugh"), entry(DESK, "khorugh", state="revoked", since=SINCE + 1)
    whole = series(FIRST, content(desk), content(out), content(entry(DESK, "khorugh", name="Мурғоб")))
    forged = signed(FIRST, 4, hash_of(whole[-1]), content(desk), by=DESK)
    yield "forged", [*whole[:2], forged], "A version that another key signed."
    yield "gap", [whole[0], whole[2]], "The second of three is missing: it may come."
    other = signed(FIRST, 3, hash_of(whole[1]), content(desk))
    yield "forked", [*whole, other], "Two versions after the second."
    again = signed(FIRST, 1, hash_of(whole[1]), content(desk))
    yield "rolled-back", [*whole[:2], again], "A version that counts from one again."
    same = signed(FIRST, 2, hash_of(whole[1]), content(desk))
    yield "same-number", [*whole[:2], same], "A version with the number of the one before."
    yield "altered", [whole[0], {**whole[1], "content": content(desk)}], "Another content under its signature."
    yield "renumbered", [whole[0], {**whole[1], "number": 9}], "Another number under its signature."
    yield "elsewhere", [whole[0], {**whole[1], "previous": "ab" * 32}], "After another one than its signature says."
    yield "signature-odd", [whole[0], {**whole[1], "signature": "ҳ"}], "A signature that is none."
    yield "doubled", [*whole, *whole], "Every version twice."


def _odd() -> Iterator[tuple[str, list[Told], str]]:
    """Truly signed, and still no version."""
    desk = entry(DESK, "khorugh")
    spaced = json.dumps({"entries": [desk], "format": 1}, sort_keys=True)
    wrong = [
        ("spelt-otherwise", spaced, "With spaces."),
        ("no-json", "{", "No JSON."),
        ("nested", "[" * 5000, "Nested deeper than a reader's stack."),
        ("empty", content(), "No entry."),
        ("device-twice", content(desk, entry(DESK, "vose")), "Two entries of one device."),
        ("device-other", content({**desk, "device": "ab" * 16}), "A device whose key is another's."),
        ("kind-other", content({**desk, "kind": "coordinator"}), "A desk that is called a coordinator."),
        ("extra", content({**desk, "extra": 1}), "A member that an entry has not."),
        (
            "chains-foreign",
            content({**desk, "state": "revoked", "good": {chain(FIRST): 1}}),
            "Chains of another device.",
        ),
        ("good-and-active", content({**desk, "good": {chain(DESK): 1}}), "In, with a last change that counts."),
        ("recipient-odd", content({**desk, "recipient": "age1x"}), "A recipient that is none."),
        ("many", content(*([desk] * 101)), "More entries than a version has."),
        (
            "newer-format",
            json.dumps({"format": 2, "sealed": True}),
            "Of a version of the program that is not here yet.",
        ),
    ]
    for name, text, about in wrong:
        yield name, series(FIRST, text), about


def main(folder: Path) -> None:
    """Writes every sample that is not there yet with its companion."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sample in samples():
        file = folder / f"{name}.json"
        if not file.exists():
            file.write_text(json.dumps(sample.versions, indent=1) + "\n", "utf-8")
            file.with_suffix(".txt").write_text(f"outcome: {sample.outcome}\n\n{sample.about}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
