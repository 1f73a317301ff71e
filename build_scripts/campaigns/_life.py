"""One vault under trial with all around it: sticks, bundles that arrive, what it must hold by now."""

import json
import random
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from _facts import Facts, Loss, difference, people_seen, seen, sha256, with_patch, without_files
from PIL import Image

from desk_app.crypto import keyfile, keyring
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.documents import pictures
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import WrongPassphrase
from desk_app.domain.ids import DeskCode
from desk_app.domain.rules.roles import Role
from desk_app.storage import backup_file, key_files
from desk_app.storage.key_files import KEY_FILES
from desk_app.storage.vault import Surroundings, Vault
from desk_app.usecases import checking, exchange, merging, partners, records, restoring, vaults
from desk_app.usecases.merge_plan import FilePlan, Outcome

DESK = "khorugh"
VAULT = "desk"
"""The name of its folder."""
USER = "Зарина"
PASSPHRASE = "кадом калид дар бораи об"
ARRIVALS = 14
"""Bundles that lie ready from the coordinator."""
ORGANISATIONS = 25
"""New ones in each of them, beside a few that were edited."""
SCANS = 6


@dataclass(slots=True)
class Life:
    """A vault, what it must hold, and what was prepared. Whoever works on it in another process has a copy of this."""

    folder: Path
    template: Path
    chance: random.Random
    facts: Facts
    arriving: list[Facts]
    """What each bundle of the coordinator brings beyond those before it."""
    scans: dict[str, str]
    """Pictures that lie ready, and the hashes of what is made of them."""
    written: dict[str, str] = field(default_factory=dict)
    """Files outside the vault that were reported done, with their hashes."""
    backups: dict[str, Facts] = field(default_factory=dict)
    """Backups that count, with what was in the vault when they were made; since the last restore."""
    tried: set[str] = field(default_factory=set)
    """Backups that were restored into a folder of their own, to see what they hold."""

    @property
    def vault(self) -> Path:
        """The vault's folder."""
        return self.folder / VAULT

    @property
    def stick(self) -> Path:
        """Where bundles are written to."""
        return self.folder / "stick"

    def arrival(self, number: int) -> Path:
        """The coordinator's bundle of that number."""
        return self.template / "arrivals" / f"{number:02}.roh"

    def mark(self) -> str:
        """A word that nothing else in this vault has."""
        return f"M{self.chance.getrandbits(40):010X}"

    def unlock(self, passphrase: str | None = None) -> Vault:
        """Opens the vault as the program does."""
        return vaults.unlock(self.vault, USER, passphrase or self.facts["passphrase"], around())


def around() -> Surroundings:
    """The program's own surroundings: the real clock, real randomness."""
    return vaults.real_surroundings()


def prepare(folder: Path, chance: random.Random, arrivals: int = ARRIVALS) -> None:
    """Makes what every life begins with: a desk, its coordinator, and bundles that lie ready."""
    for name in ("arrivals", "stick", "cards", "scans"):
        (folder / name).mkdir(parents=True)
    for name, code in ((VAULT, DESK), (COORDINATOR, COORDINATOR)):
        vaults.create_vault(
            folder / name, DeskCode(code), USER, PASSPHRASE, around(), FLOOR_PARAMETERS, roles=(Role.LAWYER,)
        )
    scans = {f"{number}.png": _scan(folder / "scans" / f"{number}.png", chance) for number in range(SCANS)}
    desk = vaults.unlock(folder / VAULT, USER, PASSPHRASE, around())
    coordinator = vaults.unlock(folder / COORDINATOR, USER, PASSPHRASE, around())
    for one, other in ((desk, coordinator), (coordinator, desk)):
        card = folder / "cards" / one.desk
        partners.write_card(one, card)
        partners.enrol(other, card)
    arriving = [_arrival(coordinator, folder, number, chance) for number in range(1, arrivals + 1)]
    facts = {**seen(desk), "passphrase": PASSPHRASE}
    desk.close()
    coordinator.close()
    (folder / "facts.json").write_text(json.dumps([facts, arriving, scans]), encoding="utf-8")


