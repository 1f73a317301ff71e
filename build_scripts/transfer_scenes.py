"""Scenes of people between desks: offered, asked for, answered, moved, referred from desk to desk."""

from collections.abc import Callable, Mapping

from scenes import Scene, Stage

from desk_app.domain.ids import RecordId, uuid7
from desk_app.domain.records.declaration import Values
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.ui.page import Page, Search
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.referrals.page import ReferralsPage
from desk_app.ui.pages.referrals.words import INCOMING
from desk_app.ui.pages.targets import (
    PERSON,
    REFERRALS,
    TRANSFERS,
    AskFor,
    NewReferral,
    OpenPerson,
    OpenReferral,
    OpenTransfer,
)
from desk_app.ui.pages.transfers.page import TransfersPage
from desk_app.usecases import records, transfers

_NOTE = "Ба Хуҷанд, ба назди бародараш кӯчид."


def _written(vault: Vault, kind: str, values: Values) -> RecordId:
    """A record as a bundle of another desk brings it."""
    made = uuid7(vault.now(), vault.surroundings.random)
    vault.journal.write([Write(vault.registry[kind], made, values)])
    return made


def _read(stage: Stage, question: Callable[[Vault], RecordId]) -> RecordId:
    """Something read or written behind the window, before the page is opened."""
    answers: list[RecordId] = []
    page = stage.page(TransfersPage, TRANSFERS)
    page._session.act(question, answers.append, "transfer", "transfer_request", "client", "referral", owner=page)
    stage.settle()
    return answers[0]


def _offered(vault: Vault) -> RecordId:
    for one in transfers.open_for(vault).offered_to_us:
        return one.id
    named = {"desk": "vose", "surname": "Саидов", "given_name": "Карим", "father_name": "Назарович"}
    client = _written(vault, "client", {**named, "number": "VOS-26-000017", "birth_date": "1979-04"})
    on = {"state": "offered", "offered_on": "2026-03-03", "reason": "moved", "note": _NOTE}
    return _written(
        vault, "transfer", {"desk": "vose", "from_desk": "vose", "to_desk": vault.desk, "client": client, **on}
    )


def _asked(vault: Vault, to_desk: str = "") -> RecordId:
    for one in transfers.open_for(vault).asked_of_us:
        return one.id
    clients = records.find_all(vault, "client", {"desk": vault.desk} if not vault.is_coordinator else None, limit=1)
    name = f"{clients[0].text('surname')} {clients[0].text('given_name')}"
    asks: Values = {
        "client_name": name,
        "birth_date": "1987",
        "agreed": True,
        "state": "asked",
        "asked_on": "2026-03-02",
    }
    return _written(
        vault, "transfer_request", {"desk": "bokhtar", "to_desk": to_desk or None, "reason": "moved", **asks}
    )


def _referred(vault: Vault) -> RecordId:
    for one in records.find_all(vault, "referral", {"to_desk": vault.desk}):
        return one.id
    client = _written(vault, "client", {"desk": "vose", "surname": "Ёров", "given_name": "Ҷамшед"})
    sent = {"state": "sent", "made_on": "2026-03-01", "answer_due": "2026-03-15", "service_asked": "Ҷои истиқомат"}
    return _written(
        vault, "referral", {"desk": "vose", "to_desk": vault.desk, "client": client, "number": "Д-7/2026", **sent}
    )


def _moved(vault: Vault) -> RecordId:
    for one in transfers.all_transfers(vault):
        if one.state == "accepted" and one.from_desk == vault.desk:
            return one.client
    client = records.find_all(vault, "client", {"desk": vault.desk}, order="-id", limit=1)[0].id
    went = {"from_desk": vault.desk, "to_desk": "khujand", "state": "accepted", "answered_on": "2026-03-03"}
    _written(vault, "transfer", {"desk": vault.desk, "client": client, "offered_on": "2026-03-01", **went})
    return client


def _all(vault: Vault) -> RecordId:
    _offered(vault)
    _referred(vault)
    return _asked(vault, "" if vault.is_coordinator else vault.desk)


def _empty(stage: Stage) -> None:
    stage.page(TransfersPage, TRANSFERS)


def _offer(stage: Stage) -> None:
    assert stage.known.client is not None
    page = stage.page(PersonPage, PERSON, OpenPerson(stage.known.client, "transfer"))
    if page.records.form is not None:
        page.records.form.set_typed({"to_desk": "khujand", "reason": "moved", "note": _NOTE})


def _ask(stage: Stage) -> None:
    page = stage.page(TransfersPage, TRANSFERS, AskFor("Исмоилов Исмоил", birth="1987"))
    if page.records.form is not None:
        page.records.form.check()


def _nobody(stage: Stage) -> None:
    stage.page(Page, "people", Search("Раҳимов Фаррух"))


def _today(stage: Stage) -> None:
    _read(stage, _all)
    stage.page(Page, "today")


def _list(stage: Stage) -> None:
    _read(stage, _all)
    stage.page(TransfersPage, TRANSFERS).panel.let_go()


def _opened(made: Callable[[Vault], RecordId]) -> Scene:
    def scene(stage: Stage) -> None:
        stage.page(TransfersPage, TRANSFERS, OpenTransfer(_read(stage, made)))

    return scene


def _person(made: Callable[[Vault], RecordId]) -> Scene:
    def scene(stage: Stage) -> None:
        page = stage.page(PersonPage, PERSON, OpenPerson(_read(stage, made)))
        page.panel.let_go()

    return scene


def _coming(vault: Vault) -> RecordId:
    offered = _offered(vault)
    return next(one.client for one in transfers.open_for(vault).offered_to_us if one.id == offered)


def _here_by_referral(vault: Vault) -> RecordId:
    return RecordId(records.show(vault, _referred(vault)).text("client"))


def _writing(stage: Stage) -> None:
    assert stage.known.client is not None
    page = stage.page(ReferralsPage, REFERRALS, NewReferral(stage.known.client))
    assert page.writing is not None
    page.writing.receive("to_desk")
    page.writing.form.set_typed({"to_desk": "khujand", "service_asked": "Ҷои истиқомат"})
    page.writing.letter.draw()


def _incoming(stage: Stage) -> None:
    referral = _read(stage, _referred)
    page = stage.page(ReferralsPage, REFERRALS, OpenReferral(referral))
    page.list.choose(INCOMING)


DESK: Mapping[str, Scene] = {
    "transfers-none": _empty,
    "transfers-offer": _offer,
    "transfers-ask": _ask,
    "transfers-nobody": _nobody,
    "transfers-today": _today,
    "transfers": _list,
    "transfers-offered": _opened(_offered),
    "transfers-asked": _opened(lambda vault: _asked(vault, vault.desk)),
    "transfers-person-offered": _person(_coming),
    "transfers-person-moved": _person(_moved),
    "transfers-person-referred": _person(_here_by_referral),
    "transfers-referral": _writing,
    "transfers-incoming": _incoming,
}
"""A desk between desks."""
COORDINATOR: Mapping[str, Scene] = {"transfers-route": _opened(_asked), "transfers-coordinator-today": _today}
"""The coordinator, whom a desk asks for somebody."""
