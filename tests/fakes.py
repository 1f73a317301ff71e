"""What tests are given instead of the world: a clock they set, randomness that repeats, vaults with a cheap passphrase.

Everything else is real: the vault is SQLCipher, its key is sealed with Argon2id at the lowest cost the program allows.
"""

import random
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.crypto.sealing import NotForUsError, Recipient, open_sealed, seal
from desk_app.domain.clock import DUSHANBE
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Registry
from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Surroundings, Vault
from desk_app.usecases import exchange, merging, partners, people, records, vaults
from desk_app.usecases.merge_plan import Outcome

PASSPHRASE = "кадом калид дар бораи об"
USER = "Зарина"
START = int(datetime(2026, 3, 5, 9, 30, tzinfo=DUSHANBE).timestamp() * 1000)
"""Thursday 5 March 2026, half past nine in Dushanbe, in Unix milliseconds."""


class FakeClock:
    """A clock that moves when it is told to, and by a second whenever it is read."""

    def __init__(self, at: int = START) -> None:
        self.at = at

    def __call__(self) -> int:
        """Unix milliseconds."""
        self.at += 1000
        return self.at

    def forward(self, *, days: int = 0, hours: int = 0) -> None:
        """Moves the clock; backwards with negative numbers."""
        self.at += (days * 24 + hours) * 3600 * 1000


def seeded(seed: object) -> Callable[[int], bytes]:
    """Random bytes that are the same in every run."""
    return random.Random(str(seed)).randbytes


def surroundings(seed: object = 1, clock: Callable[[], int] | None = None, registry: Registry = ALL) -> Surroundings:
    """The program's surroundings in a test."""
    return Surroundings(registry, clock or FakeClock(), seeded(seed))


def make_vault(
    folder: Path,
    desk: str = "khorugh",
    clock: Callable[[], int] | None = None,
    registry: Registry = ALL,
    seed: object = None,
) -> Vault:
    """A new vault of a desk in `folder/desk`, opened. The caller closes it; the fixture `vault` does so by itself."""
    sown = desk if seed is None else seed
    for name, data in _new_files(desk, sown).items():
        (folder / desk).mkdir(parents=True, exist_ok=True)
        (folder / desk / name).write_bytes(data)
    return open_vault(folder / desk, surroundings(("opened", sown), clock, registry))


@cache
def _new_files(desk: str, seed: object) -> Mapping[str, bytes]:
    """The files of a new vault: made once in a run, for a passphrase is slow to hash on purpose."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / desk
        vaults.create_vault(made, DeskCode(desk), USER, PASSPHRASE, surroundings(seed), FLOOR_PARAMETERS)
        return {path.name: path.read_bytes() for path in made.iterdir()}


def open_vault(folder: Path, around: Surroundings | None = None) -> Vault:
    """Opens a vault that `make_vault` made, with other surroundings where the test asks for them."""
    return vaults.unlock(folder, USER, PASSPHRASE, around or surroundings("opened again"))


def make_client(
    vault: Vault, given_name: str = "Исмоил", *, consents: str = "service sharing", **values: str
) -> RecordId:
    """A client of the desk who gave these consents."""
    answers = dict.fromkeys(consents.split(), "given")
    return people.register(vault, {"given_name": given_name, **values}, answers, {"method": "signed"}).id


def make_organisation(vault: Vault, **values: str) -> RecordId:
    """An organisation of the directory."""
    known = {
        "name_tg": "Маркази ёрии ҳуқуқӣ",
        "name_ru": "Центр юридической помощи",
        "name_uz": "Yuridik yordam markazi",
        "category": "legal_aid",
        "head_name": "Назаров А. Б.",
        "address": "ш. Хоруғ, кӯчаи Гагарин, 4",
    }
    return records.add(vault, "organisation", {**known, **values}).id


def acquaint(one: Vault, other: Vault, folder: Path) -> None:
    """Each of two vaults admits the other by its card, which goes through the folder."""
    for shown, taking in ((one, other), (other, one)):
        partners.write_card(shown, folder / f"{shown.desk}.card")
        partners.enrol(taking, folder / f"{shown.desk}.card")


def acquainted(folder: Path, clock: FakeClock) -> tuple[Vault, Vault]:
    """A desk and a coordinator who know each other."""
    pair = make_vault(folder, clock=clock), make_vault(folder, "coordinator", clock)
    acquaint(*pair, folder)
    return pair


def carry(sender: Vault, receiver: Vault, folder: Path) -> exchange.Exported:
    """One bundle from here to there, where it is taken in."""
    folder.mkdir(exist_ok=True)
    made = exchange.export(sender, receiver.desk, folder)
    (done,) = merging.merge_files(receiver, [made.file])
    assert done.outcome is Outcome.MERGED
    return made


def can_read(reader: Vault, profession: Role) -> bool:
    """Whether a text sealed to the profession's key opens for whoever opened the vault."""
    key = reader.key_file().key_for(profession)
    assert key is not None
    sealed = seal(b"a private note", [Recipient(key.recipient)])
    try:
        return open_sealed(sealed, list(reader.keys.professions.values())) == b"a private note"
    except NotForUsError:
        return False
