"""Bench: taking in bundles, against the database's own limit and other engines in the same run (see _engines.py)."""

import json
import subprocess
import sys
from pathlib import Path

from _people import ROOT

ORDER = ("raw", "ours", "session", "loro", "pycrdt")
CELLS = 500_000
EDITS = 20_000


def measure(engine: str) -> dict[str, float]:
    """One engine's figures, from a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("_engines.py")), engine]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> int:
    """Prints the table and the ratios, and writes build/bench-exchange.json."""
    found = {engine: measure(engine) for engine in ORDER}
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
        "w1_size_to_session": ours["w1_mb"] / found["session"]["w1_mb"],
        "w2_size_to_loro": ours["w2_mb"] / found["loro"]["w2_mb"],
        "w3_ms": ours["w3"] * 1000,
    }
    for name, value in ratios.items():
        print(f"{name}: {value:.2f}")
    target = ROOT / "build" / "bench-exchange.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"engines": found, "ratios": ratios}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
