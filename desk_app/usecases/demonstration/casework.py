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
_ENDINGS = {"completed": 62, "declined": 10, "in_service": 15, "no_show": 5, "withdrawn": 8}
"""What becomes of a referral, in percent; withdrawn: nobody ever answered."""

_NOTES = {"completed": "result", "declined": "declined", "withdrawn": "no_answer"}
_ANSWERED_LATE = 0.2
_ASKED = {"legal_aid": 40, "papers": 25, "employment": 20, "social": 15}
"""Whose answer is still awaited, in percent."""

_NEWEST_UNANSWERED = 14
"""Days; everybody asked for has come by then, so that every desk has one."""

_HOURS = ("09:30", "10:30", "14:00", "15:30")


def case(office: Office, person: Person, arrival: int, known: Values | None = None) -> Work:
    """Somebody's way from the first visit on. `known` are facts about him that are not left to chance."""
    yield arrival
    client, inside = _register(office, person, known or {})
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
    _help(office, client, "prison" if inside else "desk")
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


def referral(office: Office, client: RecordId, category: str, at: int, priority: str = "") -> Work:
    """A letter to an organisation of the place and its answer; with a `priority` the answer is still awaited."""
    yield at
    words = next(one for one in content().offices if one.category == category)
    made = refer(office, client, words, office.spelling(), priority or office.chance.choice(["24h", "72h", "2w", "2w"]))
    if office.chance.random() < 0.3:
        letters.print_letter(office.vault, made, office.chance.choice(["tg", "tg", "ru"]))
    else:
        referrals.change_state(office.vault, made, "sent")
    if not priority:
        yield from _answer(office, made, at)


def _answer(office: Office, made: RecordId, at: int) -> Work:
    """Most offices answer within a month; the others are asked, and one that still says nothing is given up."""
    late = office.chance.random() < _ANSWERED_LATE
    at += office.chance.randrange(25, 40) * DAY if late else office.chance.randrange(3, 25) * DAY
    yield at
    ending = _chosen(office, _ENDINGS)
    note = _NOTES.get(ending)
    facts = {"result": office.words(content().notes[note])} if note else {}
    referrals.change_state(office.vault, made, ending, facts)
    if ending == "in_service":
        yield at + office.chance.randrange(20, 60) * DAY
        referrals.change_state(office.vault, made, "completed", {"result": office.words(content().notes["result"])})
    yield at + office.chance.randrange(60, 90) * DAY
    referrals.change_state(office.vault, made, "closed")


def refer(office: Office, client: RecordId, words: OrganisationWords, spelling: str, priority: str) -> RecordId:
    """A draft of a referral to the place's own organisation, in the given spelling."""
    here = {"category": words.category, "place": office.place}
    organisation = records.find_all(office.vault, "organisation", here)[0].id
    values: Values = {
        "client": client,
        "organisation": organisation,
        "service_asked": words.asked[spelling],
        "reason": words.reason[spelling],
        "priority": priority,
        "shared": frozenset({"birth_date", "phone"}),
    }
    return referrals.refer(office.vault, values).id


def present(office: Office, last: int, now: int) -> Work:
    """What lies on the desk today: letters that nobody answered, visits, calls that are late, due or soon."""
    chance = office.chance
    for age in [*sorted(chance.sample(range(20, 40), chance.randrange(3)), reverse=True), _NEWEST_UNANSWERED]:
        yield now - age * DAY
        if office.agreed:
            client = chance.choice(office.agreed[-20:])
            priority = "72h" if age == _NEWEST_UNANSWERED else "2w"
            office.schedule.plan(referral(office, client, _chosen(office, _ASKED), now - age * DAY + MINUTE, priority))
    yield last - 120 * MINUTE
    if not office.clients:
        return
    visits = [("appointment", 0, hour) for hour in sorted(chance.sample(_HOURS, chance.randint(1, 3)))]
    late = [("contact", -3, None), ("document", -9, None)][: chance.randint(1, 2)]
    soon = [("contact", 0, None), ("document", 4, None), ("contact", 12, None)]
    for kind, days, hour in [*visits, *late, *soon]:
        values = {
            "client": chance.choice(office.clients[-40:]),
            "type": kind,
            "due": (today(now) + timedelta(days=days)).isoformat(),
            "at": hour,
            "note": office.words(content().notes[kind]),
        }
        followups.plan(office.vault, values)


def _register(office: Office, person: Person, known: Values) -> tuple[RecordId, bool]:
    """The new client, and whether he is in prison."""
    values = client_values(person, office.chance, today(office.clock()), office.place) | dict(known)
    inside = values["stage"] == "in_custody"
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
    if inside:
        office.inside.append(client)
    return client, inside


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
