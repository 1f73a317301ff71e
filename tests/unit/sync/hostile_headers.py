"""Samples of headers of formats 2 and 3: how far a coordinator has the recipient's chains, what a bundle goes on from,
what is held over holes, what a coordinator lost of its roster."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from desk_app.crypto.sealing import ExchangeIdentity, seal
from desk_app.domain.change import Change
from desk_app.sync.bundle_changes import encode_chunk
from desk_app.sync.bundle_header import encode_header
from desk_app.sync.framing import build
from tests.unit.sync import hostile
from tests.unit.sync.hostile import SENDER_KEY, Sample

CHAIN = f"{'ab' * 16}.00000001"
HASH = "ef" * 32
SECOND = {"format": 2, "heads": {CHAIN: [17, HASH]}, "since": {"hash": "cd" * 32, "number": 4}}
THIRD = {**SECOND, "format": 3, "beyond": {CHAIN: [[19, 30], [32, 32]]}, "have": {CHAIN: 17}}
LOST = {"chain": CHAIN, "version": 3, "previous": HASH, "content": "{}", "signature": "signed"}

Said = dict[str, Any]


def samples(us: ExchangeIdentity, changes: Sequence[Change]) -> Iterator[tuple[str, Sample]]:
    """Every sample with its name."""
    chunks = [hostile.pack(encode_chunk(changes))]
    honest = hostile.header(hostile.facts(changes), len(changes), chunks, [us.recipient])
    first = json.loads(encode_header(honest))
    read, damaged = f"changes {hostile.digest(changes)}", "Damaged header"
    told: list[tuple[str, Said, str, str]] = [
        ("second", SECOND, read, "Format 2 with all it has."),
        ("second-everything", {"format": 2, "since": None}, read, "A bundle that goes on from none."),
        ("second-alone", {"format": 2}, read, "Format 2 that says no more than format 1."),
        ("second-called-first", {**SECOND, "format": 1}, damaged, "Format 1 with the keys of format 2."),
        ("second-for-later", {**SECOND, "minimum_reader": 2}, "NewerFormat 2", "Format 2 for a later reader."),
        ("second-and-more", {**SECOND, "extra": [1]}, read, "A key that format 2 has not, as a later one may have."),
        ("heads-hash-cut", {**SECOND, "heads": {CHAIN: [17, HASH[:-1]]}}, damaged, "A hash one digit short."),
        ("heads-chain-odd", {**SECOND, "heads": {"../x": [17, HASH]}}, damaged, "A chain that is none."),
        ("heads-nought", {**SECOND, "heads": {CHAIN: [0, HASH]}}, damaged, "A change before the first."),
        ("heads-beyond", {**SECOND, "heads": {CHAIN: [2**40, HASH]}}, damaged, "A number above the highest."),
        ("heads-list", {**SECOND, "heads": [[CHAIN, 17, HASH]]}, damaged, "Heads in another form."),
        ("since-nought", {**SECOND, "since": {"hash": HASH, "number": 0}}, damaged, "A bundle before the first."),
        ("since-number", {**SECOND, "since": 4}, damaged, "A bundle without its hash."),
        ("third", THIRD, read, "Format 3 with all it has."),
        ("third-called-first", {**THIRD, "format": 1}, damaged, "Format 1 with a key of format 3."),
        ("third-alone", {"format": 3, "beyond": {}}, read, "No hole anywhere."),
        ("beyond-nothing", {**THIRD, "have": {}}, read, "A hole at the very beginning."),
        ("beyond-no-hole", {**THIRD, "have": {CHAIN: 18}}, damaged, "A span that goes on without a hole."),
        ("beyond-doubled", {**THIRD, "beyond": {CHAIN: [[19, 30], [30, 32]]}}, damaged, "Spans that overlap."),
        ("beyond-falling", {**THIRD, "beyond": {CHAIN: [[32, 32], [19, 30]]}}, damaged, "Spans in a wrong order."),
        ("beyond-turned", {**THIRD, "beyond": {CHAIN: [[30, 19]]}}, damaged, "A span that ends before it begins."),
        ("beyond-high", {**THIRD, "beyond": {CHAIN: [[19, 2**40]]}}, damaged, "A number above the highest."),
        ("beyond-odd", {**THIRD, "beyond": {CHAIN: [19, 30]}}, damaged, "Spans in another form."),
        (
            "beyond-many",
            {**THIRD, "beyond": {CHAIN: [[seq, seq] for seq in range(19, 2021, 2)]}},
            damaged,
            "More spans than may be told.",
        ),
        ("given-back", {**THIRD, "given_back": [LOST]}, read, "A version that the recipient lost."),
        ("given-back-first", {"given_back": [LOST]}, damaged, "Format 1 with a version that the recipient lost."),
        ("given-back-chain", {**THIRD, "given_back": [{**LOST, "chain": "../x"}]}, damaged, "A chain that is none."),
        (
            "given-back-nought",
            {**THIRD, "given_back": [{**LOST, "version": 0}]},
            damaged,
            "A version before the first.",
        ),
        ("given-back-cut", {**THIRD, "given_back": [{**LOST, "previous": HASH[:-1]}]}, damaged, "Half a hash before."),
        (
            "given-back-long",
            {**THIRD, "given_back": [{**LOST, "content": "x" * 16385}]},
            damaged,
            "Too long a content.",
        ),
        ("given-back-many", {**THIRD, "given_back": [LOST] * 101}, damaged, "More versions than may be given back."),
        ("given-back-odd", {**THIRD, "given_back": [["version", 3]]}, damaged, "A version in another form."),
    ]
    for name, said, outcome, about in told:
        line = json.dumps({**first, **said}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        data = seal(build(line, chunks, SENDER_KEY), [us.recipient])
        yield f"header-{name}", Sample(data, outcome, about)