def _arrival(coordinator: Vault, folder: Path, number: int, chance: random.Random) -> Facts:
    facts: Facts = {}
    with vaults.together(coordinator):
        for one in records.find_all(coordinator, "organisation")[: 4 * chance.randrange(4)]:
            records.edit(coordinator, one.id, {"address": f"хиёбони Рӯдакӣ, {number}"})
            facts[f"organisation {one.text('name_tg')}"] = None
        for count in range(ORGANISATIONS):
            values = {
                "name_tg": f"Маркази {number}-{count}",
                "name_ru": f"Центр поддержки {number}-{count}",
                "category": "legal_aid",
                "head_name": "Назаров А. Б.",
                "address": "кӯчаи Гагарин, 4",
            }
            records.add(coordinator, "organisation", values)
            facts[f"organisation {values['name_tg']}"] = None
    exchange.export(coordinator, DESK, folder / "arrivals" / f"{number:02}.roh")
    there = seen(coordinator)
    return {key: there[key] for key in facts}


def _scan(path: Path, chance: random.Random) -> str:
    """Writes a picture of noise; returns the hash of what the program makes of it."""
    size = (chance.randrange(20, 400), chance.randrange(20, 400))
    Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3)).save(path)
    return sha256(pictures.prepared(path.read_bytes()).content)


def begin(template: Path, folder: Path, seed: object) -> Life:
    """A new life from what was prepared."""
    for name in (VAULT, "stick"):
        shutil.copytree(template / name, folder / name)
    return life_at(template, folder, seed)


def life_at(template: Path, folder: Path, seed: object) -> Life:
    """The life that begins in this folder."""
    facts, arriving, scans = json.loads((template / "facts.json").read_text(encoding="utf-8"))
    return Life(folder, template, random.Random(str(seed)), facts, arriving, scans)


def verify(life: Life, allowed: list[Facts]) -> int:
    """Opens the vault as the program does and looks whether it holds exactly one of the allowed states.

    Returns which, takes it over as what the vault holds from now on, and raises `Loss` for anything else.
    """
    vault, passphrase = _opened(life, allowed)
    found = {**_sound(vault), "passphrase": passphrase}
    _keys_stand(life)
    if found not in allowed:
        raise Loss(" or ".join(difference(facts, found) for facts in allowed))
    life.facts = found
    return allowed.index(found)


def is_inside(name: str) -> bool:
    """Whether a file of a life lies in the vault's own folder."""
    return name.startswith(f"{VAULT}/")


def verify_files(life: Life, written: dict[str, str], outdated: Collection[str], may_have_gone: bool) -> None:
    """Looks whether the files that were reported done are as they were written, these and those before outside the
    vault; and whether outdated ones are gone. An erasure that was cut short may have put another backup in the place
    of those in the vault's own folder, and a restore may have set them aside. Raises `Loss`.
    """
    for name, expected in {**life.written, **written}.items():
        path = life.folder / name
        if is_inside(name) and may_have_gone and not path.is_file():
            if not any(_backups_inside(life)) and not any(aside(life)):
                raise Loss(f"no backup is left after {name}")
            continue
        if not path.is_file() or sha256(path.read_bytes()) != expected:
            raise Loss(f"{name} is not as it was written")
        if not is_inside(name):
            life.written[name] = expected
    left = [name for name in outdated if (life.folder / name).exists()]
    if left:
        raise Loss(f"{left} hold what was erased")


def aside(life: Life) -> Iterator[Path]:
    """The vaults that restored ones took the place of."""
    return life.folder.glob(f"{VAULT}.before-*")


def _backups_inside(life: Life) -> Iterator[Path]:
    return (life.vault / "backup").glob(f"*{backup_file.SUFFIX}")


def verify_backups(life: Life, allowed: list[Facts]) -> None:
    """Restores each backup that was not there before, into a folder of its own: it holds one of these states."""
    for file in sorted([*life.stick.glob(f"*{backup_file.SUFFIX}"), *_backups_inside(life)]):
        name = file.relative_to(life.folder).as_posix()
        if name not in life.tried:
            life.backups[name] = _restored(life, file, allowed)
            life.tried.add(name)


