"""Readers of what comes from outside let out nothing but errors of ours: a short run of what campaign fuzz does, and
every sample that once brought one of them down (tests/data/fuzz, named by its target)."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "build_scripts" / "campaigns"))

from _fuzz_targets import TARGETS, Wrong, must, run

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "fuzz").glob("[a-z]*"))
SEED = 20261122
FEWEST, MOST = 80, 600
"""Runs of a target here; between the two, ten for each of its shares in a campaign."""


@pytest.mark.parametrize("name", TARGETS)
def test_only_our_own_troubles_come_out_of_edited_samples(name: str) -> None:
    run(name, TARGETS[name], min(MOST, FEWEST + 10 * TARGETS[name].share), SEED)


@pytest.mark.parametrize("name", TARGETS)
def test_the_samples_themselves_are_read(name: str) -> None:
    for sample in TARGETS[name].seeds():
        TARGETS[name].read(sample)
    TARGETS[name].read(b"")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_once_brought_a_reader_down_no_longer_does(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]].read(path.read_bytes())


def test_a_fault_would_be_seen() -> None:
    with pytest.raises(Wrong):
        must(False, "")
    spoilt = replace(TARGETS["header"], read=_spoilt)
    with pytest.raises(LookupError) as seen:
        run("spoilt", spoilt, 500, SEED)
    assert f"target spoilt, seed {SEED}, sample b" in seen.value.__notes__[0]


def _spoilt(data: bytes) -> None:
    if len(data) % 7 == 0:
        raise LookupError(data)
