"""The log says what happened and where, never to whom."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app import log

SECRET = "Ғуломова Зарина 1985"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    handler = log.start(tmp_path / "state" / "log")
    yield tmp_path / "state" / "log" / log.FILE_NAME
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_an_event_is_one_line_with_its_origin(file: Path) -> None:
    logging.getLogger("desk_app.sync.bundle").info("bundle_read")
    stamp, *rest = file.read_text(encoding="utf-8").split()
    assert rest == ["INFO", "desk_app.sync.bundle", "bundle_read"]
    assert stamp.endswith("Z")
    assert len(stamp) == len("2026-01-02T03:04:05Z")


@pytest.mark.expects_log("save_failed")
def test_an_error_leaves_its_classes_and_places_only(file: Path) -> None:
    def save(name: str) -> None:
        try:
            {}[name]
        except KeyError as error:
            raise ValueError(f"cannot save {name}") from error

    try:
        save(SECRET)
    except ValueError:
        logging.getLogger("desk_app.storage.vault").exception("save_failed", extra={"person": SECRET})
    written = file.read_text(encoding="utf-8")
    assert "save_failed error=ValueError<KeyError at=" in written
    assert f"{__name__}:" in written
    assert written.count("\n") == 1
    for part in SECRET.split():
        assert part not in written


@pytest.mark.expects_log("saved %s", f"saved {SECRET}", "query %r failed")
def test_sentences_and_arguments_are_left_out(file: Path) -> None:
    own = logging.getLogger("desk_app.usecases.client")
    own.warning("saved %s", SECRET)
    own.warning(f"saved {SECRET}")
    logging.getLogger("some.library").error("query %r failed", SECRET)
    written = file.read_text(encoding="utf-8")
    assert written.count("unnamed:test_log:") == 3
    assert "saved" not in written
    assert "query" not in written
    for part in SECRET.split():
        assert part not in written


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert list(log.classes(first)) == ["ValueError", "KeyError"]


@pytest.mark.expects_log("disk_full")
def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    in_the_way = tmp_path / "log"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    handler = log.start(in_the_way)
    try:
        logging.getLogger("desk_app.ui").warning("disk_full")
    finally:
        logging.getLogger().removeHandler(handler)
    assert capfd.readouterr() == ("", "")
    assert in_the_way.is_file()


def test_old_lines_make_room_for_new_ones(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = logging.getLogger("desk_app.sync")
    for _ in range(log.LARGEST * 4 // 50):
        events.info("bundle_read")
    kept = sorted(file.parent.iterdir())
    assert [one.name for one in kept] == ["roh.log", "roh.log.1", "roh.log.2"]
    assert all(one.stat().st_size <= log.LARGEST for one in kept)
