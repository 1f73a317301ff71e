"""Bench: comparing 100,000 people with each other, one new person with all of them, and how many of those who are on
record twice are found: among invented people and in the Febrl sets, at `likely` and at `possible`.
"""

import gc
import json
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import _febrl
from _doubles import Clerk, Values, population
from _engines import ids, timed
from _people import ROOT

PEOPLE = 100_000
TWICE = 5_000
NEW = 200
LIKELY = 9.0
Place = tuple[int, int]


def fill(vault: Any, records: Sequence[tuple[int, Values]]) -> dict[str, int]:
    """Puts the records into the vault as changes of its own device; returns id -> number of the person."""
    from _ours import Writer, take

    from desk_app.domain.change import Body

    kind = vault.registry["client"]
    writer = Writer(vault, 5)
    keys = ids(len(records))
    made = [
        writer.write(key, Body({"1": ["khorugh"], **{str(kind.field(n).number): [v] for n, v in values.items()}}))
        for key, (_, values) in zip(keys, records, strict=True)
    ]
    for start in range(0, len(made), 20_000):
        take(vault, made[start : start + 20_000])
    return {key: number for key, (number, _) in zip(keys, records, strict=True)}


def quality(found: Mapping[Place, float], true: Iterable[Place]) -> dict[str, float]:
    """Precision, recall and F at both bounds."""
    wanted = {(min(pair), max(pair)) for pair in true}
    figures: dict[str, float] = {}
    for name, least in (("likely", LIKELY), ("possible", 0.0)):
        told = {pair for pair, points in found.items() if points >= least}
        right = len(told & wanted)
        precision, recall = right / max(len(told), 1), right / max(len(wanted), 1)
        f = 2 * precision * recall / max(precision + recall, 1e-9)
        figures |= {
            f"{name}_precision": precision,
            f"{name}_recall": recall,
            f"{name}_f": f,
            f"{name}_pairs": len(told),
        }
    return figures


def compared(everybody: Sequence[Any], every_pair: bool = False) -> dict[Place, float]:
    """Places of records that may be one person, with their points, by the program's blocks; or, to see what these
    cost, by every pair that shares a key.
    """
    from desk_app.domain import names

    ready = [names.comparable(place, facts) for place, facts in enumerate(everybody)]
    blocks: dict[str, list[Any]] = defaultdict(list)
    for one, facts in zip(ready, everybody, strict=True):
        for key in names.candidate_keys(facts):
            blocks[key].append(one)
    found: dict[Place, float] = {}
    for key, block in blocks.items():
        for one, other in combinations(block, 2) if every_pair else names.pairs(key, block):
            judged = names.possible(one.facts, other.facts)
            if judged is not None:
                found[min(one.number, other.number), max(one.number, other.number)] = judged.points
    return found


def swept(folder: Path) -> dict[str, float]:
    """The sweep of everybody in a vault, and what one more person costs."""
    from _ours import new_vault

    from desk_app.usecases import duplicates, people, sweeping

    records = population(PEOPLE, TWICE)
    vault = new_vault(folder, "khorugh")
    persons = fill(vault, records)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    steps: list[float] = []

    def progress(_done: int, _total: int) -> bool:
        steps.append(time.process_time())
        return True

    spent = timed(lambda: sweeping.compare(vault, progress))
    pauses = [b - a for a, b in pairwise(steps)]
    figures: dict[str, float] = {"sweep_s": spent.wall, "sweep_cpu_s": spent.cpu, "longest_slice_cpu_s": max(pauses)}
    figures["more_memory_mb"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    pairs = duplicates.listed(vault, limit=-1)
    true = defaultdict(list)
    for key, person in persons.items():
        true[person].append(key)
    place = {key: number for number, key in enumerate(persons)}
    found = {
        (min(place[one.one.id], place[one.other.id]), max(place[one.one.id], place[one.other.id])): one.points
        for one in pairs
    }
    figures |= quality(found, ((place[two[0]], place[two[1]]) for two in true.values() if len(two) == 2))
    figures["list_ms"] = timed(lambda: duplicates.listed(vault)).cpu * 1000
    figures["counts_ms"] = timed(lambda: duplicates.counts(vault)).cpu * 1000
    clerk = Clerk(99)
    times, whole = [], []
    for _ in range(NEW):
        typed = clerk.written(clerk.someone())
        spent = timed(partial(people.look_alikes, vault, typed))
        times.append(spent.cpu * 1000)
        whole.append(spent.wall * 1000)
    cuts = statistics.quantiles(times, n=20)
    figures |= {"look_alikes_p50_ms": statistics.median(times), "look_alikes_p95_ms": cuts[-1]}
    figures["look_alikes_max_wall_ms"] = max(whole)
    for key in list(persons)[:50]:
        vault.db.execute("DELETE FROM compared WHERE rid = (SELECT rid FROM client WHERE id = ?)", [key])
    figures["sweep_of_50_cpu_s"] = timed(lambda: sweeping.compare(vault)).cpu
    vault.close()
    return figures


def blocked() -> dict[str, float]:
    """What the rule for large blocks loses, among people whose names and birth dates are shared by many."""
    from desk_app.domain.names import PersonFacts, PersonName

    records = population(8_000, 2_000, seed=3)
    facts = [
        PersonFacts(
            PersonName(values.get("surname", ""), values.get("given_name", ""), values.get("father_name", "")),
            values.get("sex", ""),
            values.get("birth_date", ""),
            tuple(filter(None, [values.get("phone")])),
            tuple(filter(None, [values.get("paper_number")])),
            values.get("institution", ""),
            values.get("release_date", ""),
        )
        for _, values in records
    ]
    every, ours = compared(facts, every_pair=True), compared(facts)
    true = set(_febrl.true_pairs([str(number) for number, _ in records]))
    lost = every.keys() - ours.keys()
    return {
        "pairs_of_every_key": len(every),
        "lost_by_blocks": len(lost),
        "true_lost_by_blocks": len(lost & true),
        "true_sharing_no_key": len(true) - sum(pair in true for pair in _sharing(facts)),
    }


def _sharing(everybody: Sequence[Any]) -> set[Place]:
    from desk_app.domain import names

    blocks: dict[str, list[int]] = defaultdict(list)
    for place, facts in enumerate(everybody):
        for key in names.candidate_keys(facts):
            blocks[key].append(place)
    return {pair for block in blocks.values() for pair in combinations(block, 2)}


def febrl() -> dict[str, float]:
    """The public sets, by name and birth date alone and with a number that few others have."""
    tables = _febrl.fetched()
    figures: dict[str, float] = {}
    if tables is None:
        print("the Febrl sets cannot be fetched: without them")
        return figures
    for name in _febrl.SETS:
        records = _febrl.records(tables, name)
        true = list(_febrl.true_pairs([person for person, _ in records]))
        for papers in (False, True):
            found = compared([_febrl.facts(row, papers) for _, row in records])
            title = f"febrl{name}_{'with_number' if papers else 'name_and_birth'}"
            figures |= {f"{title}_{key}": value for key, value in quality(found, true).items()}
    return figures


def main() -> int:
    """Prints the figures and writes build/bench-duplicates.json."""
    with tempfile.TemporaryDirectory() as folder:
        figures = swept(Path(folder))
    figures |= blocked() | febrl()
    for name, value in figures.items():
        print(f"{name}: {value:.3f}")
    target = ROOT / "build" / "bench-duplicates.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
