"""The list of referrals: the late answers first, then the newest."""

from datetime import date

import pytest

from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.usecases import letters, records, referrals
from desk_app.usecases.referral_list import (
    ALL,
    ANSWERED,
    DRAFTS,
    NEEDS_ANSWER,
    SENT,
    belongs,
    overview,
)
from tests.fakes import make_client, make_organisation

ON = date(2026, 3, 5)


def _referral(vault: Vault, client: RecordId, organisation: RecordId, made_on: str, due: str = "") -> RecordId:
    asked = {"client": client, "organisation": organisation, "service_asked": "x", "made_on": made_on}
    made = referrals.refer(vault, asked).id
    if due:
        letters.print_letter(vault, made, "tg")
        records.edit(vault, made, {"made_on": made_on, "answer_due": due})
    return made


def test_late_ones_first(vault: Vault) -> None:
    client, organisation = make_client(vault, surname="Назарова"), make_organisation(vault)
    draft = _referral(vault, client, organisation, "2026-03-04")
    waiting = _referral(vault, client, organisation, "2026-03-01", "2026-03-15")
    today = _referral(vault, client, organisation, "2026-02-20", "2026-03-05")
    late = _referral(vault, client, organisation, "2026-02-25", "2026-02-28")
    answered = _referral(vault, client, organisation, "2026-01-01", "2026-01-15")
    referrals.change_state(vault, answered, "accepted")
    removed = _referral(vault, client, organisation, "2026-03-05")
    records.remove(vault, removed)
    lines = overview(vault)
    assert [line.id for line in lines] == [late, today, draft, waiting, answered]
    assert lines[0].client_name == "Назарова Исмоил"
    assert lines[0].organisation[1] == "Центр юридической помощи"
    narrowed = {
        code: {line.id for line in lines if belongs(line, code, ON)}
        for code in (NEEDS_ANSWER, DRAFTS, SENT, ANSWERED, ALL)
    }
    assert narrowed == {
        NEEDS_ANSWER: {late, today},
        DRAFTS: {draft},
        SENT: {late, today, waiting},
        ANSWERED: {answered},
        ALL: {late, today, draft, waiting, answered},
    }
    with pytest.raises(KeyError):
        belongs(lines[0], "other", ON)


def test_a_person_who_was_removed_takes_the_lines_along(vault: Vault) -> None:
    client = make_client(vault)
    _referral(vault, client, make_organisation(vault), "2026-03-04")
    records.remove(vault, client)
    assert overview(vault) == []
