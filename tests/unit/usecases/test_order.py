"""Lists stand in the order of the language's alphabet, also those that SQL puts in order; another language, another
order."""

import random
from collections.abc import Iterator

import pytest

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Vault
from desk_app.usecases import people, records, users
from tests.fakes import make_client, make_vault

ORDERS = {
    "tg": "Гулов Ғафоров Додов Икромов Йӯлдошев Каримов Қодиров Умаров Ӯзбеков Хидиров Ҳасанов Чориев Ҷалилов Шарифов",
    "ru": "Гулов Ғафоров Додов Икромов Йӯлдошев Каримов Қодиров Умаров Ӯзбеков Хидиров Ҳасанов Чориев Ҷалилов Шарифов",
    "uz_Cyrl": "Гулов Додов Ҷалилов Икромов Йӯлдошев Каримов Умаров Ӯзбеков Хидиров Чориев Шарифов Қодиров Ғафоров "
    "Ҳасанов",
    "uz_Latn": "Gulov Isʼhoqov Ismatov Ishoqov Olimov Salimov Zokirov Oʻtkirov Gʻaforov Sharifov Choriyev",
    "en": "Choriyev Gʻaforov Gulov Ishoqov Isʼhoqov Ismatov Olimov Oʻtkirov Salimov Sharifov Zokirov",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """A desk with the people of every order, mixed; apostrophes as different keyboards give them."""
    vault = make_vault(tmp_path_factory.mktemp("order"))
    surnames = sorted({name for order in ORDERS.values() for name in order.split()})
    random.Random(5).shuffle(surnames)
    for place, surname in enumerate(surnames):
        typed = surname.replace("ʻ", "ʻ‘'`ʼ"[place % 5])
        make_client(vault, "Карим", surname=typed)
    yield vault
    vault.close()


@pytest.mark.parametrize("language", ORDERS)
def test_people_in_the_order_of_the_language(desk: Vault, language: str) -> None:
    wanted = ORDERS[language].split()
    by_sql = records.find_all(desk, "client", order=people.BY_NAME, language=language)
    found = people.find(desk, "Карим", language=language)
    assert len(by_sql) == len(found) == len({name for order in ORDERS.values() for name in order.split()})
    for names in ([one.text("surname") for one in by_sql], [one.name.split()[0] for one in found]):
        plain = [_plain(name) for name in names]
        assert [name for name in plain if name in map(_plain, wanted)] == list(map(_plain, wanted))


def test_the_last_comes_first_when_it_is_asked_for_downwards(desk: Vault) -> None:
    up = records.find_all(desk, "client", order=people.BY_NAME, language="tg")
    assert records.find_all(desk, "client", order="-" + people.BY_NAME, language="tg", limit=3) == up[::-1][:3]


def test_several_fields_are_no_order_without_a_language(desk: Vault) -> None:
    with pytest.raises(ValueError, match="language"):
        records.find_all(desk, "client", order=people.BY_NAME)


def test_users_stand_in_the_order_of_the_language(desk: Vault) -> None:
    for name in ("Шоҳин", "Ҳасан"):
        users.add_user(desk, name, "correct horse battery", [Role.LAWYER], FLOOR_PARAMETERS)
    names = {language: [one.name for one in users.members(desk, language)] for language in ("tg", "uz_Cyrl")}
    assert names["tg"][-2:] == ["Ҳасан", "Шоҳин"]
    assert names["uz_Cyrl"][-2:] == ["Шоҳин", "Ҳасан"]


def _plain(name: str) -> str:
    return "".join("'" if sign in "ʻ‘'`ʼ" else sign for sign in name)
