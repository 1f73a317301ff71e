"""Makes the samples in tests/data/cards: cards of every format as they should be, and as they may come.

    python -m tests.unit.sync.hostile_cards FOLDER

They are the same in every run, and those in the repository stay as they are for ever.
"""

import base64
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_app.crypto import escrow
from desk_app.crypto.signing import SigningKey, new_signing_key, sign

FOLDER = Path(__file__).parents[2] / "data" / "cards"
KEY = new_signing_key(random.Random(1).randbytes)
OTHER = new_signing_key(random.Random(2).randbytes)
RECIPIENTS = [escrow.new_escrow(random.Random(f"month {at}").randbytes).recipient for at in range(15)]
FIRST_DAY = 20_490
MONTHS = 13

Said = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """A file and what must become of it: the digits of the card that it is, or the trouble."""

    data: bytes
    outcome: str
    about: str


def spelt(said: Said) -> bytes:
    """Canonical JSON."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed(said: Said, version: int, domain: str, key: SigningKey = KEY) -> Said:
    """The facts with their format and signature."""
    signature = base64.b64encode(sign(key, domain, spelt(said))).decode()
    return {**said, "format": version, "signature": signature}


def who(key: SigningKey = KEY) -> Said:
    """Whose card it is."""
    return {"desk": "khorugh", "name": "Хоруғ", "kind": "desk", "key": base64.b64encode(key.public).decode()}


def months(count: int = MONTHS, step: int = 30) -> list[list[Any]]:
    """Keys by the first day of their period."""
    return [[FIRST_DAY + step * at, recipient] for at, recipient in enumerate(RECIPIENTS[:count])]


def samples() -> Iterator[tuple[str, Sample]]:
    """Every sample with its name."""
    yield from _good()
    yield from _bent()
    yield from _signed_wrong()


def _good() -> Iterator[tuple[str, Sample]]:
    first = signed({**who(), "exchange": RECIPIENTS[0]}, 1, "card v1")
    yield (
        "first",
        Sample(
            spelt(first), "digits 745 897 550 627 694 312 / 290 528 146 368 888 495", "Format 1, with one key for ever."
        ),
    )
    second = signed({**who(), "keys": months()}, 2, "card v2")
    yield (
        "second",
        Sample(
            spelt(second),
            "digits 047 262 914 302 216 882 / 980 087 926 407 155 431",
            "Format 2, with a key for each of thirteen periods.",
        ),
    )
    loose = json.dumps(dict(reversed(second.items())), indent=1).replace("\n", "\r\n").encode()
    yield (
        "second-spelt-otherwise",
        Sample(
            loose,
            "digits 047 262 914 302 216 882 / 980 087 926 407 155 431",
            "The same card as a mail program laid it out.",
        ),
    )
    lead = signed({**who(), "kind": "coordinator", "desk": "coordinator_2", "keys": months()}, 2, "card v2")
    yield (
        "coordinator",
        Sample(spelt(lead), "digits 357 969 676 842 010 229 / 812 583 286 161 117 459", "A second coordinator's."),
    )
    said = {"kind": "emergency", "key": who()["key"], "recipient": RECIPIENTS[0]}
    emergency = signed(said, 1, "emergency key v1")
    yield (
        "emergency",
        Sample(
            spelt(emergency),
            "digits 312 880 961 114 146 709 / 594 141 706 921 617 797",
            "The programme's emergency key.",
        ),
    )


def _bent() -> Iterator[tuple[str, Sample]]:
    """By one who lacks the key of the card."""
    second = signed({**who(), "keys": months()}, 2, "card v2")
    edits: list[tuple[str, Callable[[Said], Said], str]] = [
        ("name-altered", lambda card: {**card, "name": "Восеъ"}, "Another name."),
        ("key-altered", lambda card: {**card, "key": who(OTHER)["key"]}, "Another signing key."),
        ("month-altered", lambda card: {**card, "keys": months(12) + months(14)[13:]}, "Another last key."),
        ("signature-cut", lambda card: {**card, "signature": card["signature"][:20]}, "Half a signature."),
        ("extra", lambda card: {**card, "extra": 1}, "A member that format 2 has not."),
        ("called-first", lambda card: {**card, "format": 1}, "Format 2 that says it is format 1."),
        ("format-0", lambda card: {**card, "format": 0}, "A format before the first."),
        ("format-text", lambda card: {**card, "format": "2"}, "A format in words."),
    ]
    for name, edit, about in edits:
        yield name, Sample(spelt(edit(second)), "CardDamaged", about)
    yield "newer", Sample(spelt({**second, "format": 3}), "CardNewer 3", "A format of a later make.")
    yield "long", Sample(spelt({**second, "extra": "x" * 16_384}), "CardDamaged", "More than 16 KiB.")
    yield "nested", Sample(b"[" * 16_000, "CardDamaged", "Nested deeper than a reader's stack.")
    yield "no-text", Sample(b"\xff\xfe\0", "CardDamaged", "No text.")
    yield "nothing", Sample(b"", "CardDamaged", "An empty file.")
    yield "cut", Sample(spelt(second)[:-40], "CardDamaged", "The copying stopped here.")


def _signed_wrong() -> Iterator[tuple[str, Sample]]:
    """Truly signed, and still no card."""
    shout = months()
    shout[3][1] = shout[3][1].upper()
    twice = months()
    twice[4][1] = twice[3][1]
    early = [[day - 365 * 30_000, key] for day, key in months()]
    wrong: list[tuple[str, Said, str]] = [
        ("months-few", {"keys": months(12)}, "Twelve keys."),
        ("months-many", {"keys": months(14)}, "Fourteen keys."),
        ("months-apart", {"keys": months(step=60)}, "Periods with gaps between."),
        ("months-shifted", {"keys": [[day + 1, key] for day, key in months()]}, "Periods that begin on another day."),
        ("months-negative", {"keys": early}, "Days before 1970."),
        ("months-unordered", {"keys": months()[::-1]}, "The last period first."),
        ("months-shouted", {"keys": shout}, "A key in capitals."),
        ("months-twice", {"keys": twice}, "One key for two periods."),
        ("months-none", {}, "No key at all."),
        ("both", {"keys": months(), "exchange": RECIPIENTS[0]}, "Keys of both formats."),
        ("desk-odd", {"keys": months(), "desk": "../up"}, "A desk's code that is a path."),
        ("kind-odd", {"keys": months(), "kind": "admin"}, "A kind that there is not."),
        ("name-empty", {"keys": months(), "name": ""}, "No name."),
    ]
    for name, said, about in wrong:
        yield name, Sample(spelt(signed({**who(), **said}, 2, "card v2")), "CardDamaged", about)
    other = signed({**who(), "keys": months()}, 2, "card v1")
    yield "domain-other", Sample(spelt(other), "CardDamaged", "Signed as a card of format 1.")
    foreign = signed({**who(), "keys": months()}, 2, "card v2", OTHER)
    yield "signed-by-another", Sample(spelt(foreign), "CardDamaged", "Signed with another key than its own.")


def main(folder: Path) -> None:
    """Writes every sample that is not there yet with its companion."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sample in samples():
        file = folder / f"{name}.json"
        if not file.exists():
            file.write_bytes(sample.data)
            file.with_suffix(".txt").write_text(f"outcome: {sample.outcome}\n\n{sample.about}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
