"""A short run of the crash campaign: `dev.py campaign crash` runs hundreds of each."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "build_scripts" / "campaigns" / "crash.py"


@pytest.mark.skipif(sys.platform != "linux", reason="kills, traces and full disks are made as Linux knows them")
def test_nothing_kept_is_lost_and_nothing_is_there_by_half() -> None:
    wanted = ["--kills", "13", "--images", "10", "--full-disks", "6", "--seed", "20261122"]
    done = subprocess.run([sys.executable, SCRIPT, *wanted], cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout)  # The table with its seed, and how to repeat what failed.
    assert done.returncode == 0, done.stdout + done.stderr
    assert "seed 20261122: 0 losses." in done.stdout
