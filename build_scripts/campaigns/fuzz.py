"""Fuzzing campaign: everything that reads what comes from outside gets samples edited at random, with an eye on the
branches they reach. Nothing but errors of ours may come out.

dev.py campaign fuzz [--executions N] [--seed S] [--target NAME ...]: exit 1 for any fault; its sample is kept, and
dev.py campaign fuzz --again TARGET FILE reads it once more.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from _fuzz_targets import TARGETS

ONE = Path(__file__).with_name("_fuzz_one.py")
_EXECUTED = re.compile(r"stat::number_of_executed_units: *(\d+)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one target."""

    name: str
    executions: int
    seconds: float
    fault: str = ""


def share(name: str, names: Sequence[str], executions: int) -> int:
    """How many of all executions a target gets: quick readers more than slow ones."""
    return max(1, executions * TARGETS[name].share // sum(TARGETS[one].share for one in names))


def run(name: str, executions: int, seed: int, folder: Path) -> Outcome:
    """One target in a process of its own."""
    place = folder / name
    place.mkdir(parents=True)
    begun = time.monotonic()
    command = [sys.executable, str(ONE), name, str(executions), str(seed), str(place)]
    with (place / "log").open("wb") as log:
        around = {**os.environ, "TMPDIR": str(place)}
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, env=around, check=False).returncode
    said = (place / "log").read_text("utf-8", "replace")
    executed = _EXECUTED.search(said)
    seconds = time.monotonic() - begun
    if code == 0 and executed:
        return Outcome(name, int(executed[1]), seconds)
    kept = sorted(str(path) for path in place.iterdir() if path.is_file())
    words = f"{said[-3000:]}\n  kept: {', '.join(kept)}\n  again: dev.py campaign fuzz --again {name} FILE"
    return Outcome(name, int(executed[1]) if executed else 0, seconds, words)


def report(outcomes: Sequence[Outcome], seed: int) -> None:
    """The table of what was tried and what was found."""
    print(f"\n{'target':12} {'executions':>12} {'seconds':>8}  found")
    for one in outcomes:
        print(f"{one.name:12} {one.executions:12,} {one.seconds:8.0f}  {'FAULT' if one.fault else 'nothing'}")
    faults = sum(bool(one.fault) for one in outcomes)
    print(f"{sum(one.executions for one in outcomes):,} executions, seed {seed}: {faults} faults.")


def main(arguments: Sequence[str]) -> int:
    """Reads the command and runs it."""
    parser = argparse.ArgumentParser(prog="dev.py campaign fuzz", description=__doc__)
    parser.add_argument("--executions", type=int, default=1_000_000, help="over all targets")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--target", nargs="+", choices=TARGETS, default=[*TARGETS], help="only some of the targets")
    parser.add_argument("--again", nargs=2, metavar=("TARGET", "FILE"), help="reads a sample that was kept")
    wanted = parser.parse_args(arguments)
    if wanted.again:
        TARGETS[wanted.again[0]].read(Path(wanted.again[1]).read_bytes())
        return 0
    print(f"Fuzzing campaign, seed {wanted.seed}.", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="roh-fuzz-"))
    outcomes = []
    for name in wanted.target:
        outcomes.append(run(name, share(name, wanted.target, wanted.executions), wanted.seed, folder))
        print(f"{name}: {outcomes[-1].fault or 'nothing found'}", flush=True)
    report(outcomes, wanted.seed)
    if any(one.fault for one in outcomes):
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
