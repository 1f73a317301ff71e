"""Kept versions of rosters come out for ever as their companions say, and a second reader finds the same in them."""

import json
from pathlib import Path

import pytest

from tests.unit.sync import hostile_rosters, independent_roster

NAMES = sorted(path.stem for path in hostile_rosters.FOLDER.glob("*.json"))


def expected(name: str) -> str:
    first = (hostile_rosters.FOLDER / f"{name}.txt").read_text("utf-8").splitlines()[0]
    return first.removeprefix("outcome: ")


@pytest.mark.parametrize("name", NAMES)
def test_each_kept_roster_comes_out_as_its_companion_says(name: str) -> None:
    versions = json.loads((hostile_rosters.FOLDER / f"{name}.json").read_text("utf-8"))
    assert hostile_rosters.outcome(versions) == expected(name)
    assert hostile_rosters.outcome(versions[::-1]) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_second_reader_finds_the_same(name: str) -> None:
    versions = json.loads((hostile_rosters.FOLDER / f"{name}.json").read_text("utf-8"))
    trusted = {device: (str(one.desk), one.key) for device, one in hostile_rosters.TRUSTED.items()}
    listed, newest = independent_roster.read(versions, trusted)
    who = [
        f"{desk} {device[:6]} {'in' if limit is None else f'out {limit}'}"
        for device, (desk, limit) in sorted(listed.items(), key=lambda item: item[1][0])
    ]
    numbers = [f"{device[:6]} {number}" for device, number in sorted(newest.items())]
    assert expected(name).startswith(f"{', '.join(who) or 'nobody'}; versions {', '.join(numbers)}; ")


def test_rosters_made_today_are_the_kept_ones(tmp_path: Path) -> None:
    hostile_rosters.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in hostile_rosters.FOLDER.glob("[a-z]*")}
    assert len(NAMES) > 25
