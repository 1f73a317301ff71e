"""A full disk or a damaged file gets its trouble, and nothing of what was attempted stays."""

import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.domain.errors import DiskFull, NotEnoughRoom, VaultDamaged
from desk_app.domain.ids import RecordId
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.messages import describe
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import (
    backups,
    checking,
    drafts,
    exchange,
    letters,
    merging,
    people,
    records,
    referrals,
    services,
)
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import FakeClock, acquainted, make_client, make_organisation, make_vault, open_vault
from tests.unit.usecases.conftest import exchange_state

Room = namedtuple("Room", ("total", "used", "free"))
LONG = "ҳ" * 15_000


def save_a_client(vault: Vault, _client: RecordId) -> object:
    return people.register(vault, {"given_name": "Карим"}, {"service": "given", "sharing": "given"}, {})


def save_a_consultation(vault: Vault, client: RecordId) -> object:
    return services.record(vault, {"client": client, "type": "legal", "what_was_done": LONG})


def keep_a_draft(vault: Vault, _client: RecordId) -> None:
    drafts.keep(vault, "service", {"what_was_done": LONG})


def print_a_letter(vault: Vault, client: RecordId) -> object:
    asked = {
        "client": client,
        "organisation": make_organisation(vault),
        "service_asked": "Машварат",
        "reason": LONG[:4000],
    }
    return letters.print_letter(vault, referrals.refer(vault, asked).id, "tg")


def fill(vault: Vault, spare: int) -> None:
    """Leaves room for so many pages."""
    pages = vault.db.execute("PRAGMA page_count").fetchone()[0]
    vault.db.execute(f"PRAGMA max_page_count = {pages + spare}")


@pytest.mark.parametrize("action", [save_a_client, save_a_consultation, keep_a_draft, print_a_letter])
def test_a_full_disk_keeps_all_or_nothing(vault: Vault, action: Callable[[Vault, RecordId], object]) -> None:
    client = make_client(vault, surname="Назаров")
    spare = failures = 0
    while True:
        before = checking.check(vault)
        kept = drafts.all_drafts(vault)
        fill(vault, spare)
        try:
            action(vault, client)
        except DiskFull:
            failures += 1
            if action is not print_a_letter:  # its referral is saved before it
                assert checking.check(vault) == before
            assert checking.check(vault).ok
            assert records.find_all(vault, "letter") == []
            assert drafts.all_drafts(vault) == kept
            assert not vault.db.conn.in_transaction
        else:
            break
        spare = spare * 2 + 1
    if action is not save_a_client:
        assert failures > 0
    vault.db.execute("PRAGMA max_page_count = 1000000")
    make_client(vault, "Салим")
    assert checking.check(vault).ok


FILLS_THE_DISK = """
import resource, signal, sys
from pathlib import Path
from desk_app.domain.errors import DiskFull
from desk_app.usecases import services
from tests.fakes import make_client, open_vault

vault = open_vault(Path(sys.argv[1]))
client = make_client(vault)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
saved = 0
try:
    while True:
        services.record(vault, {"client": client, "type": "legal", "what_was_done": "h" * 15_000})
        saved += 1
except DiskFull:
    print(saved)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the size of files of one process")
def test_a_write_that_the_system_refuses_loses_only_itself(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    vault.close()
    command = [sys.executable, "-c", FILLS_THE_DISK, str(vault.folder)]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    saved = int(done.stdout)
    assert 0 < saved < 30
    again = open_vault(vault.folder)
    assert len(records.find_all(again, "service")) == saved
    assert checking.check(again, deep=True).ok
    again.close()


def test_what_plainly_finds_no_room_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, coordinator = acquainted(tmp_path, FakeClock())
    save_a_consultation(desk, make_client(desk))
    bundle = exchange.export(desk, "coordinator", tmp_path)
    before = exchange_state(desk), exchange_state(coordinator), checking.check(coordinator).state
    coordinator.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Room(total=10**9, used=10**9, free=2 * 1024))
    for act, needed in (
        (lambda: exchange.export(desk, "coordinator", tmp_path / "out"), bundle.size // 2),
        (lambda: merging.merge_files(coordinator, [bundle.file]), len(LONG)),
        (lambda: backups.back_up(desk, tmp_path / "out"), 2 * (desk.folder / DATABASE).stat().st_size),
    ):
        with pytest.raises(NotEnoughRoom) as told:
            act()
        assert (told.value.needed >= needed, told.value.free) == (True, 2 * 1024)
    assert (exchange_state(desk), exchange_state(coordinator), checking.check(coordinator).state) == before
    assert list((tmp_path / "out").iterdir()) == []
    said = describe(NotEnoughRoom("KINGSTON", 3 * 2**20 + 1, 4 * 2**20 - 1), Translator(ENGLISH)).sentence
    assert said == "“KINGSTON” needs room for 4 MB more, and only 3 MB is free. It was not begun."
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Room(total=0, used=0, free=0))
    assert merging.merge_files(coordinator, [bundle.file])[0].outcome is Outcome.MERGED  # A disk that tells nothing.
    desk.close()
    coordinator.close()


def test_a_damaged_page_is_trouble_wherever_it_is_read(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    for number in range(60):
        make_client(vault, f"Карим{number}", other_names="Раҳмонов " * 20)
    vault.close()
    path = vault.folder / DATABASE
    data = bytearray(path.read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(VaultDamaged):
        read_everything(vault.folder)


def read_everything(folder: Path) -> None:
    damaged = open_vault(folder)
    try:
        records.find_all(damaged, "client")
    finally:
        damaged.db.conn.close()
