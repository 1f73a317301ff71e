"""Bench: what each keystroke in the search box costs over 100,000 and 1,000,000 people, beside the raw FTS5 query.

`--people N` takes another size; given twice, two. The raw query asks for the beginning alone, in one spelling, and
reads no person: ours must fold, find every spelling, order the best first and say why.
"""

import argparse
import csv
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from _engines import Spent, ids, timed
from _people import FIELDS, ROOT, people

SIZES = (100_000, 1_000_000)
TYPED = 60
AT_ONCE = 20_000
SPELLINGS = ("tg", "ru", "uz_Latn", "passport_latn")
WARM, MEASURED = 3, 4
"""Seeds: the measured words are others than those that warm the pages, so that no cache of words knows them."""


def fill(vault: Any, count: int) -> None:
    """Puts the people into the tables as a merge does at its end; the log, which no search reads, stays empty."""
    from _ours import Writer

    from desk_app.domain.change import Body
    from desk_app.domain.fold import fold
    from desk_app.storage import projection
    from desk_app.storage.sqlcipher import atomic

    kind = vault.registry["client"]
    fields = [str(kind.field(name).number) for name in ("desk", "number", *FIELDS)]
    writer = Writer(vault, 5)
    persons = (("khorugh", f"KHG-2026-{place}", *person) for place, person in enumerate(people(count), start=1))
    made = (
        writer.write(key, Body({number: [value] for number, value in zip(fields, person, strict=True)}))
        for key, person in zip(ids(count), persons, strict=True)
    )
    while states := [state for change in islice(made, AT_ONCE) if (state := fold(kind, [change]))]:
        with atomic(vault.db):
            projection.put(vault.db, kind, states, fresh=True)


def whole_texts(seed: int) -> dict[str, list[str]]:
    """What is typed to the end, by its sort: names in every spelling the program's list knows, two words, numbers."""
    chance = random.Random(seed)
    with (ROOT / "resources" / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

    def spelt(kinds: Sequence[str]) -> list[str]:
        listed = chance.sample([row for row in rows if row["kind"] in kinds], TYPED)
        return [name for row in listed if (name := row[chance.choice(SPELLINGS)])]

    pairs = [f"{one} {other}" for one, other in zip(spelt(["surname"]), spelt(["given"]), strict=False)]
    phones = [f"{chance.randint(900_000_000, 999_999_999)}" for _ in range(TYPED // 2)]
    middles = [f"{chance.randint(10_000, 99_999)}" for _ in range(TYPED // 2)]
    papers = [f"A{chance.randint(0, 99_999_999):08}" for _ in range(TYPED // 2)]
    found = {"names": spelt(["surname", "given"]), "pairs": pairs, "phones": phones, "middles": middles}
    return {**found, "papers": papers, "letters": [*"абгдисхшҳҷabgkshz", *("аб", "му", "са", "ab", "mu", "sa")]}


def keystrokes(work: Callable[[str], object], texts: Sequence[str]) -> list[Spent]:
    """What each keystroke takes while the texts are typed."""
    begun = [text[:length] for text in texts for length in range(1, len(text) + 1)]
    return [timed(partial(work, text)) for text in begun]


def measure(vault: Any) -> dict[str, float]:
    """Milliseconds, percentiles of all keystrokes and of each sort, ours and raw, by the clock and of the processor."""
    from desk_app.domain import names
    from desk_app.usecases import people as usecase

    def raw(text: str) -> object:
        if text[-1].isdigit():
            sql = "SELECT rid FROM person_key WHERE key >= ? AND key < ? LIMIT 200"
            key = names.BEGUN + names.compact(text)
            return vault.db.execute(sql, [key, key + "~"]).fetchall()
        asked = names.query_tokens(text)
        question = " AND ".join(f'"{either[0]}" *' for either in asked) or '"x"'
        sql = "SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT 200"
        return vault.db.execute(sql, [question]).fetchall()

    def ours(text: str) -> object:
        return usecase.find(vault, text, 200)

    figures: dict[str, float] = {}
    for name, work in (("raw", raw), ("ours", ours)):
        for texts in whole_texts(WARM).values():
            keystrokes(work, texts)
        spent = {sort: keystrokes(work, texts) for sort, texts in whole_texts(MEASURED).items()}
        spent["all"] = [one for sort in spent.values() for one in sort]
        for sort, times in spent.items():
            figures |= _percentiles(f"{name}_{sort}", [one.wall for one in times])
            figures |= _percentiles(f"{name}_{sort}_cpu", [one.cpu for one in times])
    for ending in ("p95_ms", "cpu_p95_ms"):
        figures[f"{ending}_ratio"] = figures[f"ours_all_{ending}"] / figures[f"raw_all_{ending}"]
    return figures


def _percentiles(name: str, seconds: Sequence[float]) -> dict[str, float]:
    times = [1000 * one for one in seconds]
    p95 = statistics.quantiles(times, n=20)[-1]
    return {f"{name}_p50_ms": statistics.median(times), f"{name}_p95_ms": p95, f"{name}_max_ms": max(times)}


def tell(figures: dict[str, float]) -> None:
    """Prints what counts: the percentiles by sort, raw and ours, by the clock and of the processor."""
    for sort in ("all", *whole_texts(MEASURED)):
        for name in ("raw", "ours"):
            shown = (f"{cut} {figures[f'{name}_{sort}_{cut}_ms']:.2f}" for cut in ("p50", "p95", "cpu_p50", "cpu_p95"))
            print(f"  {sort} {name} ms: {', '.join(shown)}")
    for name in ("p95_ms_ratio", "cpu_p95_ms_ratio", "filled_s"):
        print(f"  {name}: {figures[name]:.2f}")


def main() -> int:
    """Prints the percentiles and their ratio for each size, and writes build/bench-search.json."""
    from _ours import new_vault

    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, action="append")
    figures: dict[str, dict[str, float]] = {}
    for count in options.parse_args().people or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            vault = new_vault(Path(folder), "khorugh")
            start = time.perf_counter()
            fill(vault, count)
            filled = time.perf_counter() - start
            figures[f"{count}"] = {"filled_s": filled, **measure(vault)}
            vault.close()
        print(f"{count} people")
        tell(figures[f"{count}"])
    target = ROOT / "build" / "bench-search.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
