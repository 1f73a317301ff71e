"""The work of a desk: a person comes, agrees or refuses, is helped again and again, is referred, is called."""

from collections.abc import Mapping
from datetime import timedelta

from desk_app.domain.clock import today
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.usecases import followups, letters, needs, people, records, referrals, services
from desk_app.usecases.demonstration.content import OrganisationWords, content
from desk_app.usecases.demonstration.invention import Person, client_values
from desk_app.usecases.demonstration.office import Office
from desk_app.usecases.demonstration.schedule import DAY, MINUTE, Work

_HELP = {
    "legal": 34,
    "psychological": 20,
    "social": 24,
    "documents": 10,
    "work": 6,
    "material_aid": 3,
    "accompaniment": 3,
}
"""How often each kind of help is given, in percent."""

_PATHWAYS = {"money_papers": 35, "education_work": 25, "housing": 12, "family": 10, "health": 8, "attitudes": 6}
_OFFICE_FOR = {
    "money_papers": "papers",
    "education_work": "employment",
    "housing": "housing",
    "family": "social",
    "health": "health",
    "attitudes": "treatment",
}
_ENDINGS = {"completed": 55, "declined": 10, "in_service": 15, "no_show": 5, "": 15}
"""What becomes of a referral, in percent; empty: nobody answers."""


def case(office: Office, person: Person, arrival: int, stage: str = "") -> Work:
    """Somebody's way from the first visit on. `stage` where he is neither released nor on probation."""
    yield arrival
    client = _register(office, person, stage)
    pathway = _chosen(office, _PATHWAYS)
    need = needs.note(
        office.vault,
        {
            "client": client,
            "pathway": pathway,
            "description": office.words(content().needs[pathway]),
            "severity": office.chance.choice("123"),
        },
    ).id
    yield arrival + 30 * MINUTE
    _help(office, client, "prison" if stage == "in_custody" else "desk")
    if office.chance.random() < 0.4 and client in office.agreed:
        office.schedule.plan(referral(office, client, _OFFICE_FOR[pathway], arrival + 60 * MINUTE))
    if office.chance.random() < 0.35:
        office.schedule.plan(_call(office, client, arrival + 90 * MINUTE))
    at = arrival
    for _ in range(office.chance.randrange(4)):
        at += office.chance.randrange(5, 60) * DAY
        yield at
        _help(office, client, office.chance.choice(["desk", "desk", "phone", "visit"]))
    yield at + office.chance.randrange(20, 90) * DAY
    needs.change_state(office.vault, need, office.chance.choices(["met", "in_progress", "declined"], [65, 25, 10])[0])


def referral(office: Office, client: RecordId, category: str, at: int, answered: bool = True) -> Work:
    """A letter to an organisation of the place, and mostly its answer."""
    yield at
    words = next(one for one in content().offices if one.category == category)
    made = refer(office, client, words, office.spelling())
    if office.chance.random() < 0.3:
        letters.print_letter(office.vault, made, office.chance.choice(["tg", "tg", "ru"]))
    else:
        referrals.change_state(office.vault, made, "sent")
    ending = _chosen(office, _ENDINGS) if answered else ""
    if not ending:
        return
    yield at + office.chance.randrange(3, 25) * DAY
    note = "declined" if ending == "declined" else "result"
    facts = {"result": office.words(content().notes[note])} if ending in ("completed", "declined") else {}
    referrals.change_state(office.vault, made, ending, facts)


def refer(office: Office, client: RecordId, words: OrganisationWords, spelling: str) -> RecordId:
    """A draft of a referral to the place's own organisation, in the given spelling."""
    here = {"category": words.category, "place": office.place}
    organisation = records.find_all(office.vault, "organisation", here)[0].id
    values: Values = {
        "client": client,
        "organisation": organisation,
        "service_asked": words.asked[spelling],
        "reason": words.reason[spelling],
        "priority": office.chance.choice(["24h", "72h", "2w", "2w"]),
        "shared": frozenset({"birth_date", "phone"}),
    }
    return referrals.refer(office.vault, values).id


def present(office: Office, last: int, now: int) -> Work:
    """What lies on the desk today: visits, calls that are late, due or soon, and a letter that nobody answered."""
    yield now - 20 * DAY
    if not office.agreed:
        return
    office.schedule.plan(referral(office, office.agreed[-1], "legal_aid", now - 20 * DAY + MINUTE, answered=False))
    yield last - 120 * MINUTE
    on = today(now)
    plans = (
        ("appointment", 0, "10:30"),
        ("appointment", 0, "14:00"),
        ("contact", 0, None),
        ("contact", -3, None),
        ("document", -9, None),
        ("document", 4, None),
        ("contact", 12, None),
    )
    for kind, days, hour in plans:
        values = {
            "client": office.chance.choice(office.clients),
            "type": kind,
            "due": (on + timedelta(days=days)).isoformat(),
            "at": hour,
            "note": office.words(content().notes[kind]),
        }
        followups.plan(office.vault, values)


def _register(office: Office, person: Person, stage: str) -> RecordId:
    on = today(office.clock())
    values = client_values(person, office.chance, on, office.place)
    if stage == "in_custody":
        release = on + timedelta(days=office.chance.randrange(8, 90))
        values |= {"stage": stage, "release_date": release.isoformat(), "release_type": None}
    elif stage:
        values |= {"stage": stage, "release_date": None, "release_type": None, "institution": None}
    # The first of a desk agrees to everything, so that even the smallest demonstration has a letter to show.
    agrees = not office.agreed or office.chance.random() < 0.85
    answers = {
        "service": "given",
        "sharing": "given" if agrees else "refused",
        "health": "given" if office.chance.random() < 0.6 else "refused",
        "statistics": "given",
    }
    facts = {"method": office.chance.choice(["signed", "signed", "thumb", "spoken"]), "language": values["language"]}
    client = people.register(office.vault, values, answers, facts).id
    office.clients.append(client)
    if agrees:
        office.agreed.append(client)
    if stage == "in_custody":
        office.inside.append(client)
    return client


def _help(office: Office, client: RecordId, mode: str) -> None:
    kind = _chosen(office, _HELP)
    words, spelling = content().services[kind], office.spelling()
    values: Values = {
        "client": client,
        "type": kind,
        "mode": mode,
        "minutes": office.chance.choice([20, 30, 45, 60]),
        "subject": words.subject[spelling],
        "what_was_done": words.done[spelling],
    }
    services.record(office.vault, values)


def _call(office: Office, client: RecordId, at: int) -> Work:
    yield at
    due = at + office.chance.randrange(7, 40) * DAY
    values = {
        "client": client,
        "type": "contact",
        "due": today(due).isoformat(),
        "note": office.words(content().notes["contact"]),
    }
    planned = followups.plan(office.vault, values).id
    yield due
    followups.done(office.vault, planned, office.chance.choices(["done", "not_possible"], [85, 15])[0])


def _chosen(office: Office, weights: Mapping[str, int]) -> str:
    return office.chance.choices(list(weights), list(weights.values()))[0]
