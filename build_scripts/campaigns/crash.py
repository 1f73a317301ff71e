"""Crash campaign: kills at random moments, power cuts that reorder writes, full disks. Nothing that was reported done
may be lost, and nothing may be there by half.

dev.py campaign crash [--kills N] [--images N] [--full-disks N] [--seed S]: exit 1 on any loss; the folder of a failing
case is kept, and dev.py campaign crash --again FOLDER opens a copy of it once more.
"""

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import _room
from _acts import ON_TRIAL
from _facts import Loss
from _full_disks import fill_once
from _images import POINTS, Image, images, reason_against
from _kills import Heard, judge, kill_once
from _life import Life, begin, coordinator_agrees, prepare

LIFE = 25
"""Kills that one vault lives through before the coordinator takes in what it wrote, and a new one begins."""
CASE = "case.json"
_PLACE = re.compile(r"(?<=\.)[0-9a-z_]{8}|(?<=-)[0-9a-z_]{8}")
"""The part of a file's name that chance chose."""


class Campaign:
    """Counts what was tried and found, and keeps what failed."""

    def __init__(self, folder: Path, seed: int, acts: Sequence[str]) -> None:
        self.folder = folder
        self.seed = seed
        self.acts = acts
        self.template = folder / "template"
        self.found: dict[str, Counter[str]] = {}
        self.losses: list[str] = []
        self.left: Counter[str] = Counter()
        self._lives = 0
        prepare(self.template, random.Random(seed))

    def life(self) -> Life:
        """A fresh vault."""
        self._lives += 1
        return begin(self.template, self.folder / f"life-{self._lives}", f"{self.seed} life {self._lives}")

    def tried(self, part: str, act: str, life: Life, heard: Heard | None, run: Callable[[], str]) -> bool:
        """Runs one case and counts what came of it; a failing one is kept as it was found. False for a loss."""
        found = life.folder.with_name(f"{life.folder.name}-found")
        shutil.copytree(life.folder, found)
        try:
            outcome = run()
        except Exception as error:
            self._lost(part, act, life, heard, found, error)
            return False
        shutil.rmtree(found)
        self.found.setdefault(f"{part}: {act}", Counter())[outcome] += 1
        return True

    def end(self, life: Life) -> None:
        """Notes what kills left lying around it, and takes a life away."""
        for path in (*life.folder.rglob(".*"), *life.folder.rglob("*.next*")):
            self.left[_PLACE.sub("#", path.relative_to(life.folder).as_posix())] += 1
        shutil.rmtree(life.folder)

    def _lost(self, part: str, act: str, life: Life, heard: Heard | None, found: Path, error: Exception) -> None:
        kept = self.folder / f"kept-{len(self.losses) + 1}"
        found.rename(kept)
        known = heard or Heard(life.facts)
        case = {name: getattr(known, name) for name in ("facts", "history", "begun", "stages", "written", "finished")}
        (kept / CASE).write_text(json.dumps(case, ensure_ascii=False, indent=1), encoding="utf-8")
        words = str(error) if isinstance(error, Loss) else "".join(traceback.format_exception(error))
        self.losses.append(f"{part}, {act}: {words}\n  kept: {kept}\n  again: dev.py campaign crash --again {kept}")
        self.found.setdefault(f"{part}: {act}", Counter())["LOST"] += 1
        print(f"LOST {self.losses[-1]}", flush=True)


def kills(campaign: Campaign, count: int) -> None:
    """Kills, spread evenly over the acts, on vaults that live on."""
    names = ["open", *campaign.acts]
    usual: dict[str, float] = {}
    life = campaign.life()
    for number in range(count):
        name = names[number % len(names)]
        heard = kill_once(life, name, usual)
        whole = campaign.tried("kill", heard.begun or name, life, heard, partial(judge, life, heard))
        if not whole or number % LIFE == LIFE - 1 or number == count - 1:
            if whole:
                campaign.tried("kill", "coordinator", life, None, partial(_agrees, life))
            campaign.end(life)
            life = campaign.life()


def power_cuts(campaign: Campaign, count: int) -> None:
    """Recorded runs, and images of the disk at many of their moments."""
    reason = reason_against(campaign.folder)
    if reason:
        print(f"Power cuts are left out: {reason}.")
        return
    recordings = -(-count // POINTS)
    for number in range(recordings):
        folder = campaign.folder / f"recording-{number}"
        seed = f"{campaign.seed} recording {number}"
        share = count // recordings + (number < count % recordings)
        for image in images(campaign.template, folder, seed, campaign.acts, share):
            _image(campaign, image)


def full_disks(campaign: Campaign, count: int) -> None:
    """Disks that fill up in the middle of an act, and are emptied again."""
    room = _room.room()
    print(f"Full disks: {room.words}.")
    usual: dict[str, int] = {}
    life = campaign.life()
    for number in range(count):
        name = campaign.acts[number % len(campaign.acts)]
        whole = campaign.tried("full", name, life, None, partial(_filled, life, name, room, usual))
        if not whole or number % LIFE == LIFE - 1:
            campaign.end(life)
            life = campaign.life()


def _agrees(life: Life) -> str:
    coordinator_agrees(life)
    return "agrees"


def _filled(life: Life, name: str, room: _room.Room, usual: dict[str, int]) -> str:
    heard = fill_once(life, name, room, usual)
    judge(life, heard)
    return heard.refused or "it fitted"


def _image(campaign: Campaign, image: Image) -> None:
    act = image.heard.begun or "between"
    campaign.tried("power", act, image.life, image.heard, lambda: judge(image.life, image.heard))
    shutil.rmtree(image.life.folder)


def again(kept: Path) -> int:
    """Opens a copy of what was kept of a failing case."""
    case = json.loads((kept / CASE).read_text(encoding="utf-8"))
    heard = Heard(**case)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(kept, copy)
        print(judge(Life(copy, copy, random.Random(0), heard.facts, [], {}), heard))
    return 0


def report(campaign: Campaign, seconds: float) -> None:
    """The table of what was tried and what was found."""
    print(f"\n{'what, in which act':32} {'tried':>6}  found")
    for name, counts in sorted(campaign.found.items()):
        said = ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items()))
        print(f"{name:32} {counts.total():6}  {said}")
    for name, count in sorted(campaign.left.items()):
        print(f"left behind: {name} {count}")
    total = sum(counts.total() for counts in campaign.found.values())
    print(f"{total} cases in {seconds:.0f} s, seed {campaign.seed}: {len(campaign.losses)} losses.")


def run(folder: Path, wanted: argparse.Namespace) -> int:
    """The campaign. Returns 1 on any loss."""
    print(f"Crash campaign, seed {wanted.seed}.", flush=True)
    begun = time.monotonic()
    campaign = Campaign(folder, wanted.seed, wanted.acts)
    kills(campaign, wanted.kills)
    power_cuts(campaign, wanted.images)
    full_disks(campaign, wanted.full_disks)
    report(campaign, time.monotonic() - begun)
    if campaign.losses:
        print(f"Everything about them is kept in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Reads the command and runs it."""
    parser = argparse.ArgumentParser(prog="dev.py campaign crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--images", type=int, default=300)
    parser.add_argument("--full-disks", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--acts", nargs="+", choices=ON_TRIAL, default=[*ON_TRIAL], help="only some of the acts")
    parser.add_argument("--again", type=Path, help="opens what was kept of a failing case")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.again:
        return again(wanted.again)
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="roh-crash-")).resolve()
    _room.start_again_with_a_disk_that_fills(folder, wanted.seed)
    return run(folder, wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
