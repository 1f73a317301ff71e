"""Drafts: kept as typed, found again after the process was killed, gone when saved, and nobody else's to read."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.errors import InvalidValue
from desk_app.domain.records.declaration import Values
from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Vault
from desk_app.usecases import checking, drafts, people, users, vaults
from tests.fakes import PASSPHRASE, make_vault, open_vault, surroundings
from tests.plain_bytes import everything_in, spellings

TYPED: Values = {
    "given_name": "  Карим ",
    "birth_date": "19",
    "phone_safe": False,
    "minutes": 40,
    "safety": frozenset({"at_risk", "threat"}),
    "surname": None,
}


def test_a_draft_comes_back_as_it_was_typed(vault: Vault) -> None:
    drafts.keep(vault, "intake", TYPED)
    found = drafts.find(vault, "intake")
    assert found is not None
    assert found.values == TYPED
    assert (found.kind, found.about) == ("intake", "")


def test_a_draft_replaces_its_older_state_and_the_newest_comes_first(vault: Vault) -> None:
    drafts.keep(vault, "intake", {"given_name": "К"})
    drafts.keep(vault, "service:abc", {"subject": "шиноснома"})
    drafts.keep(vault, "intake", {"given_name": "Карим"})
    assert [(one.key, one.about) for one in drafts.all_drafts(vault)] == [("intake", ""), ("service:abc", "abc")]
    assert drafts.all_drafts(vault)[0].values == {"given_name": "Карим"}


@pytest.mark.parametrize("nothing", [{}, {"given_name": None, "safety": frozenset(), "surname": ""}])
def test_a_form_emptied_again_is_no_draft(vault: Vault, nothing: Values) -> None:
    drafts.keep(vault, "intake", TYPED)
    drafts.keep(vault, "intake", nothing)
    assert drafts.find(vault, "intake") is None


def test_a_draft_that_was_saved_is_dropped(vault: Vault) -> None:
    drafts.keep(vault, "intake", TYPED)
    drafts.drop(vault, "intake")
    drafts.drop(vault, "never there")
    assert drafts.all_drafts(vault) == []


def test_more_than_a_form_can_hold_is_refused_and_the_older_draft_stays(vault: Vault) -> None:
    drafts.keep(vault, "intake", {"given_name": "Карим"})
    with pytest.raises(InvalidValue) as told:
        drafts.keep(vault, "intake", {"given_name": "Карим", "address": "ҳ" * 300_000})
    assert told.value.field == "address"
    kept = drafts.find(vault, "intake")
    assert kept is not None
    assert kept.values == {"given_name": "Карим"}


def test_a_draft_is_no_record_and_leaves_the_desk_with_nobody(vault: Vault) -> None:
    before = checking.check(vault).state
    drafts.keep(vault, "intake", TYPED)
    assert checking.check(vault).state == before
    assert vault.db.execute("SELECT count(*) FROM change").fetchone()[0] == 0


KEEPS_AND_WAITS = """
import sys
from pathlib import Path
from desk_app.usecases import drafts, people
from tests.fakes import open_vault

