"""The kept samples: what they are never changes, and neither may what becomes of them."""

from pathlib import Path

import pytest

from desk_app.domain.errors import BundleRefused, Damaged, Foreign, NewerFormat, Revoked, TooLarge, UnknownSender
from tests.unit.sync import hostile, hostile_files

NAMES = sorted(path.stem for path in hostile.FOLDER.glob("*.roh"))


def outcome(data: bytes) -> str:
    """What becomes of a file, in the words of the companions."""
    try:
        bundle = hostile.read_bundle(data, [hostile.reader()])
    except BundleRefused as refused:
        return " ".join([type(refused).__name__, *_facts(refused)])
    read = f"changes {hostile.digest(bundle.changes)}"
    return read if bundle.files is None else f"{read} files {hostile_files.digest(bundle.files)}"


def _facts(refused: BundleRefused) -> list[str]:
    match refused:
        case Damaged(where=where):
            return [where]
        case UnknownSender(device=device, desk=desk):
            return [device, desk]
        case Revoked(desk=desk):
            return [desk]
        case NewerFormat(version=version):
            return [str(version)]
        case TooLarge(size=size):
            return [str(size)]
        case Foreign():
            return []
    raise AssertionError(refused)


def expected(name: str) -> str:
    first = (hostile.FOLDER / f"{name}.txt").read_text("utf-8").splitlines()[0]
    return first.removeprefix("outcome: ")


@pytest.mark.parametrize("name", NAMES)
def test_each_kept_sample_comes_out_as_its_companion_says(name: str) -> None:
    assert outcome((hostile.FOLDER / f"{name}.roh").read_bytes()) == expected(name)


def test_samples_made_today_come_out_as_the_kept_ones() -> None:
    made = dict(hostile.samples(hostile.reader()))
    for name, sample in made.items():
        assert outcome(sample.data) == sample.outcome, name
    # The length of a seal varies with age's own filler, so the number of cuts may.
    assert {name for name in made if not name.startswith("cut-at-")} == {
        name for name in NAMES if not name.startswith("cut-at-")
    }


def test_every_sample_has_a_companion_and_every_companion_a_sample() -> None:
    assert sorted(path.stem for path in hostile.FOLDER.glob("*.txt")) == NAMES
    assert len(NAMES) > 60


def test_the_sample_maker_writes_what_it_says(tmp_path: Path) -> None:
    hostile.main(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".roh", ".txt", ".key"}
