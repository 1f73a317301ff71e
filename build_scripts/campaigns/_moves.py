"""What people do in a world: one function for each thing, which chooses by chance what to do it to.

A move returns a few words for the trace, or None where there is nothing to do it to. Trouble is an answer too.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from _book import Violation
from _post import DAY
from _scans import write_scan
from _world import COLLEAGUE, HEAD, NEWER, START, YEARS, Station, World

from desk_app.domain.errors import NoteSealed
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldValue
from desk_app.storage import alias
from desk_app.storage.rows import Record
from desk_app.usecases import (
    attachments,
    erasure,
    linking,
    needs,
    notes,
    people,
    records,
    referrals,
    review,
    services,
    settling,
    transfers,
)
from desk_app.usecases.settling import Both, Choice, Keep, Say

T = TypeVar("T")
Move = Callable[[World, Station], str | None]
NAMES = ("Исмоил", "Карим", "Раҳим", "Салим", "Манижа", "Гулноза", "Dilnoza", "Ойбек")
SURNAMES = ("Назаров", "Шарипова", "Раҳмонов", "Yusupova", "Ҷӯраев")
SAFETY = ("at_risk", "threat", "violence", "self_harm", "overdose")
ADDRESSES = ("кӯчаи Гагарин, 4", "хиёбони Рӯдакӣ, 12", "д. Сангвор", "")
CAN_BE_REMOVED = ("client", "need", "followup", "organisation", "service", "referral", "attachment")


def register(world: World, station: Station) -> str:
    """A person comes."""
    chance = world.chance
    client = {"given_name": chance.choice(NAMES), "surname": chance.choice(SURNAMES), "birth_date": _birth(world)}
    answers = {purpose: chance.choice(("given", "given", "refused")) for purpose in ("service", "sharing")}
    saved = people.register(station.vault, client, answers, {"method": chance.choice(("signed", "spoken"))})
    return f"{saved.number} {_short(saved.id)}"


def edit(world: World, station: Station) -> str | None:
    """Somebody has another name, phone, address; the same few people again and again, so that edits meet."""
    client = _somebody(world, station)
    if client is None:
        return None
    values = {name: _value(world, name) for name in world.chance.sample(_FIELDS, world.chance.choice((1, 1, 2, 3)))}
    if station.registry is NEWER and world.chance.random() < 0.4:
        values["nickname"] = world.chance.choice(NAMES)
    records.edit(station.vault, client.id, values)
    return f"{_short(client.id)} {', '.join(values)}"


def answer_about_consent(world: World, station: Station) -> str | None:
    """Another answer, or one taken back."""
    client = _somebody(world, station)
    if client is None:
        return None
    purpose = world.chance.choice(("service", "sharing", "health"))
    if world.chance.random() < 0.5:
        people.withdraw_consent(station.vault, client.id, purpose)
        return f"{_short(client.id)} withdrawn {purpose}"
    people.record_consent(station.vault, client.id, purpose, world.chance.choice(("given", "refused")), {})
    return f"{_short(client.id)} {purpose}"


def write_need(world: World, station: Station) -> str | None:
    """A need, new or told otherwise."""
    before = _one_of(world, records.find_all(station.vault, "need"))
    state = world.chance.choice(("open", "in_progress", "met", "declined"))
    if before is not None and world.chance.random() < 0.6:
        records.edit(station.vault, before.id, {"state": state, "description": _text(world)})
        return f"need {_short(before.id)}"
    client = _somebody(world, station)
    if client is None:
        return None
    values = {"client": client.id, "pathway": world.chance.choice(("housing", "health")), "description": _text(world)}
    return f"new need {_short(needs.note(station.vault, values).id)}"


def consult(world: World, station: Station) -> str | None:
    """A consultation, or a correction of one."""
    before = _one_of(world, records.find_all(station.vault, "service"))
    if before is not None and world.chance.random() < 0.3:
        return f"corrected {_short(records.edit(station.vault, before.id, {'minutes': world.chance.randrange(99)}).id)}"
    client = _somebody(world, station)
    if client is None:
        return None
    values: dict[str, FieldValue] = {"type": "legal", "delivered_on": "2026-03-05", "what_was_done": _text(world)}
    return f"service {_short(services.record(station.vault, {**values, 'client': client.id}).id)}"


def write_note(world: World, station: Station) -> str | None:
    """A private note of whoever works here, or a look at somebody else's, which must stay shut."""
    profession = "lawyer" if station.vault.user_name == HEAD else "psychologist"
    client = _somebody(world, station)
    others = [one for one in records.find_all(station.vault, "note") if not _is_own(station, one, profession)]
    if others and world.chance.random() < 0.4:
        other = world.chance.choice(others)
        try:
            notes.read(station.vault, other.id)
        except NoteSealed:
            return "a note stayed shut"
        raise Violation(f"{station.vault.user_name} at {station.name} opened the note {other.id}")
    if client is None:
        return None
    saved = notes.write(station.vault, client.id, {"profession": profession, "text": _text(world)})
    return f"note {_short(saved.id)}"


