"""One office of the demonstration: its vault, its clock, its people, and its way of writing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.desks import COORDINATOR, DESKS
from desk_app.domain.ids import DeskCode, RecordId, UserId
from desk_app.domain.records import ALL
from desk_app.i18n.places import places
from desk_app.storage.vault import Surroundings, Vault
from desk_app.usecases import records, vaults
from desk_app.usecases.demonstration.content import Spelled, content
from desk_app.usecases.demonstration.invention import SPELLINGS, invent
from desk_app.usecases.demonstration.schedule import Schedule, SeededRandom, SimulatedClock

# Eleven vaults are made and opened in a row, and nothing in them is secret: the least that the program writes anywhere.
COST = FLOOR_PARAMETERS

_WRITING: Mapping[str, tuple[int, int, int, int]] = {
    "jaihun": (50, 10, 35, 5),
    "gafurov": (55, 15, 20, 10),
    "khujand": (60, 30, 5, 5),
    "dushanbe": (65, 30, 3, 2),
}
_USUAL_WRITING = (85, 12, 2, 1)
"""How often a desk writes tg, ru, uz_Cyrl, uz_Latn."""


@dataclass(slots=True)
class Office:
    """A desk or the coordinator at work. `agreed` are the clients who let the desk write to organisations."""

    code: DeskCode
    vault: Vault
    clock: SimulatedClock
    random: SeededRandom
    chance: Random
    schedule: Schedule
    clients: list[RecordId] = field(default_factory=list)
    agreed: list[RecordId] = field(default_factory=list)
    inside: list[RecordId] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The city or district in Tajik, as in «шаҳри Хуҷанд»."""
        return place_of(self.code)["tg"]

    def spelling(self) -> str:
        """In which of the programme's spellings the next thing is written down."""
        return self.chance.choices(SPELLINGS, _WRITING.get(self.code, _USUAL_WRITING))[0]

    def words(self, spelled: Spelled) -> str:
        """A text in the language in which whoever writes it does."""
        return spelled[self.spelling()]


def place_of(code: DeskCode) -> dict[str, str]:
    """What a desk's city or district is called in texts: tg in full, ru and uz by name."""
    district = next((desk.district for desk in DESKS if desk.code == code), DESKS[0].district)
    row = places()[district]
    full = row["name_tg_full"]
    return {"tg": full[:1].lower() + full[1:], "ru": row["name_ru"], "uz": row["name_uz_Latn"]}


def open_office(folder: Path, code: DeskCode, seed: str, passphrase: str, start: int) -> Office:
    """Makes an office's vault and opens it, on the first day. Keys are random; all else repeats with the seed."""
    chance = Random(f"{seed} {code}")
    source, clock = SeededRandom(f"{seed} {code}"), SimulatedClock(start)
    name = invent(chance, "tg").whole_name()
    real = vaults.real_surroundings()
    vaults.create_vault(folder / code, code, name, passphrase, real, COST, UserId(source(4).hex()))
    vault = vaults.unlock(folder / code, None, passphrase, Surroundings(ALL, clock, source))
    office = Office(code, vault, clock, source, chance, Schedule(clock))
    _add_profile(office)
    return office


def _add_profile(office: Office) -> None:
    words = content().coordinator if office.code == COORDINATOR else content().desk
    place = place_of(office.code)
    number = str(office.chance.randrange(2, 90))
    values = {
        "name_tg": words.name_tg.format(place=place["tg"]),
        "name_ru": words.name_ru.format(place=place["ru"]),
        "address": words.address.format(place=place["tg"], number=number),
        "phone": f"+992 90 0{office.chance.randrange(100):02} {office.chance.randrange(10**4):04}",
        "signatory_post": words.post,
        "signatory_name": office.vault.user_name,
    }
    records.add(office.vault, "desk_profile", values)
