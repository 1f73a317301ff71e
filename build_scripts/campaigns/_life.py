"""One vault under trial with all around it: sticks, bundles that arrive, what it must hold by now."""

import json
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from _facts import Facts, Loss, difference, seen, sha256, with_patch

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import WrongPassphrase
from desk_app.domain.ids import DeskCode
from desk_app.storage.vault import KEY_FILES, Surroundings, Vault
from desk_app.usecases import checking, exchange, partners, records, vaults
from desk_app.usecases.exchange import Outcome

DESK = "khorugh"
USER = "Зарина"
PASSPHRASE = "кадом калид дар бораи об"
ARRIVALS = 14
"""Bundles that lie ready from the coordinator."""
ORGANISATIONS = 25
"""New ones in each of them, beside a few that were edited."""


@dataclass(slots=True)
class Life:
    """A vault, what it must hold, and what was prepared. Whoever works on it in another process has a copy of this."""

    folder: Path
    template: Path
    chance: random.Random
    facts: Facts
    arriving: list[Facts]
    """What each bundle of the coordinator brings beyond those before it."""
    written: dict[str, str] = field(default_factory=dict)
    """Files outside the vault that were reported done, with their hashes."""

    @property
    def vault(self) -> Path:
        """The vault's folder."""
        return self.folder / "desk"

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
    for name in ("arrivals", "stick", "cards"):
        (folder / name).mkdir(parents=True)
    for name, code in (("desk", DESK), (COORDINATOR, COORDINATOR)):
        vaults.create_vault(folder / name, DeskCode(code), USER, PASSPHRASE, around(), FLOOR_PARAMETERS)
    desk = vaults.unlock(folder / "desk", USER, PASSPHRASE, around())
    coordinator = vaults.unlock(folder / COORDINATOR, USER, PASSPHRASE, around())
    for one, other in ((desk, coordinator), (coordinator, desk)):
        card = folder / "cards" / one.desk
        partners.write_card(one, card)
        partners.enrol(other, card)
    arriving = [_arrival(coordinator, folder, number, chance) for number in range(1, arrivals + 1)]
    facts = {**seen(desk), "passphrase": PASSPHRASE}
    desk.close()
    coordinator.close()
    (folder / "facts.json").write_text(json.dumps([facts, arriving]), encoding="utf-8")


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


def begin(template: Path, folder: Path, seed: object) -> Life:
    """A new life from what was prepared."""
    for name in ("desk", "stick"):
        shutil.copytree(template / name, folder / name)
    return life_at(template, folder, seed)


def life_at(template: Path, folder: Path, seed: object) -> Life:
    """The life that begins in this folder."""
    facts, arriving = json.loads((template / "facts.json").read_text(encoding="utf-8"))
    return Life(folder, template, random.Random(str(seed)), facts, arriving)


def verify(life: Life, allowed: list[Facts]) -> int:
    """Opens the vault as the program does and looks whether it holds exactly one of the allowed states.

    Returns which, takes it over as what the vault holds from now on, and raises `Loss` for anything else.
    """
    vault, passphrase = _opened(life, allowed)
    try:
        result = checking.check(vault, deep=True)
        if not result.ok:
            raise Loss(f"the check found {result.problems[:3]}")
        found = {**seen(vault), "passphrase": passphrase}
    finally:
        vault.close()
    _files_stand(life)
    if found not in allowed:
        raise Loss(" or ".join(difference(facts, found) for facts in allowed))
    life.facts = found
    return allowed.index(found)


def states(before: Facts, stages: list[Facts]) -> list[Facts]:
    """What may be found when an act was cut short: nothing of it, or as far as one of its stages."""
    found = [before]
    for stage in stages:
        found.append(with_patch(found[-1], stage))
    return found


def coordinator_agrees(life: Life) -> None:
    """The coordinator takes in every bundle that lies on the stick and then sees the desk's people as the desk does.

    Raises `Loss`; at the end of a life.
    """
    desk = life.unlock()
    try:
        exchange.export(desk, COORDINATOR, life.stick)
        expected = _about_people(seen(desk))
    finally:
        desk.close()
    shutil.copytree(life.template / COORDINATOR, life.folder / COORDINATOR)
    coordinator = vaults.unlock(life.folder / COORDINATOR, USER, PASSPHRASE, around())
    try:
        done = exchange.merge_files(coordinator, [life.stick])
        refused = [one for one in done if one.outcome not in (Outcome.MERGED, Outcome.KNOWN)]
        if refused:
            raise Loss(f"the coordinator did not take in {refused[:2]}")
        found = _about_people(seen(coordinator))
    finally:
        coordinator.close()
    if found != expected:
        raise Loss(f"the coordinator sees otherwise: {difference(expected, found)}")


def _about_people(facts: Facts) -> Facts:
    return {key: value for key, value in facts.items() if key.split()[0] in ("client", "consent", "service")}


def _opened(life: Life, allowed: list[Facts]) -> tuple[Vault, str]:
    """The vault, and which of the passphrases that may be right opened it."""
    *others, last = dict.fromkeys(facts["passphrase"] for facts in allowed)
    for passphrase in others:
        try:
            return life.unlock(passphrase), passphrase
        except WrongPassphrase:
            continue
    return life.unlock(last), last


def _files_stand(life: Life) -> None:
    copies = {(life.vault / name).read_bytes() for name in KEY_FILES}
    if len(copies) != 1:
        raise Loss("the two key files differ")
    for name, written in life.written.items():
        path = life.folder / name
        if not path.is_file() or sha256(path.read_bytes()) != written:
            raise Loss(f"{name} is not as it was written")