def refer(world: World, station: Station) -> str | None:
    """A referral, new or a step further."""
    before = _one_of(world, records.find_all(station.vault, "referral"))
    if before is not None and world.chance.random() < 0.6:
        state = _one_of(world, referrals.steps(station.vault, before.id))
        if state is None:
            return None
        known = {"due": "2026-09-01", "answered_on": "2026-04-01", "result": "шуд", "answered_by": "Раҳимов"}
        facts = known if world.chance.random() < 0.7 else {}
        referrals.change_state(station.vault, before.id, state, facts if state == "appointment" else {"result": "шуд"})
        return f"referral {_short(before.id)} {state}"
    client, organisation = _somebody(world, station), _one_of(world, records.find_all(station.vault, "organisation"))
    if client is None or organisation is None:
        return None
    shared = frozenset(world.chance.sample(("birth_date", "phone", "needs"), world.chance.randrange(3))) or None
    desks = [one.code for one in world.desks if one.code != station.code]
    to_desk = world.chance.choice(desks) if desks and world.chance.random() < 0.4 else None
    whom = {"to_desk": to_desk} if to_desk else {"organisation": organisation.id}
    values = {"client": client.id, **whom, "service_asked": "ёрии ҳуқуқӣ", "shared": shared}
    return f"new referral {_short(referrals.refer(station.vault, values).id)}"


def directory_entry(world: World, station: Station) -> str:
    """An organisation, new or with another address: it goes to everybody."""
    before = _one_of(world, records.find_all(station.vault, "organisation")[:3])
    if before is not None and world.chance.random() < 0.7:
        values = {"address": world.chance.choice(ADDRESSES), "name_ru": f"Центр {world.chance.randrange(3)}"}
        records.edit(station.vault, before.id, values)
        return f"organisation {_short(before.id)}"
    values = {"name_tg": f"Марказ {world.chance.randrange(9)}", "category": "legal_aid", "address": ADDRESSES[0]}
    return f"new organisation {_short(records.add(station.vault, 'organisation', values).id)}"


def remove(world: World, station: Station) -> str | None:
    """Something is removed, or shown again."""
    kind = world.chance.choice(CAN_BE_REMOVED)
    rows = station.vault.db.execute(f'SELECT id FROM "{kind}" ORDER BY id').fetchall()
    if not rows:
        return None
    record = RecordId(world.chance.choice(rows[:6])[0])
    act = records.restore if world.chance.random() < 0.45 else records.remove
    act(station.vault, record)
    return f"{act.__name__} {kind} {_short(record)}"


def move_house(world: World, station: Station) -> str | None:
    """A person is offered to another desk, or an offer is answered."""
    waiting = transfers.open_for(station.vault)
    answers = [(transfers.accept, one) for one in waiting.offered_to_us] + [
        (transfers.decline, one) for one in waiting.offered_to_us
    ]
    answers += [(transfers.withdraw, one) for one in waiting.offered_by_us]
    if answers and world.chance.random() < 0.7:
        act, offer = world.chance.choice(answers)
        act(station.vault, offer.id)
        return f"{act.__name__} {_short(offer.id)}"
    client, others = _somebody(world, station), [one.code for one in world.desks if one.code != station.code]
    if client is None or not others:
        return None
    to_desk = world.chance.choice(others)
    transfers.offer(station.vault, client.id, to_desk, "moved")
    return f"{_short(client.id)} to {to_desk}"


def settle(world: World, station: Station) -> str | None:
    """A disagreement is settled, or a settling taken back."""
    if station.settled and world.chance.random() < 0.3:
        done = station.settled.pop()
        settling.undo(station.vault, done)
        return f"took back {_short(done.record)} {done.field.name}"
    shown = _one_of(world, review.disagreements(station.vault))
    if shown is None:
        return None
    keep = Keep(world.chance.randrange(len(shown.values)))
    choices: list[Choice] = [keep, keep, Both.BOTH] if shown.can_keep_both else [keep]
    if shown.field.name in _FIELDS:
        choices.append(Say(_value(world, shown.field.name)))
    choice = world.chance.choice(choices)
    station.settled.append(settling.settle(station.vault, shown, choice))
    return f"{_short(shown.record)} {shown.field.name} {choice}"


def judge_pair(world: World, station: Station) -> str | None:
    """Two clients are one person, or are not."""
    clients = records.find_all(station.vault, "client")[:8]
    if len(clients) < 2:
        return None
    one, other = world.chance.sample(clients, 2)
    act = world.chance.choice((linking.link, linking.link, linking.unlink, linking.differ))
    act(station.vault, one.id, other.id)
    return f"{act.__name__} {_short(one.id)} {_short(other.id)}"


def link_and_part(world: World, station: Station) -> str | None:
    """Linked and parted at once: everything must stand as before."""
    clients = records.find_all(station.vault, "client")
    if len(clients) < 2:
        return None
    one, other = world.chance.sample(clients, 2)
    if linking.state_of(station.vault, one.id, other.id) == "same":
        return None
    before = _standing(station)
    linking.link(station.vault, one.id, other.id)
    linking.unlink(station.vault, one.id, other.id)
    if _standing(station) != before:
        raise Violation(f"linking {one.id} with {other.id} and parting them changed something")
    return f"{_short(one.id)} {_short(other.id)}"


