"""Write reordering: disks as power cuts would have left them at many moments of a recorded run."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from _disk import Disk
from _kills import Heard
from _life import Life, begin
from _trace import CALLS, Call, Player, calls

MARKS = "marks"
POINTS = 40
"""Power cuts tried on one recording."""
_QUIET = frozenset(("close", "lseek", "openat"))


@dataclass(frozen=True, slots=True)
class Image:
    """What a power cut left: a life with the vault as found, and what had been said by then."""

    life: Life
    heard: Heard
    where: str


def reason_against(folder: Path) -> str:
    """Why nothing can be recorded here; empty where it can."""
    if shutil.which("strace") is None:
        return "there is no strace"
    tried = subprocess.run(["strace", "-o", folder / "tried", "true"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"strace is not permitted: {tried.stderr.strip()[:200]}"


def record(template: Path, folder: Path, seed: str, acts: Sequence[str]) -> tuple[Path, Disk, Life]:
    """Records a run; returns the trace, the disk before it and the life it began with."""
    life = begin(template, folder, seed)
    before = Disk.read(folder)
    trace = folder.with_suffix(".trace")
    variables = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    command = ["strace", "-f", "-xx", "-s", "33554432", "-e", "signal=none", "-e", f"trace={','.join(CALLS)}"]
    script = Path(__file__).with_name("_record.py")
    command += ["-o", str(trace), sys.executable, str(script), str(template), str(folder), seed, *acts]
    subprocess.run(command, env=variables, check=True)
    return trace, before, life


def _moments(done: Sequence[Call], count: int, chance: random.Random) -> set[int]:
    """So many moments, as many in a short act as in a long one."""
    acts: list[list[int]] = [[]]
    for number, call in enumerate(done):
        if call.name == "write" and call.data(1).startswith(b'{"'):
            acts.append([])
        if call.name not in _QUIET:
            acts[-1].append(number)
    found: set[int] = set()
    count = min(count, sum(len(act) for act in acts))
    while len(found) < count:
        found.add(chance.choice(chance.choice([act for act in acts if act])))
    return found


def images(template: Path, folder: Path, seed: str, acts: Sequence[str], count: int) -> Iterator[Image]:
    """So many power cuts in one recorded run, in the order of their moments."""
    chance = random.Random(seed)
    trace, disk, life = record(template, folder, seed, acts)
    done = list(calls(trace))
    cuts = iter(sorted(_moments(done, count, chance)))
    player, heard, cut = Player(folder, disk), Heard(life.facts), next(cuts, None)
    for number, call in enumerate(done):
        if number == cut:
            target = folder.with_name(f"{folder.name}-{number}")
            disk.after_power_cut(target, chance)
            yield Image(
                replace(life, folder=target, written={}, backups={}, tried=set()),
                replace(heard, outdated=set(heard.outdated)),
                f"{trace}, call {number}",
            )
            cut = next(cuts, None)
        if call.name == "write" and player.opened(call.number(0)) is disk.root.now.get(MARKS, ""):
            heard.take(json.loads(call.data(1)))
        else:
            player.play(call)
