"""A short run of the exchange campaign: `dev.py campaign exchange --seeds 1000` runs worlds for an hour."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "build_scripts" / "campaigns" / "exchange.py"

MISTAKES = (
    "base_ignored",
    "removal_wins",
    "confirmed_early",
    "foreign_record_sent",
    "number_reused",
    "erasure_not_followed",
    "confirmed_in_part",
    "unknown_dropped",
)


def campaign(*wanted: str) -> str:
    command = [sys.executable, SCRIPT, *wanted]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout)  # The seeds, and how to repeat what failed.
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_whole_worlds_end_as_they_should() -> None:
    said = campaign("--seeds", "2", "--seed", "20261122", "--desks", "2", "--acts", "70")
    assert "2 seeds from 20261122" in said


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_made_on_purpose_is_found(mistake: str) -> None:
    said = campaign("--seeds", "40", "--seed", "1", "--break", mistake)
    assert said.count("found with seed") == 1