def _restored(life: Life, file: Path, allowed: list[Facts]) -> Facts:
    scratch = life.folder / "scratch"
    scratch.mkdir()
    shutil.copy(file, scratch)
    if (life.vault / "blobs").is_dir():
        shutil.copytree(life.vault / "blobs", scratch / "blobs")
    for passphrase in dict.fromkeys(facts["passphrase"] for facts in allowed):
        try:
            restoring.restore(scratch / file.name, scratch / VAULT, USER, passphrase, around())
        except WrongPassphrase:
            continue
        inside = life.vault in file.parents
        opened = vaults.unlock(scratch / VAULT, USER, passphrase, around())
        found = {**_sound(opened, with_files=not inside), "passphrase": passphrase}
        matching = [facts for facts in allowed if facts == found or (inside and _alike(facts, found))]
        if not matching:
            raise Loss(f"{file.name}: " + " or ".join(difference(facts, found) for facts in allowed[-3:]))
        shutil.rmtree(scratch)
        return matching[-1]
    raise Loss(f"no passphrase opens {file.name}")


def states(before: Facts, stages: list[Facts]) -> list[Facts]:
    """What may be found when an act was cut short: nothing of it, or as far as one of its stages."""
    found = [before]
    for stage in stages:
        found.append(with_patch(found[-1], stage))
    return found


def coordinator_agrees(life: Life) -> None:
    """Every bundle that lies on the stick goes to the coordinator, the answer comes back and is answered; then both
    see the same people. Raises `Loss`; at the end of a life.
    """
    shutil.copytree(life.template / COORDINATOR, life.folder / COORDINATOR)
    answers = life.folder / "answers"
    answers.mkdir()
    desk = life.unlock()
    coordinator = vaults.unlock(life.folder / COORDINATOR, USER, PASSPHRASE, around())
    try:
        for _ in range(2):
            exchange.export(desk, COORDINATOR, life.stick)
            _all_taken(_taken(coordinator, life.stick))
            _all_taken(_taken(desk, exchange.export(coordinator, DESK, answers).file))
        expected, found = people_seen(desk), people_seen(coordinator)
    finally:
        desk.close()
        coordinator.close()
    if found != expected:
        raise Loss(f"the coordinator sees otherwise: {difference(expected, found)}")


def _taken(vault: Vault, path: Path) -> tuple[FilePlan, ...]:
    """Takes in what lies there; that a life erases much of its few people is meant."""
    return merging.apply_plan(vault, merging.plan_files(vault, [path]), confirmed=True)


def _all_taken(done: Sequence[FilePlan]) -> None:
    refused = [one for one in done if one.outcome not in (Outcome.MERGED, Outcome.KNOWN)]
    if refused:
        raise Loss(f"not taken in: {refused[:2]}")


def _alike(one: Facts, other: Facts) -> bool:
    return without_files(one) == without_files(other)


def _sound(vault: Vault, with_files: bool = True) -> Facts:
    """What is seen in a vault that the check finds whole; closes it."""
    try:
        found = checking.check(vault, deep=True).problems
        problems = [one for one in found if with_files or one.code != "file"]
        if problems:
            raise Loss(f"the check found {problems[:3]}")
        return seen(vault)
    finally:
        vault.close()


def passphrase_that_opens(life: Life, allowed: list[Facts]) -> str:
    """Which of the passphrases that may be right is: the key file tells. Raises `Loss` where none is."""
    key_file = key_files.read_all(life.vault)[0]
    for passphrase in dict.fromkeys(facts["passphrase"] for facts in allowed):
        try:
            keyring.open_slot(key_file, USER, passphrase)
        except WrongPassphrase:
            continue
        return str(passphrase)
    raise Loss("no passphrase opens the key file")


def _opened(life: Life, allowed: list[Facts]) -> tuple[Vault, str]:
    """The vault, and which of the passphrases that may be right opened it."""
    *others, last = dict.fromkeys(facts["passphrase"] for facts in allowed)
    for passphrase in others:
        try:
            return life.unlock(passphrase), passphrase
        except WrongPassphrase:
            continue
    return life.unlock(last), last


def _keys_stand(life: Life) -> None:
    copies = {(life.vault / name).read_bytes() for name in KEY_FILES}
    if len(copies) != 1:
        raise Loss("the two key files differ")
    if len(keyfile.decode_key_file(copies.pop()).data_keys) != 1:
        raise Loss("a rotation was not brought to its end")