def erase(world: World, station: Station) -> str | None:
    """Somebody asked to be erased, or one thing about him."""
    found = _one_of(
        world, records.find_all(station.vault, world.chance.choice(("client", "client", "service", "need")))
    )
    if found is None:
        return None
    erasure.erase(station.vault, found.id, world.chance.choice(("asked", "retention", "mistake")))
    return f"{found.kind} {_short(found.id)}"


def add_scan(world: World, station: Station) -> str | None:
    """A small scan is put away."""
    client = _somebody(world, station)
    if client is None:
        return None
    path = write_scan(world.folder, world.chance)
    saved = attachments.add(station.vault, client.id, path, {"type": "paper", "title": f"№ {world.chance.random()}"})
    return _short(saved.id)


def set_target(world: World, station: Station) -> str | None:
    """A target of the programme; of a newer version, a record of a kind that others do not know."""
    if station.is_coordinator and world.chance.random() < 0.5:
        records.add(station.vault, "target", {"indicator": "services", "value": world.chance.randrange(1000)})
        return "target"
    client = _somebody(world, station)
    if station.registry is not NEWER or client is None:
        return None
    before = _one_of(world, records.find_all(station.vault, "visit"))
    if before is not None and world.chance.random() < 0.6:
        return f"visit {_short(records.edit(station.vault, before.id, {'told': _text(world)}).id)}"
    return f"new visit {_short(records.add(station.vault, 'visit', {'client': client.id, 'told': _text(world)}).id)}"


def change_hands(world: World, station: Station) -> str:
    """Lock and unlock, perhaps by the colleague, perhaps with the next version of the program."""
    user = HEAD if world.chance.random() < 0.7 else COLLEAGUE
    if world.chance.random() < 0.15:
        station.registry = NEWER
    world.reopen(station, user)
    return f"{user} {'newer' if station.registry is NEWER else ''}"


def touch_clock(world: World, station: Station) -> str:
    """The machine's clock jumps, stops or goes right again."""
    clock = station.clock
    clock.frozen = None
    what = world.chance.choice(("right", "right", "days", "years", "frozen"))
    if what == "right":
        clock.off = 0
    elif what == "days":
        clock.off = world.chance.randrange(-20 * DAY, 20 * DAY)
    elif what == "years":
        has_copies = len({one.code for one in world.stations}) < len(world.stations)
        clock.off = -YEARS if has_copies else world.chance.choice((-YEARS, YEARS))
        station.ran_ahead |= clock.off > 0
    else:
        clock.frozen = clock()
    return f"{what} {(clock() - START) // DAY}"


_FIELDS = ("given_name", "surname", "birth_date", "phone", "address", "safety", "stage", "paper_number", "other_names")

WEIGHTS: Mapping[Move, int] = {
    register: 10,
    edit: 24,
    answer_about_consent: 5,
    write_need: 6,
    consult: 5,
    write_note: 3,
    refer: 5,
    directory_entry: 7,
    remove: 5,
    settle: 8,
    move_house: 5,
    judge_pair: 4,
    link_and_part: 1,
    erase: 2,
    add_scan: 2,
    set_target: 3,
    change_hands: 2,
    touch_clock: 4,
}


def _is_own(station: Station, note: Record, profession: str) -> bool:
    return note.text("profession") == profession and note.text("desk") == station.code


def _standing(station: Station) -> object:
    shown = [(one.id, dict(one.values)) for one in records.find_all(station.vault, "client")]
    return shown, alias.held(station.vault.db)


def _somebody(world: World, station: Station) -> Record | None:
    clients = records.find_all(station.vault, "client")
    desks = sorted({one.text("desk") for one in clients})
    if world.chance.random() < 0.7 and desks:
        desk = world.chance.choice(desks)
        clients = [one for one in clients if one.text("desk") == desk][:2]
    return _one_of(world, clients)


def _one_of(world: World, found: Sequence[T]) -> T | None:
    return world.chance.choice(found) if found else None


def _value(world: World, name: str) -> FieldValue:
    chance = world.chance
    match name:
        case "birth_date":
            return _birth(world)
        case "safety":
            return frozenset(chance.sample(SAFETY, chance.randrange(4))) or None
        case "stage":
            return chance.choice(("in_custody", "released", "probation", "family"))
        case "phone" | "paper_number":
            return f"+992 {chance.randrange(10**8, 10**9)}"
        case "address":
            return chance.choice(ADDRESSES) or None
        case "surname":
            return chance.choice(SURNAMES)
    return chance.choice(NAMES)


def _birth(world: World) -> str:
    return world.chance.choice(("1980", "1981-05", "1990-01-02", "1975-12-31"))


def _text(world: World) -> str:
    return f"{world.chance.choice(ADDRESSES)} {world.chance.getrandbits(60):x}\n" * world.chance.randrange(1, 9)


def _short(record: str) -> str:
    return record[-5:]
