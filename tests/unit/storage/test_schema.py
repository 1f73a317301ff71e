"""Tables follow the declarations: a field added to a kind is in table, log, search and list without another line."""

import dataclasses
from pathlib import Path

import msgspec

from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass, Registry, Search, Values
from desk_app.domain.vocabulary import Vocabulary
from desk_app.storage import log_table
from desk_app.storage.vault import Vault
from desk_app.usecases import checking, people, records
from tests.fakes import make_client, make_vault, open_vault, surroundings

NICKNAME = Field(90, "nickname", "Nickname", FieldType.NAME, search=Search.NAME)
CARD = Field(91, "card", "Card number", search=Search.NUMBER)
HOBBIES = Field(
    92, "hobbies", "Hobbies", FieldType.SET, MergeClass.SET, vocabulary=Vocabulary("hobby", {"chess": "Chess"})
)


def with_fields(*fields: Field) -> Registry:
    """The program's kinds, the client with more fields."""

    def grown(kind: Kind) -> Kind:
        return dataclasses.replace(kind, own_fields=(*kind.own_fields, *fields)) if kind.name == "client" else kind

    return Registry(tuple(grown(kind) for kind in ALL))


def opened_with(folder: Path, registry: Registry) -> Vault:
    return open_vault(folder, surroundings("newer program", registry=registry))


def test_a_new_field_is_in_the_table_the_log_the_search_and_the_list(tmp_path: Path) -> None:
    old = make_vault(tmp_path)
    client = make_client(old, surname="Назаров")
    old.close()
    vault = opened_with(old.folder, with_fields(NICKNAME, CARD, HOBBIES))
    columns = [row[1] for row in vault.db.execute("PRAGMA table_info(client)")]
    assert {"nickname", "card", "hobbies"} <= set(columns)
    values: Values = {"nickname": "Шамшер", "card": "778899", "hobbies": frozenset({"chess"})}
    records.edit(vault, client, values)
    assert records.show(vault, client).values.items() >= values.items()
    assert vault.db.execute("SELECT nickname, hobbies FROM client").fetchone() == ("Шамшер", '["chess"]')
    last = log_table.of_chain(vault.db, vault.chain, 0)[-1]
    assert msgspec.json.decode(last.body)["f"] == {"90": ["Шамшер"], "91": ["778899"], "92": {"chess": [True]}}
    assert [found.id for found in people.find(vault, "shamsher")] == [client]
    assert [found.id for found in people.find(vault, "778899")] == [client]
    assert [one.id for one in records.find_all(vault, "client", {"nickname": "Шамшер"})] == [client]
    assert records.find_all(vault, "client", {"hobbies": frozenset({"chess"})})[0].id == client
    assert checking.check(vault).ok
    vault.close()


def test_an_older_program_keeps_what_it_does_not_know(tmp_path: Path) -> None:
    newer = make_vault(tmp_path, registry=with_fields(NICKNAME))
    client = make_client(newer, surname="Назаров", nickname="Шамшер")
    newer.close()
    older = open_vault(newer.folder)
    assert "nickname" not in records.show(older, client).values
    records.edit(older, client, {"surname": "Раҳимов"})
    assert checking.check(older).ok
    older.close()
    again = opened_with(newer.folder, with_fields(NICKNAME))
    shown = records.show(again, client)
    assert (shown.text("surname"), shown.text("nickname")) == ("Раҳимов", "Шамшер")
    again.close()


def test_a_field_that_is_renamed_keeps_its_values(tmp_path: Path) -> None:
    old = make_vault(tmp_path, registry=with_fields(NICKNAME))
    client = make_client(old, nickname="Шамшер")
    old.close()
    renamed = opened_with(old.folder, with_fields(dataclasses.replace(NICKNAME, name="street_name")))
    assert records.show(renamed, client).text("street_name") == "Шамшер"
    renamed.close()


def test_a_choice_that_is_added_shows_what_was_refused_before(tmp_path: Path) -> None:
    wider = dataclasses.replace(HOBBIES, vocabulary=Vocabulary("hobby", {"chess": "Chess", "reading": "Reading"}))
    newer = make_vault(tmp_path, registry=with_fields(wider))
    client = make_client(newer)
    records.edit(newer, client, {"hobbies": frozenset({"chess", "reading"})})
    newer.close()
    older = opened_with(newer.folder, with_fields(HOBBIES))
    assert records.show(older, client).values["hobbies"] == frozenset({"chess"})
    assert older.db.execute("SELECT field, problem FROM refused").fetchall() == [(92, "not_a_choice")]
    older.close()
    again = opened_with(newer.folder, with_fields(wider))
    assert records.show(again, client).values["hobbies"] == frozenset({"chess", "reading"})
    assert again.db.execute("SELECT count(*) FROM refused").fetchone()[0] == 0
    again.close()


def test_opening_with_the_same_declarations_rebuilds_nothing(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    make_client(vault)
    vault.db.execute("UPDATE client SET phone = 'a mark'")
    vault.close()
    again = open_vault(vault.folder)
    assert records.find_all(again, "client")[0].text("phone") == "a mark"
    again.close()
