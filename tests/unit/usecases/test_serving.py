"""A desk writes nothing about a person who was only offered to it, until it accepts."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from desk_app.domain.errors import NotAcceptedYet, WithAnotherDesk
from desk_app.domain.ids import RecordId
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Values
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.messages import describe
from desk_app.i18n.translator import Translator
from desk_app.storage import log_table
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    attachments,
    erasure,
    letters,
    linking,
    people,
    records,
    referrals,
    review,
    settling,
    transfers,
)
from desk_app.usecases.settling import Keep
from tests.fakes import make_client, make_organisation
from tests.unit.usecases.moving import programme
from tests.unit.usecases.scans import ABOUT, noisy, written
from tests.unit.usecases.test_transfers import helped

SAID: dict[str, Values] = {
    "consent": {"purpose": "health", "state": "given"},
    "need": {"pathway": "health"},
    "service": {"type": "legal", "delivered_on": "2026-03-05"},
    "referral": {"service_asked": "ҷой"},
    "followup": {"type": "contact", "due": "2026-04-01"},
    "note": {"profession": "lawyer", "text": "гуфт"},
    "participant": {"name": "Исмоил"},
    "letter": {"language": "tg", "content": "{}"},
    "attachment": {"type": "paper", "title": "ҳуҷҷат"},
}
Act = Callable[[], object]


def adding(vault: Vault, client: RecordId) -> Iterator[Act]:
    """A record of every kind that is about people."""
    about = {kind.name for kind in ALL if "client" in {one.name for one in kind.own_fields} and not kind.inner}
    assert SAID.keys() == about
    for kind, values in SAID.items():
        yield partial(records.add, vault, kind, {"client": client, **values})


def changing(vault: Vault, client: RecordId, own: RecordId, folder: Path) -> Iterator[Act]:
    """Everything else by which something is written about a person."""
    (service,), (need,), (referral,) = (records.find_all(vault, kind) for kind in ("service", "need", "referral"))
    (clash,) = review.of_record(vault, client)
    scan = written(folder, noisy(1, 40))
    yield lambda: records.edit(vault, client, {"address": "дигар"})
    yield lambda: records.edit(vault, service.id, {"what_was_done": "дигар"})
    yield lambda: records.edit(vault, need.id, {"state": "met"})
    yield lambda: records.remove(vault, service.id)
    yield lambda: people.withdraw_consent(vault, client, "sharing")
    yield lambda: referrals.change_state(vault, referral.id, "sent")
    yield lambda: letters.print_letter(vault, referral.id, "tg")
    yield lambda: referrals.refer(vault, {"client": client, "to_desk": "vose", "service_asked": "ҷой"})
    yield lambda: attachments.add(vault, client, scan, ABOUT)
    yield lambda: linking.link(vault, client, own)
    yield lambda: linking.differ(vault, own, client)
    yield lambda: settling.settle(vault, clash, Keep(0))
    yield lambda: settling.ask(vault, clash, "?")
    yield lambda: erasure.consequences(vault, client)
    yield lambda: erasure.erase(vault, client, "asked")


def test_who_is_only_offered_is_read_and_not_written_about_in_any_kind_of_record(tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh") as moving:
        vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
        client, own = make_client(vahdat, "Исмоил", paper_number="A1"), make_client(khorugh, "Зебо")
        helped(vahdat, client)
        need = records.add(vahdat, "need", {"client": client, "pathway": "housing"}).id
        asked = {"client": client, "organisation": make_organisation(vahdat), "service_asked": "ҷой"}
        referrals.refer(vahdat, asked)
        moving.round()
        for vault in (vahdat, coordinator):
            records.edit(vault, client, {"paper_number": f"A2 {vault.desk}"})
        (offered,) = transfers.offer(vahdat, client, "khorugh")
        moving.round()
        before, told = log_table.count(khorugh.db), set[str]()
        for act in (*adding(khorugh, client), *changing(khorugh, client, own, tmp_path)):
            with pytest.raises(NotAcceptedYet) as refused:
                act()
            told.add(describe(refused.value, Translator(ENGLISH)).sentence)
        number = records.show(khorugh, client).text("number")
        assert told == {f"{number} was offered by the desk Vahdat and is not with you yet. Nothing was changed."}
        assert log_table.count(khorugh.db) == before
        assert people.person(khorugh, client).offered_by == "vahdat"
        assert not people.person(khorugh, client).is_written_here
        # Who has the person, and the coordinator, write as ever.
        records.edit(vahdat, need, {"state": "met"})
        records.edit(coordinator, client, {"phone": "+992935001122"})

        transfers.accept(khorugh, offered)

        assert people.person(khorugh, client).is_written_here
        helped(khorugh, client)
        linking.link(khorugh, client, own)


def test_only_who_has_a_person_refers_her_to_another_desk(tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh", "vose") as moving:
        vahdat, khorugh, vose = moving["vahdat"], moving["khorugh"], moving["vose"]
        client = make_client(vahdat, "Исмоил")
        asked = {"client": client, "to_desk": "vose", "service_asked": "ҷой"}
        (offered,) = transfers.offer(vahdat, client, "khorugh")
        moving.round()
        transfers.accept(khorugh, offered)
        moving.round()
        with pytest.raises(WithAnotherDesk):
            referrals.refer(vahdat, asked)
        referral = referrals.refer(khorugh, asked).id
        referrals.change_state(khorugh, referral, "sent")
        moving.round()
        with pytest.raises(WithAnotherDesk):
            records.edit(vose, referral, {"to_desk": "vahdat"})
        with pytest.raises(WithAnotherDesk):
            referrals.refer(vose, {**asked, "to_desk": "vahdat"})
        # Who is referred to a desk is served there, also while she is offered.
        transfers.offer(khorugh, client, "vose")
        moving.round()
        helped(vose, client)
