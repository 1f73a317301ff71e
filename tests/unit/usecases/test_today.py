"""Today: what is due, late, unanswered or soon, and nothing that is done, removed or another desk's."""

from pathlib import Path

import pytest

from desk_app.storage.vault import Vault
from desk_app.usecases import drafts, followups, records, referrals
from desk_app.usecases.today import today
from tests.fakes import FakeClock, make_client, make_organisation, make_vault


def test_an_empty_desk_has_nothing_to_do(vault: Vault) -> None:
    day = today(vault)
    assert day.on.isoformat() == "2026-03-05"
    assert (day.appointments, day.overdue, day.due_soon, day.unanswered, day.releases, day.drafts) == ((),) * 6
    assert (day.last_sent, day.waiting) == (None, 0)


def test_follow_ups_stand_where_their_day_puts_them(vault: Vault) -> None:
    client = make_client(vault, surname="Назаров")
    for due, kind, at in (
        ("2026-03-04", "appointment", "09:00"),
        ("2026-03-05", "appointment", "14:00"),
        ("2026-03-05", "court_date", "10:30"),
        ("2026-03-05", "contact", None),
        ("2026-03-12", "document", None),
        ("2026-03-13", "document", None),
        ("2025-12-31", "contact", None),
    ):
        followups.plan(vault, {"client": client, "type": kind, "due": due, "at": at, "note": f"{kind} {due}"})
    day = today(vault)
    assert [(one.at, one.code) for one in day.appointments] == [("10:30", "court_date"), ("14:00", "appointment")]
    assert [one.on for one in day.overdue] == ["2025-12-31", "2026-03-04"]
    assert [(one.on, one.code) for one in day.due_soon] == [("2026-03-05", "contact"), ("2026-03-12", "document")]
    shown = day.appointments[0]
    assert (shown.client, shown.client_name, shown.client_number) == (client, "Назаров Исмоил", "KHG-2026-1")
    assert shown.text == "court_date 2026-03-05"


def test_what_is_done_or_removed_is_gone(vault: Vault) -> None:
    client, other = make_client(vault), make_client(vault, "Салим")
    late = {"type": "contact", "due": "2026-03-01"}
    done = followups.plan(vault, {"client": client, **late})
    impossible = followups.plan(vault, {"client": client, **late})
    removed = followups.plan(vault, {"client": client, **late})
    followups.plan(vault, {"client": other, **late})
    assert len(today(vault).overdue) == 4
    followups.done(vault, done.id)
    followups.done(vault, impossible.id, "not_possible", "рафт ба Русия")
    records.remove(vault, removed.id)
    records.remove(vault, other)
    assert today(vault).overdue == ()
    assert records.show(vault, done.id).text("done_on") == "2026-03-05"
    records.edit(vault, done.id, {"state": "pending", "done_on": None})
    assert [one.id for one in today(vault).overdue] == [done.id]


def test_referrals_wait_for_an_answer_until_one_comes(vault: Vault) -> None:
    client = make_client(vault)
    asked = {"client": client, "organisation": make_organisation(vault), "service_asked": "Машварат"}
    sent = referrals.refer(vault, {**asked, "priority": "24h"}).id
    referrals.refer(vault, asked)
    referrals.change_state(vault, sent, "sent")
    assert today(vault).unanswered == ()
    clock = vault.surroundings.milliseconds
    assert isinstance(clock, FakeClock)
    clock.forward(days=1)
    (waiting,) = today(vault).unanswered
    assert (waiting.id, waiting.number, waiting.on, waiting.text) == (sent, "Д-1/2026", "2026-03-06", "Машварат")
    referrals.change_state(vault, sent, "received")
    assert len(today(vault).unanswered) == 1
    referrals.change_state(vault, sent, "accepted")
    assert today(vault).unanswered == ()


@pytest.mark.parametrize(
    ("released", "shown"),
    [
        ("2026-03-04", False),
        ("2026-03-05", True),
        ("2026-04-04", True),
        ("2026-04-05", False),
        ("2026-03", True),
        ("2026-04", True),
        ("2026-02", False),
        ("2026", False),
    ],
)
def test_releases_of_the_next_thirty_days(vault: Vault, released: str, shown: bool) -> None:
    make_client(vault, stage="in_custody", release_date=released, institution="АК-3/1")
    make_client(vault, "Салим", stage="released", release_date=released)
    assert [one.on for one in today(vault).releases] == [released] * shown


def test_drafts_are_shown(vault: Vault) -> None:
    drafts.keep(vault, "intake", {"given_name": "Карим"})
    assert [one.key for one in today(vault).drafts] == ["intake"]


def test_a_coordinator_sees_every_desk_and_owes_nobody(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, "coordinator")
    followups.plan(vault, {"client": make_client(vault), "type": "contact", "due": "2026-03-01"})
    vault.db.execute("UPDATE followup SET desk = 'vose'")
    day = today(vault)
    assert len(day.overdue) == 1
    assert (day.last_sent, day.waiting) == (None, 0)
    vault.close()


def test_a_desk_that_never_sent_sees_how_much_waits(vault: Vault) -> None:
    make_client(vault, consents="service")
    assert today(vault).waiting == 2
    assert today(vault).last_sent is None
