"""Bench: taking in bundles, against the database's own limit and other engines in the same run (see _engines.py).

Then a season of some desks and a week of one of them (see _season.py): ten desks with 5,000 changes each, or with
`--full` a hundred with 20,000 each, which takes many minutes.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from _people import ROOT

ORDER = ("raw", "ours", "session", "loro", "pycrdt")
CELLS = 500_000
EDITS = 20_000
SEASON, FULL_SEASON = (10, 5_000), (100, 20_000)
"""How many desks, and how many changes of each."""


def measure(script: str, *arguments: str) -> dict[str, float]:
    """What a script prints, from a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    figures: dict[str, float] = json.loads(done.stdout) if done.stdout else {}
    return figures


def season(desks: int, each: int) -> dict[str, dict[str, float]]:
    """The figures of a season's files taken in together, then of one week's, then of one large bundle."""
    with tempfile.TemporaryDirectory() as folder:
        measure("_season.py", "write", folder, str(desks), str(each))
        return {name: measure("_season.py", "take", folder, f"{name}*.roh") for name in ("season", "week", "large")}


def main() -> int:
    """Prints the table and the ratios, and writes build/bench-exchange.json."""
    found = {engine: measure("_engines.py", engine) for engine in ORDER}
    print(f"{'engine':10} {'W1 cells/s':>12} {'W1 MB':>7} {'W2 edits/s':>12} {'W2 MB':>7} {'W3 ms':>8} {'RSS MB':>7}")
    for engine, one in found.items():
        sizes = [f"{one[key]:7.2f}" if key in one else f"{'-':>7}" for key in ("w1_mb", "w2_mb")]
        again = f"{one['w3'] * 1000:8.1f}" if "w3" in one else f"{'-':>8}"
        print(
            f"{engine:10} {CELLS / one['w1']:12,.0f} {sizes[0]} {EDITS / one['w2']:12,.0f} {sizes[1]} "
            f"{again} {one['rss_mb']:7.0f}"
        )
    ours, limit = found["ours"], found["raw"]
    ratios = {
        "w1_of_limit": limit["w1"] / ours["w1"],
        "w2_of_limit": limit["w2"] / ours["w2"],
        "w1_of_limit_cpu": limit["w1_cpu"] / ours["w1_cpu"],
        "w2_of_limit_cpu": limit["w2_cpu"] / ours["w2_cpu"],
        "w1_size_to_session": ours["w1_mb"] / found["session"]["w1_mb"],
        "w2_size_to_loro": ours["w2_mb"] / found["loro"]["w2_mb"],
        "w3_ms": ours["w3"] * 1000,
    }
    for name, value in ratios.items():
        print(f"{name}: {value:.3f}")
    desks, each = FULL_SEASON if "--full" in sys.argv else SEASON
    over_time = season(desks, each)
    for name, one in over_time.items():
        print(
            f"{name}: {one['took']:,.0f} changes into {one['people']:,.0f} people in {one['seconds']:.2f} s "
            f"({one['cpu']:.2f} of the processor), "
            f"{one['rss_mb']:.0f} MB; another thread waited {one['wait_ms']:.0f} ms at most "
            f"({one['idle_ms']:.0f} idle), {one['held_ms']:.0f} ms for this one alone"
        )
    target = ROOT / "build" / "bench-exchange.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"engines": found, "ratios": ratios, **over_time}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
