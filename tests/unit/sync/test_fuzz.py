"""Readers of what comes from outside let out nothing but errors of ours: a short run of what campaign fuzz does, and
every sample that once brought one of them down (tests/data/fuzz, named by its target)."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "build_scripts" / "campaigns"))

import fuzz
from _fuzz_targets import TARGETS, Wrong, must, run

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "fuzz").glob("[a-z]*"))
SEED = 20261122
FEWEST, MOST = 40, 500
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


def test_the_campaign_counts_what_it_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["--executions", "150", "--seed", "7", "--target", "header"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"^header +150 +\d+ +nothing$", told, re.MULTILINE)
    assert told.endswith("150 executions, seed 7: 0 faults.\n")


def test_the_campaign_keeps_what_brought_a_reader_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt = tmp_path / "one.py"
    spoilt.write_text("import sys, pathlib; pathlib.Path(sys.argv[4], 'crash-1').write_bytes(b'x'); sys.exit('broken')")
    monkeypatch.setattr(fuzz, "ONE", spoilt)
    found = fuzz.run("header", 10, 7, tmp_path)
    assert "broken" in found.fault
    assert str(tmp_path / "header" / "crash-1") in found.fault
    assert fuzz.main(["--again", "header", str(tmp_path / "header" / "crash-1")]) == 0