vault = open_vault(Path(sys.argv[1]))
people.register(vault, {"given_name": "Салим"}, {"service": "given"}, {})
drafts.keep(vault, "intake", {"given_name": "Карим", "safety": frozenset({"at_risk"})})
vault.db.execute("BEGIN IMMEDIATE")
vault.db.execute("DELETE FROM user_draft")
vault.db.execute("DELETE FROM client")
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_draft_survives_that_the_process_is_killed(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    vault.close()
    command = [sys.executable, "-c", KEEPS_AND_WAITS, str(vault.folder)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"kept\n"
        process.send_signal(signal.SIGKILL)
    again = open_vault(vault.folder)
    found = drafts.find(again, "intake")
    assert found is not None
    assert found.values == {"given_name": "Карим", "safety": frozenset({"at_risk"})}
    assert [one.name for one in people.find(again, "салим")] == ["Салим"]
    assert checking.check(again).ok
    again.close()


def test_a_colleague_neither_lists_nor_opens_nor_drops_a_draft(tmp_path: Path) -> None:
    hers = make_vault(tmp_path)
    users.add_user(hers, "Далер", PASSPHRASE, {Role.SOCIAL_WORKER}, FLOOR_PARAMETERS)
    drafts.keep(hers, "intake", {"given_name": "Каримбахш"})
    hers.close()
    his = vaults.unlock(hers.folder, "Далер", PASSPHRASE, surroundings("his"))
    assert drafts.all_drafts(his) == []
    assert drafts.find(his, "intake") is None
    drafts.drop(his, "intake")
    drafts.keep(his, "intake", {"given_name": "Раҳимбахш"})
    seen = everything_in(his)
    assert not any(form in seen for word in ("Каримбахш", "Раҳимбахш") for form in spellings(word))
    his.db.execute("UPDATE user_draft SET user = ? WHERE user = ?", ["nobody", his.user])
    his.db.execute("UPDATE user_draft SET user = ? WHERE user = ?", [his.user, hers.user])
    his.close()
    again = open_vault(hers.folder)
    assert drafts.all_drafts(again) == []
    again.db.execute("UPDATE user_draft SET user = ? WHERE user = ?", [again.user, his.user])
    assert [one.values for one in drafts.all_drafts(again)] == [{"given_name": "Каримбахш"}]
    again.close()


@pytest.mark.expects_log("draft_not_opened")
def test_a_draft_from_before_its_author_got_other_keys_is_dropped_without_a_word(tmp_path: Path) -> None:
    hers = make_vault(tmp_path)
    users.add_user(hers, "Далер", PASSPHRASE, {Role.SOCIAL_WORKER}, FLOOR_PARAMETERS)
    hers.close()
    his = vaults.unlock(hers.folder, "Далер", PASSPHRASE, surroundings("his"))
    drafts.keep(his, "intake", {"given_name": "Карим"})
    his.close()
    hers = open_vault(hers.folder)
    users.reset_passphrase(hers, his.user, "another passphrase", FLOOR_PARAMETERS)
    hers.close()
    his = vaults.unlock(hers.folder, "Далер", "another passphrase", surroundings("his again"))
    assert drafts.find(his, "intake") is None
    drafts.keep(his, "intake", {"given_name": "Салим"})
    assert [one.values for one in drafts.all_drafts(his)] == [{"given_name": "Салим"}]
    his.close()


def test_drafts_of_the_first_schema_are_sealed_at_the_first_unlock_and_wiped(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(Path(__file__).parents[2] / "data" / "vaults" / "1", folder)
    vault = open_vault(folder)
    assert [(one.kind, one.values) for one in drafts.all_drafts(vault)] == [
        ("service", {"subject": "Навиштаи нотамом"})
    ]
    assert vault.db.execute("SELECT count(*) FROM draft").fetchone() == (0,)
    vault.close()
    seen = everything_in(vault)
    assert not any(form in seen for form in spellings("Навиштаи нотамом"))
    assert "Исмоил".encode() in seen, "the pages were read"


def test_the_drafts_of_who_was_removed_go_with_her_key(tmp_path: Path) -> None:
    hers = make_vault(tmp_path)
    his_id = users.add_user(hers, "Далер", PASSPHRASE, {Role.SOCIAL_WORKER}, FLOOR_PARAMETERS).user
    drafts.keep(hers, "intake", {"given_name": "Салим"})
    hers.close()
    his = vaults.unlock(hers.folder, "Далер", PASSPHRASE, surroundings("his"))
    drafts.keep(his, "intake", {"given_name": "Карим"})
    his.close()
    hers = open_vault(hers.folder)
    users.remove_user(hers, his_id)
    assert [row[0] for row in hers.db.execute("SELECT user FROM user_draft")] == [hers.user]
    hers.close()
