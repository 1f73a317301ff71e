"""Exchange campaign: whole worlds of desks and coordinators, with clocks that lie, a post that loses and confuses,
kills and full disks. At the end everything is delivered, and all that the formats promise must hold.

dev.py campaign exchange [--seeds N] [--seed S] [--desks N] [--acts N] [--workers N]: exit 1 on any violation. A failing
seed is printed with what happened last; --seed S --seeds 1 repeats it exactly. --break NAME ... makes mistakes in the
program, one after the other, and fails unless each is found within the seeds.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from _acting import live
from _breakages import BREAKAGES
from _ending import deliver_everything, judge
from _world import Templates, World, opened

LAST = 30
"""Acts that are printed of a failing world."""


@dataclass(slots=True)
class Tally:
    """What a run of seeds came to."""

    seeds: int = 0
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)


def run_seed(seed: int, folder: Path, templates: Templates, wanted: argparse.Namespace, tally: Tally) -> str:
    """One world from its beginning to its end. Returns what was found, empty for nothing."""
    found = ""
    begun = time.monotonic()
    world: World | None = None
    try:
        with opened(seed, folder / f"{seed}", templates, wanted.desks) as world:
            live(world, wanted.acts)
            tally.counts[f"rounds at the end: {deliver_everything(world)}"] += 1
            judge(world)
    except Exception as error:
        tally.failed.append(seed)
        found = str(error).partition("\n")[0]
        told = world.trace[-LAST:] if world else []
        words = "".join(traceback.format_exception(error)[-8:])
        if not wanted.breakages:
            print(f"FAILED seed {seed}\n" + "\n".join(f"  {line}" for line in told) + f"\n{words}", flush=True)
    tally.seeds += 1
    tally.seconds += time.monotonic() - begun
    if world:
        tally.counts += world.counts
        if wanted.trace:
            print("\n".join(world.trace))
    return found


def run_broken(name: str, folder: Path, templates: Templates, wanted: argparse.Namespace) -> bool:
    """Worlds with one mistake in the program, until it is found. False where it is not."""
    for seed in range(wanted.seed, wanted.seed + wanted.seeds):
        with BREAKAGES[name]():
            found = run_seed(seed, folder, templates, wanted, Tally())
        if found:
            print(f"{name}: found with seed {seed}: {found[:200]}", flush=True)
            return True
    print(f"{name}: NOT FOUND within {wanted.seeds} seeds from {wanted.seed}", flush=True)
    return False


def report(tally: Tally, first: int) -> None:
    """The table of what happened, and how it ended."""
    for name, count in sorted(tally.counts.items()):
        print(f"{name:60} {count:7}")
    each = tally.seconds / max(1, tally.seeds)
    failed = f", failed: {' '.join(map(str, tally.failed))}" if tally.failed else ""
    print(f"{tally.seeds} seeds from {first}, {each:.2f} s each: {len(tally.failed)} violations{failed}.")


def run(wanted: argparse.Namespace) -> int:
    """All seeds, one after the other. Returns 1 on any violation."""
    tally = Tally()
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="roh-exchange-", dir=place) as name:
        folder = Path(name)
        templates = Templates(folder / "templates")
        if wanted.breakages:
            found = [run_broken(name, folder, templates, wanted) for name in wanted.breakages]
            return 0 if all(found) else 1
        for seed in range(wanted.seed, wanted.seed + wanted.seeds):
            run_seed(seed, folder, templates, wanted, tally)
    report(tally, wanted.seed)
    return 1 if tally.failed else 0


def shared_out(wanted: argparse.Namespace, arguments: Sequence[str]) -> int:
    """The seeds among several processes, each with its own table. Returns 1 on any violation."""
    share, started = -(-wanted.seeds // wanted.workers), []
    for first in range(wanted.seed, wanted.seed + wanted.seeds, share):
        count = min(share, wanted.seed + wanted.seeds - first)
        own = ["--workers", "1", "--seed", str(first), "--seeds", str(count)]
        started.append(subprocess.Popen([sys.executable, __file__, *arguments, *own]))
    return max([one.wait() for one in started])


def main(arguments: Sequence[str]) -> int:
    """Reads the command and runs it."""
    parser = argparse.ArgumentParser(prog="dev.py campaign exchange", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the first of them")
    parser.add_argument("--desks", type=int, help="as many in every world; by chance if not given")
    parser.add_argument("--acts", type=int, default=120, help="what happens in each world before the end")
    parser.add_argument("--break", dest="breakages", nargs="+", choices=BREAKAGES, help="mistakes to be found")
    parser.add_argument("--trace", action="store_true", help="prints everything that happened")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the seeds")
    wanted = parser.parse_args(arguments)
    return shared_out(wanted, arguments) if wanted.workers > 1 else run(wanted)


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":
        # A set of texts has another order in every process; a seed must mean the same everywhere.
        again = {**os.environ, "PYTHONHASHSEED": "0"}
        sys.exit(subprocess.run([sys.executable, *sys.argv], env=again, check=False).returncode)
    sys.exit(main(sys.argv[1:]))
