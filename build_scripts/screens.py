"""Pictures of every page and panel in every language, light and dark, to be looked at.

    python build_scripts/screens.py FOLDER [--scenes today,person*] [--languages tg,ru] [--themes dark] [--sizes 150]
    python build_scripts/screens.py FOLDER --gallery

The demonstration programme and the empty desk are made in a temporary folder. `--gallery` takes the pieces alone.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from time import monotonic, time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import duplicate_scenes
import exchange_scenes
import gallery
import partner_scenes
import programme_scenes
import scenes
import transfer_scenes
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from vault_scenes import VAULT

from desk_app import paths
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.i18n.languages import LANGUAGES
from desk_app.storage.vault import Vault
from desk_app.ui.appearance import Appearance
from desk_app.ui.application import make_appearance, make_application
from desk_app.ui.background import Background
from desk_app.ui.changes import Changes
from desk_app.ui.door import Door
from desk_app.ui.main_window import MainWindow
from desk_app.ui.remembered import Remembered
from desk_app.usecases import demonstration, exchange, people, records, vaults

SIZE = (1366, 768)
DESK, STRANGER, NEW = "khorugh", "bokhtar", "vose"
PEOPLE = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    folder: Path
    scenes: Sequence[str]
    looks: Sequence[tuple[str, bool, int]]
    """Language, dark, text size."""

    def has(self, scene: str) -> bool:
        """Whether this scene is wanted."""
        return any(fnmatch(scene, pattern) for pattern in self.scenes)

    def file(self, scene: str, look: tuple[str, bool, int]) -> Path:
        """Where its picture goes."""
        code, dark, size = look
        return self.folder / f"{scene}-{code}-{'dark' if dark else 'light'}-{size}.png"


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    said = _options().parse_args(arguments)
    dark = [name == "dark" for name in said.themes.split(",")]
    looks = [(c, d, int(s)) for s in said.sizes.split(",") for d in dark for c in said.languages.split(",")]
    wanted = Wanted(said.folder, said.scenes.split(","), looks)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    application = make_application(["screens"], paths.resources())
    application.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as name:
        remembered = Remembered(QSettings(str(Path(name) / "window.ini"), QSettings.Format.IniFormat))
        remembered.language = looks[0][0]
        appearance = make_appearance(application, paths.resources(), remembered)
        if said.gallery:
            _take_gallery(appearance, remembered, wanted)
        else:
            _take_entrances(appearance, Path(name) / DESK, wanted)
            _take_desks(appearance, remembered, Path(name), wanted)
    return 0


def _wear(appearance: Appearance, look: tuple[str, bool, int]) -> None:
    code, dark, size = look
    appearance.choose_language(code)
    appearance.choose_dark(dark)
    appearance.choose_text_size(size)


def _take_entrances(appearance: Appearance, folder: Path, wanted: Wanted) -> None:
    for look in wanted.looks:
        _wear(appearance, look)
        for scene, window in scenes.entrances(appearance, folder):
            if wanted.has(scene):
                scenes.picture(window).save(str(wanted.file(scene, look)))


def _take_desks(appearance: Appearance, remembered: Remembered, folder: Path, wanted: Wanted) -> None:
    plays = (
        ("", scenes.EMPTY),
        (
            "desk",
            {
                **scenes.DESK,
                **VAULT,
                **duplicate_scenes.DESK,
                **exchange_scenes.DESK,
                **partner_scenes.DESK,
                **programme_scenes.DESK,
                **transfer_scenes.DESK,
            },
        ),
        (
            "coordinator",
            {
                **scenes.COORDINATOR,
                **duplicate_scenes.COORDINATOR,
                **exchange_scenes.COORDINATOR,
                **partner_scenes.COORDINATOR,
                **programme_scenes.COORDINATOR,
                **transfer_scenes.COORDINATOR,
            },
        ),
    )
    chosen = [(kind, {name: made for name, made in play.items() if wanted.has(name)}) for kind, play in plays]
    if any(play for kind, play in chosen if kind):
        print("Making a demonstration programme ...", file=sys.stderr)
        now = int(time() * 1000)
        demonstration.make(
            folder / "demo", PEOPLE, "1", demonstration.PASSPHRASE, now, lambda _stage, _done, _steps: None
        )
    for kind, play in chosen:
        if not play:
            continue
        vault = folder / "demo" / (DESK if kind == "desk" else kind) if kind else folder / NEW
        if not kind:
            words = demonstration.PASSPHRASE
            vaults.create_vault(vault, DeskCode(NEW), "Назарова Зулфия", words, vaults.real_surroundings())
        known = _known(vault)
        bring = {"desk": _brought, "coordinator": _sent_in}.get(kind)
        files = bring(folder / "demo") if bring is not None else ()
        with _opened(appearance, remembered, vault) as window:
            _take(appearance, scenes.Stage(window, known, files), play, wanted)


def _take(appearance: Appearance, stage: scenes.Stage, play: Mapping[str, scenes.Scene], wanted: Wanted) -> None:
    for look in wanted.looks:
        _wear(appearance, look)
        for name, scene in play.items():
            stage.window.forget()
            scene(stage)
            stage.settle()
            scenes.picture(stage.window).save(str(wanted.file(name, look)))
        print(f"{next(iter(play))} ...: {look}", file=sys.stderr)


@contextmanager
def _opened(appearance: Appearance, remembered: Remembered, folder: Path) -> Iterator[MainWindow]:
    """The window on a vault, through its door."""
    door = Door(appearance, remembered, folder)
    gone: list[bool] = []
    door.left.connect(lambda: gone.append(True))
    door.open()
    assert door.entrance is not None
    door.entrance.unlock_asked.emit("", demonstration.PASSPHRASE)
    _until(lambda: door.window is not None)
    assert door.window is not None
    door.window.resize(*SIZE)
    door.window.activateWindow()
    yield door.window
    door.window.close()
    _until(lambda: bool(gone))


def _until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + scenes.PATIENCE
    while not is_so():
        if monotonic() > end:
            raise TimeoutError
        scenes.turn()


def _unlocked(folder: Path) -> Vault:
    return vaults.unlock(folder, None, demonstration.PASSPHRASE, vaults.real_surroundings())


def _known(folder: Path) -> scenes.Known:
    """The person with the most to show, and whatever else scenes open."""
    vault = _unlocked(folder)
    counts = {one.id: 0 for one in records.find_all(vault, "client", {"desk": vault.desk})}
    for kind in ("need", "service", "referral", "letter"):
        for one in records.find_all(vault, kind):
            if (whose := one.text("client")) in counts:
                counts[RecordId(whose)] += 1
    referrals = [one for one in records.find_all(vault, "referral") if one.text("client") in counts]
    waiting = [one.id for one in referrals if one.text("state") == "sent"]
    courses = records.find_all(vault, "course", order="-changed")
    organisations = records.find_all(vault, "organisation")
    client = max(counts, key=lambda one: counts[one]) if counts else None
    values = records.show(vault, client).values if client is not None else {}
    names = {name: str(values.get(name) or "") for name in ("surname", "given_name", "father_name", "birth_date")}
    vaults.lock(vault)
    return scenes.Known(
        client,
        names["surname"],
        names,
        waiting[0] if waiting else None,
        organisations[0].id if organisations else None,
        courses[0].id if courses else None,
    )


def _brought(demo: Path) -> tuple[Path, ...]:
    """Good, doubled, damaged, foreign, and no bundle at all."""
    stick = demo / "stick"
    stick.mkdir()
    coordinator = _unlocked(demo / "coordinator")
    first = records.find_all(coordinator, "organisation")[0]
    records.edit(coordinator, first.id, {"phone": "+992935001122"})
    good = exchange.export(coordinator, DESK, stick).file
    foreign = exchange.export(coordinator, STRANGER, stick).file
    vaults.lock(coordinator)
    doubled = stick / "doubled.roh"
    shutil.copy(good, doubled)
    damaged = stick / "damaged.roh"
    damaged.write_bytes(good.read_bytes()[:-200])
    photo = stick / "IMG_20260305_101112.roh"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))
    return (good, doubled, damaged, foreign, photo)


def _sent_in(demo: Path) -> tuple[Path, ...]:
    """A desk's week in a folder of a stick: somebody new, two versions of a name, somebody removed."""
    stick = demo / "from the desks" / "week"
    stick.mkdir(parents=True)
    desk, coordinator = _unlocked(demo / DESK), _unlocked(demo / "coordinator")
    mine = records.find_all(desk, "client", {"desk": DESK})
    both = [one for one in mine if records.find_all(coordinator, "client", {"number": one.text("number")})]
    records.edit(coordinator, both[0].id, {"surname": "Исмоилов", "phone": "+992935001122"})
    records.edit(desk, both[0].id, {"surname": "Исмаилов", "phone": "+992935003344"})
    records.edit(desk, both[1].id, {"phone": "+992935005566"})
    records.remove(desk, both[2].id)
    people.register(desk, {"surname": "Назаров", "given_name": "Ҷамшед"}, {"service": "given"}, {"method": "signed"})
    exchange.export(desk, "coordinator", stick)
    (stick / "damaged.roh").write_bytes(b"age-encryption.org/v1\n" + bytes(2000))
    for vault in (desk, coordinator):
        vaults.lock(vault)
    return (stick.parent,)


def _take_gallery(appearance: Appearance, remembered: Remembered, wanted: Wanted) -> None:
    background = Background()
    window = MainWindow(
        appearance,
        gallery.ENTRIES,
        background,
        Changes(),
        lambda trouble, _tr: repr(trouble),
        remembered,
        gallery.status,
    )
    window.resize(*SIZE)
    window.show()
    for look in wanted.looks:
        _wear(appearance, look)
        for entry in gallery.ENTRIES:
            if wanted.has(entry.key):
                window.go(entry.key)
                for _ in range(3):
                    QApplication.processEvents()
                window.grab().save(str(wanted.file(f"gallery-{entry.key}", look)))
    window.close()
    background.close()


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--scenes", default="*", help="names or patterns, with commas between")
    options.add_argument("--languages", default=",".join(language.code for language in LANGUAGES))
    options.add_argument("--themes", default="light,dark")
    options.add_argument("--sizes", default="100,150")
    options.add_argument("--gallery", action="store_true", help="the pieces of the window instead of its pages")
    return options


if __name__ == "__main__":
    sys.exit(main())
