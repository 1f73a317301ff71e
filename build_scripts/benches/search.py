"""Bench: what each keystroke in the search box costs over 100,000 people, beside the raw FTS5 query in the same run."""

import csv
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _people import FIELDS, ROOT, people

PEOPLE = 100_000
TYPED = 60


def fill(vault: Any) -> None:
    """Puts the people into the vault as changes of its own device."""
    from _engines import ids
    from _ours import Writer, take

    from desk_app.domain.change import Body

    kind = vault.registry["client"]
    numbers = [str(kind.field(name).number) for name in FIELDS]
    writer = Writer(vault, 5)
    made = [
        writer.write(key, Body({"1": ["khorugh"], **{n: [v] for n, v in zip(numbers, person, strict=True)}}))
        for key, person in zip(ids(PEOPLE), people(PEOPLE), strict=True)
    ]
    for start in range(0, PEOPLE, 20_000):
        take(vault, made[start : start + 20_000])


def typed_names() -> list[str]:
    """Names as typed, in every spelling that the program's list knows."""
    chance = random.Random(3)
    with (ROOT / "resources" / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spellings = ("tg", "ru", "uz_Latn", "passport_latn")
    return [name for row in chance.sample(rows, TYPED) if (name := row[chance.choice(spellings)])]


def keystrokes(work: Callable[[str], object]) -> list[float]:
    """Milliseconds of each keystroke while the names are typed."""
    spent = []
    for name in typed_names():
        for length in range(1, len(name) + 1):
            start = time.perf_counter()
            work(name[:length])
            spent.append((time.perf_counter() - start) * 1000)
    return spent


def main() -> int:
    """Prints the percentiles and their ratio, and writes build/bench-search.json."""
    from _ours import new_vault

    from desk_app.domain import names
    from desk_app.usecases import people as usecase

    with tempfile.TemporaryDirectory() as folder:
        vault = new_vault(Path(folder), "khorugh")
        fill(vault)

        def raw(text: str) -> object:
            asked = names.query_tokens(text)
            question = " AND ".join(f'"{either[0]}" *' for either in asked) or '"x"'
            sql = "SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT 200"
            return vault.db.execute(sql, [question]).fetchall()

        figures: dict[str, float] = {}
        for name, work in (("raw", raw), ("ours", lambda text: usecase.find(vault, text))):
            keystrokes(work)
            spent = keystrokes(work)
            cuts = statistics.quantiles(spent, n=20)
            figures |= {f"{name}_p50_ms": statistics.median(spent), f"{name}_p95_ms": cuts[-1]}
            figures[f"{name}_max_ms"] = max(spent)
        vault.close()
    figures["p95_ratio"] = figures["ours_p95_ms"] / figures["raw_p95_ms"]
    for name, value in figures.items():
        print(f"{name}: {value:.2f}")
    target = ROOT / "build" / "bench-search.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
