"""The record of access: it says who did what, keeps no names, and shows when somebody touched it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.crypto.signing import SigningKey
from desk_app.domain.errors import FileUnwritable, NotAllowed, WrongPassphrase
from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.indicators import Period
from desk_app.domain.rules.roles import Role
from desk_app.i18n import Translator
from desk_app.i18n.languages import ENGLISH
from desk_app.storage import audit as storage
from desk_app.storage import audit_signatures
from desk_app.storage.audit import Act
from desk_app.storage.key_files import REFUSED
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    audit,
    checking,
    exchange,
    keys,
    letters,
    merging,
    partners,
    people,
    records,
    referrals,
    reports,
    users,
    vaults,
)
from tests.fakes import PASSPHRASE, FakeClock, make_client, make_organisation, make_vault, open_vault, surroundings


def told(vault: Vault, **wanted: Any) -> list[tuple[str, str]]:
    return [(one.action, one.number) for one in audit.entries(vault, **wanted)]


def test_an_act_is_told_with_who_when_and_the_number_of_the_record(vault: Vault) -> None:
    client = make_client(vault, consents="")
    before = vault.now()
    audit.note(vault, Action.PRINTED, "client", client, "tg")
    (entry,) = audit.entries(vault, action=Action.PRINTED)
    assert (entry.user, entry.name) == (vault.user, vault.user_name)
    assert (entry.kind, entry.record, entry.number, entry.client) == ("client", client, "KHG-2026-1", client)
    assert entry.detail == "tg"
    assert before < entry.at < vault.now()


def test_changes_of_this_device_stand_among_the_acts_newest_first(vault: Vault) -> None:
    client = make_client(vault, consents="service")
    audit.note_seen(vault, "client", client)
    records.edit(vault, client, {"surname": "Назаров"})
    number = records.show(vault, client).text("number")
    assert told(vault)[:4] == [("changed", number), ("seen", number), ("made", number), ("made", number)]
    assert [one.kind for one in audit.entries(vault)][:4] == ["client", "client", "consent", "client"]
    assert all(one.client == client for one in audit.entries(vault)[:4])
    times = [one.at for one in audit.entries(vault)]
    assert times == sorted(times, reverse=True)


def test_pages_follow_each_other_whatever_the_filter(vault: Vault) -> None:
    for number in range(7):
        client = make_client(vault, f"Салим{number}", consents="")
        audit.note(vault, Action.SEEN, "client", client)
    whole = audit.entries(vault)
    assert [one for start in range(0, len(whole), 3) for one in audit.entries(vault, limit=3, offset=start)] == whole
    since, until = whole[8].at, whole[2].at
    assert audit.entries(vault, since=since, until=until) == whole[3:9]
    assert audit.entries(vault, record=client) == whole[:2]
    assert {one.action for one in audit.entries(vault, action=Action.MADE)} == {"made"}
    assert len(audit.entries(vault, action=Action.SEEN)) == 7
    assert audit.entries(vault, user="ffffffff") == []
    assert audit.entries(vault, user="\udcff") == []


def test_opening_the_same_record_is_told_once_an_hour(vault: Vault) -> None:
    client, other = make_client(vault, consents=""), make_client(vault, "Салим", consents="")
    for _ in range(3):
        audit.note_seen(vault, "client", client)
    audit.note_seen(vault, "client", other)
    assert len(audit.entries(vault, action=Action.SEEN)) == 2
    clock: Any = vault.surroundings.milliseconds
    clock.forward(hours=2)
    audit.note_seen(vault, "client", client)
    assert len(audit.entries(vault, action=Action.SEEN)) == 3


@pytest.mark.parametrize("text", ["Назаров", "a\nb", "x" * 121])
def test_the_record_of_access_takes_no_text(vault: Vault, text: str) -> None:
    with pytest.raises(ValueError, match="no text"):
        audit.note(vault, Action.PRINTED, detail=text)


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("UPDATE audit SET user = 'ffffffff' WHERE number = 3", {3}),
        ("UPDATE audit SET at = at + 1 WHERE number = 3", {3}),
        ("DELETE FROM audit WHERE number = 3", {4}),
        ("DELETE FROM audit WHERE number > 3", {4}),
        ("DELETE FROM audit", {1}),
        ("UPDATE audit SET number = number + 90 WHERE number = 2", {3, 92}),
        ("INSERT INTO audit SELECT 99, at, user, action, kind, record, detail, hash FROM audit LIMIT 1", {99, 100}),
    ],
)
def test_whatever_is_altered_is_found(vault: Vault, harm: str, found: set[int]) -> None:
    vault.db.execute("DELETE FROM audit")
    vault.db.execute("DELETE FROM meta WHERE key = 'audit_last'")
    for number in range(6):
        audit.note(vault, Action.SEEN, detail=str(number))
    assert list(storage.verify(vault.db)) == []
    assert vault.db.conn.execute(harm).rowcount > 0
    assert set(storage.verify(vault.db)) & found
    assert min(storage.verify(vault.db)) == min(found)


def test_every_act_at_a_desk_is_written_down(vault: Vault, tmp_path: Path) -> None:
    client = make_client(vault)
    values = {"client": client, "organisation": make_organisation(vault), "service_asked": "x", "reason": "y"}
    referral = referrals.refer(vault, values)
    letter = letters.print_letter(vault, referral.id, "tg").letter
    letters.reprint(vault, letter.id)
    people.person(vault, client)
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    tr = Translator(ENGLISH)
    reports.save(vault, reports.PAPERS[".pdf"](reports.report(vault, "indicators", period, tr), tr), tmp_path / "r.pdf")
    coordinator = make_vault(tmp_path, "coordinator", clock := FakeClock())
    for one, other in ((vault, coordinator), (coordinator, vault)):
        partners.write_card(other, tmp_path / other.desk / "card")
        partners.enrol(one, tmp_path / other.desk / "card")
    bundle = exchange.export(vault, "coordinator", tmp_path).file
    merging.merge_files(coordinator, [bundle, bundle])
    vaults.lock(coordinator)
    acts = [(one.action, one.kind, one.detail) for one in audit.entries(vault) if one.action not in ("made", "changed")]
    assert acts == [
        ("exported", "", "coordinator"),
        ("partner_admitted", "", "coordinator"),
        ("reported", "", "pdf"),
        ("seen", "client", ""),
        ("printed", "letter", "tg"),
        ("printed", "letter", "tg"),
        ("unlocked", "", ""),
    ]
    again = open_vault(tmp_path / "coordinator", surroundings("again", clock))
    acts = [(one.action, one.kind, one.detail) for one in audit.entries(again)]
    assert acts == [
        ("unlocked", "", ""),
        ("locked", "", ""),
        ("imported", "", "khorugh"),
        ("partner_admitted", "", "khorugh"),
        ("unlocked", "", ""),
    ]
    again.close()


def test_what_came_to_nothing_is_not_written_down(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        reports.save(vault, b"%PDF", tmp_path / "nowhere" / "r.pdf")
    assert audit.entries(vault, action=Action.REPORTED) == []


def test_a_refused_passphrase_is_told_at_the_next_unlock(vault: Vault) -> None:
    with pytest.raises(WrongPassphrase):
        vaults.unlock(vault.folder, None, "хато " * 4, surroundings("wrong"))
    again = open_vault(vault.folder, surroundings("right", vault.surroundings.milliseconds))
    refused, unlocked = audit.entries(again, action=Action.REFUSED), audit.entries(again, action=Action.UNLOCKED)
    assert [(one.user, one.name) for one in refused] == [(vault.user, vault.user_name)]
    assert len(unlocked) == 2
    again.close()


def test_a_refusal_that_somebody_dated_in_the_far_future_is_of_now(vault: Vault) -> None:
    (vault.folder / REFUSED).write_text(f"999999999999999 {vault.user}\n", "ascii")
    again = open_vault(vault.folder, surroundings("right", vault.surroundings.milliseconds))
    (refused,) = audit.entries(again, action=Action.REFUSED)
    assert refused.at < vault.now()
    again.close()


def test_whoever_does_not_lead_sees_own_acts_alone(vault: Vault) -> None:
    new = users.add_user(vault, "Далер", PASSPHRASE, [Role.LAWYER], FLOOR_PARAMETERS)
    lawyer = vaults.unlock(vault.folder, "Далер", PASSPHRASE, surroundings("lawyer", vault.surroundings.milliseconds))
    with pytest.raises(NotAllowed):
        audit.entries(lawyer)
    with pytest.raises(NotAllowed):
        audit.entries(lawyer, user=vault.user)
    assert [one.action for one in audit.entries(lawyer, user=new.user)] == ["unlocked"]
    lawyer.close()
    assert [one.name for one in audit.entries(vault)][:2] == ["Далер", vault.user_name]


def test_the_check_finds_a_record_of_access_that_was_altered(vault: Vault) -> None:
    make_client(vault)
    assert checking.check(vault, deep=True).ok
    vault.db.execute("UPDATE audit SET at = at - 1")
    assert {one.code for one in checking.check(vault).problems} == {"audit"}


def test_the_check_finds_a_colleague_who_wrote_as_another(vault: Vault) -> None:
    client = make_client(vault)
    users.add_user(vault, "Далер", PASSPHRASE, [Role.LAWYER], FLOOR_PARAMETERS)
    lawyer = vaults.unlock(vault.folder, "Далер", PASSPHRASE, surroundings("lawyer", vault.surroundings.milliseconds))
    records.edit(lawyer, client, {"phone": "935001234"})
    assert checking.check(vault, deep=True).ok
    # Whoever holds the vault's key can make the program forget whose key it refuses.
    lawyer.db.execute("UPDATE member SET sign_key = x'' WHERE user = ?", [vault.user])
    lawyer.journal.user = vault.user
    records.edit(lawyer, client, {"phone": "935001235"})
    assert checking.check(vault).ok
    assert {one.code for one in checking.check(vault, deep=True).problems} == {"author"}
    lawyer.close()


NEW = "ибораи тамоман нав"


def unlocked_by_colleague(vault: Vault, passphrase: str = PASSPHRASE) -> None:
    around = surroundings("colleague", vault.surroundings.milliseconds)
    vaults.lock(vaults.unlock(vault.folder, "Далер", passphrase, around))


def with_colleague(vault: Vault) -> UserId:
    """A lawyer, who unlocked after the user had looked at somebody."""
    lawyer = users.add_user(vault, "Далер", PASSPHRASE, [Role.LAWYER], FLOOR_PARAMETERS).user
    audit.note(vault, Action.SEEN, "client", make_client(vault, consents=""))
    unlocked_by_colleague(vault)
    return lawyer


def written_anew(vault: Vault, left_out: str, forged: tuple[UserId, SigningKey] | None = None) -> None:
    """The record of access as one who holds the vault's key makes it, with some entries left out. The own unlocks he
    signs again; those of somebody else he can sign with a made-up key alone."""
    acts = [
        Act(*row)
        for row in vault.db.execute(f"SELECT at, user, action, kind, record, detail FROM audit WHERE NOT ({left_out})")
    ]
    vault.db.execute("DELETE FROM audit")
    vault.db.execute("DELETE FROM meta WHERE key = 'audit_last'")
    able = {vault.user: vault.keys.signing_key, **dict([forged] if forged else [])}
    for act in acts:
        if act.action == Action.UNLOCKED and act.user in able:
            audit_signatures.append_unlock(vault.db, act.at, UserId(act.user), able[UserId(act.user)])
        else:
            storage.append(vault.db, act)


def found_deep(vault: Vault) -> set[str]:
    assert checking.check(vault).ok, "the chain by itself is whole"
    return {one.code for one in checking.check(vault, deep=True).problems}


def test_an_entry_left_out_before_somebody_else_unlocked_is_found(vault: Vault) -> None:
    with_colleague(vault)
    assert found_deep(vault) == set()
    written_anew(vault, "FALSE")
    assert found_deep(vault) == set(), "nothing was left out"
    written_anew(vault, "action = 'seen'")
    assert found_deep(vault) == {"audit"}


def test_an_unlock_signed_for_somebody_else_with_a_made_up_key_is_found(vault: Vault) -> None:
    lawyer = with_colleague(vault)
    made_up = SigningKey(bytes(31) + b"7")
    written_anew(vault, "action = 'seen'", (lawyer, made_up))
    assert found_deep(vault) == {"audit"}
    unlocked_by_colleague(vault)
    assert found_deep(vault) == {"audit"}, "not even when he has unlocked again"


@pytest.mark.parametrize("harm", ["detail = ''", "at = at + 1", "detail = 'x y'", "user = 'ffffffff'"])
def test_an_unlock_that_was_altered_is_found(vault: Vault, harm: str) -> None:
    with_colleague(vault)
    vault.db.execute(f"UPDATE audit SET {harm} WHERE action = 'unlocked' AND user != ?", [vault.user])
    written_anew(vault, "FALSE")
    assert found_deep(vault) == {"audit"}


def test_what_is_left_out_after_the_last_unlock_of_somebody_else_is_not_promised(vault: Vault) -> None:
    with_colleague(vault)
    audit.note(vault, Action.PRINTED)
    written_anew(vault, "action = 'printed'")
    assert found_deep(vault) == set()


def test_whoever_was_reset_signs_her_unlocks_with_a_new_key(vault: Vault) -> None:
    lawyer = with_colleague(vault)
    users.reset_passphrase(vault, lawyer, NEW, FLOOR_PARAMETERS)
    assert found_deep(vault) == set(), "he has not unlocked since"
    unlocked_by_colleague(vault, NEW)
    unlocked_by_colleague(vault, NEW)
    assert found_deep(vault) == set()
    written_anew(vault, "action = 'user_reset'")
    assert found_deep(vault) == {"audit"}


def test_whoever_came_back_with_the_recovery_code_signs_her_unlocks_with_a_new_key(vault: Vault) -> None:
    lawyer = with_colleague(vault)
    code, around = keys.new_recovery_code(vault), surroundings("back", vault.surroundings.milliseconds)
    keys.reset_with_recovery(vault.folder, code, "Далер", NEW, around, FLOOR_PARAMETERS)
    assert found_deep(vault) == set()
    unlocked_by_colleague(vault, NEW)
    assert found_deep(vault) == set()
    users.remove_user(vault, lawyer)
    assert found_deep(vault) == set()


def test_the_signature_of_an_unlock_is_shown_to_nobody(vault: Vault) -> None:
    with_colleague(vault)
    unlocks = audit.entries(vault, action=Action.UNLOCKED)
    assert [one.detail for one in unlocks] == ["", ""]
    stored = vault.db.execute("SELECT DISTINCT length(detail) FROM audit WHERE action = 'unlocked'").fetchall()
    assert [length for (length,) in stored] == [128]
