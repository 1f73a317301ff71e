"""Typing habits of the country, one a line: each finds the person meant, first, and says why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.ids import RecordId
from desk_app.storage import finding
from desk_app.storage.vault import Vault
from desk_app.usecases import linking, people
from tests.fakes import make_client, make_vault

PEOPLE = {
    "tajik": {"surname": "Раҳмонов", "given_name": "Ҷамшед", "father_name": "Исмоилович"},
    "child": {"surname": "Қурбонзода", "given_name": "Маъруф", "phone": "+992 93 512 34 56"},
    "russian": {"surname": "Джураев", "given_name": "Ибрагим", "paper_number": "A 4831207"},
    "latin": {"surname": "Sharipov", "given_name": "Gʻayrat", "phone": "8 916 723-45-67"},
    "uzbek": {"surname": "Ўтаев", "given_name": "Тўхтасин", "father_name": "Ғуломжон ўғли"},
    "joined": {"surname": "Абдураҳмонов", "given_name": "Шоҳмансур"},
    "parted": {"surname": "Саид-Алиев", "given_name": "Абду Ғаффор"},
    "renamed": {"surname": "Ҳакимӣ", "given_name": "Зуҳро", "other_names": "Сафарова, Zuhra Safarova"},
    "paper": {
        "surname": "Юсуфӣ",
        "given_name": "Муҳаммад",
        "paper_name": "YUSUPOV MUKHAMMADI",
        "paper_number": "А7781",
    },
}

HABITS = [
    # As it is written, in any case, in either order, each word as far as it is typed.
    ("Раҳмонов Ҷамшед", "tajik", "same"),
    ("ҷамшед раҳмонов", "tajik", "same"),
    ("РАҲМОНОВ ҶАМШЕД ИСМОИЛОВИЧ", "tajik", "same"),
    ("Раҳ", "tajik", "beginning"),
    ("ҷам раҳ", "tajik", "beginning"),
    ("исмоил ҷамш", "tajik", "beginning"),
    # On a keyboard without the six letters.
    ("рахмонов", "tajik", "other_spelling"),
    ("чамшед", "tajik", "other_spelling"),
    ("чамшед рахмонов", "tajik", "other_spelling"),
    ("курбонзода", "child", "other_spelling"),
    ("Һакими", "renamed", "other_spelling"),
    ("гуломчон", "uzbek", "other_spelling"),
    # As Russian, Uzbek and passports write it.
    ("Джамшед", "tajik", "other_spelling"),
    ("Жамшид", "tajik", "other_spelling"),
    ("Jamshed Rahmonov", "tajik", "other_spelling"),
    ("Dzhamshed Rakhmonov", "tajik", "other_spelling"),
    ("JAMSHED", "tajik", "other_spelling"),
    ("Raxmonov", "tajik", "other_spelling"),
    ("Rahmonov Isma", "tajik", "other_spelling"),
    ("Қурбонзода Маруф", "child", "other_spelling"),
    ("Qurbonzoda", "child", "other_spelling"),
    ("Kurbonzoda", "child", "other_spelling"),
    ("Ҷӯраев", "russian", "other_spelling"),
    ("Juraev", "russian", "other_spelling"),
    ("Жўраев", "russian", "other_spelling"),
    ("Иброҳим", "russian", "other_spelling"),
    ("Ibrohim", "russian", "other_spelling"),
    ("Шарипов", "latin", "other_spelling"),
    ("Шарифов", "latin", "other_spelling"),
    ("Ғайрат", "latin", "other_spelling"),
    ("Gairat", "latin", "other_spelling"),
    ("Utaev", "uzbek", "other_spelling"),
    ("Oʻtayev", "uzbek", "other_spelling"),
    ("To'xtasin", "uzbek", "other_spelling"),
    ("Toxtasin", "uzbek", "other_spelling"),
    ("тухтасин", "uzbek", "other_spelling"),
    # Apostrophes of every sort and none, a missing ъ, doubled letters.
    ("G'ayrat", "latin", "same"),
    ("G`ayrat", "latin", "same"),
    ("G\u2019ayrat", "latin", "same"),
    ("Gayrat", "latin", "other_spelling"),
    ("Мухаммад", "paper", "other_spelling"),
    ("Мухамад", "paper", "other_spelling"),
    ("Махруф", "child", "slip"),
    ("гафор", "parted", "other_spelling"),
    # Endings that the law took away and brought back.
    ("Рахмонзода", "tajik", "other_ending"),
    ("Раҳмонӣ", "tajik", "other_ending"),
    ("Раҳмон Ҷамшед", "tajik", "beginning"),
    ("Курбонов", "child", "other_ending"),
    ("Qurbonov", "child", "other_ending"),
    ("Раҳмонова", "tajik", "other_ending"),
    # Joined and parted.
    ("Абду Раҳмонов", "joined", "same"),
    ("абду рахмон", "joined", "other_spelling"),
    ("Шоҳ Мансур", "joined", "same"),
    ("шох-мансур", "joined", "other_spelling"),
    ("Раҳмон зода Ҷамшед", "tajik", "other_ending"),
    ("Саидалиев", "parted", "other_spelling"),
    ("Абдуғаффор", "parted", "other_spelling"),
    ("абдугафор", "parted", "other_spelling"),
    ("Ўтаев Ғуломжон угли", "uzbek", "other_spelling"),
    ("Утаев гуломжон", "uzbek", "other_spelling"),
    # The keyboard stood in the other layout.
    ("hf[vjyjd", "tajik", "other_layout"),
    ("reh,jypjlf", "child", "other_layout"),
    ("Ырфкшзщм", "latin", "other_layout"),
    ("ырфкшз", "latin", "other_layout"),
    ("l;ehftd", "russian", "other_layout"),
    # Old fonts and Latin look-alikes among Cyrillic letters.
    ("Рањмонов", "tajik", "same"),
    ("Љамшед", "tajik", "same"),
    ("Ќурбонзода", "child", "same"),
    ("Раімонов", "tajik", "same"),
    ("Ѕурбонзода", "child", "same"),
    ("Paҳмoнoв", "tajik", "same"),
    ("Маъpуф", "child", "same"),
    # Former names, and the name in the paper.
    ("Сафарова", "renamed", "other_name"),
    ("Safarova Zuhra", "renamed", "other_name"),
    ("Yusupov", "paper", "other_name"),
    ("yusup", "paper", "other_name"),
    # Telephones, as they are read out.
    ("935123456", "child", "phone"),
    ("+992 93 512 34 56", "child", "phone"),
    ("992935123456", "child", "phone"),
    ("00992 93 512-34-56", "child", "phone"),
    ("8 93 512 34 56", "child", "phone"),
    ("93 512", "child", "phone"),
    ("512 34 56", "child", "phone"),
    ("512 34", "child", "phone"),
    ("3456", "child", "phone"),
    ("34-56", "child", "phone"),
    ("12 34 56", "child", "phone"),
    ("+7 916 723 45 67", "latin", "phone"),
    ("9167234567", "latin", "phone"),
    ("курбон 3456", "child", "other_spelling"),
    # Papers: the letter in either script and layout, with and without it.
    ("A4831207", "russian", "paper"),
    ("А 4831207", "russian", "paper"),
    ("№ А4831207", "russian", "paper"),
    ("ф4831207", "russian", "paper"),
    ("4831207", "russian", "paper"),
    ("48312", "russian", "paper"),
    ("A7781", "paper", "paper"),
    # Client's numbers, whole and in part.
    ("KHG-2026-4", "latin", "number"),
    ("khg20264", "latin", "number"),
    ("2026-4", "latin", "number"),
    ("KHG 4", "latin", "number"),
    ("4", "latin", "number"),
    ("лрп-2026-4", "latin", "number"),
    ("КХГ-2026-4", "latin", "number"),
    ("Sharipov 4", "latin", "number"),
    # One slip of the finger in a word that was typed to its end.
    ("Рахмнов", "tajik", "slip"),
    ("Рахомнов", "tajik", "slip"),
    ("Рахмпнов", "tajik", "slip"),
    ("Ражмонов", "tajik", "slip"),
    ("Раххамонов", "tajik", "slip"),
    ("Ҷамшел", "tajik", "slip"),
    ("Рахмонов Ҷмашед", "tajik", "slip"),
    ("Shraipov", "latin", "slip"),
    ("Курбнозода", "child", "slip"),
    ("Рххмпнов", None, ""),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vault, dict[str, RecordId]]]:
    """A desk with everybody of the table."""
    vault = make_vault(tmp_path_factory.mktemp("habits"))
    made = {name: make_client(vault, **said) for name, said in PEOPLE.items()}
    yield vault, made
    vault.close()


@pytest.mark.parametrize(("typed", "meant", "why"), HABITS)
def test_habit(desk: tuple[Vault, dict[str, RecordId]], typed: str, meant: str | None, why: str) -> None:
    vault, made = desk
    found = people.find(vault, typed)
    if meant is None:
        assert found == []
    else:
        assert (found[0].id, found[0].why) == (made[meant], why)


def test_whoever_is_typed_to_the_end_is_among_those_who_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 3)
    vault = make_vault(tmp_path)
    for given in ("Каримҷон", "Карима", "Карамат", "Каримулло"):
        make_client(vault, given, surname="Раҳматова")
    meant = make_client(vault, "Карим", surname="Раҳмат")
    for typed in ("Раҳмат", "Раҳмат К", "Карим", "карим рахмат", "rahmat karim"):
        assert people.find(vault, typed)[0].id == meant, typed
    assert len(people.find(vault, "Раҳ")) == 3
    vault.close()


def test_a_client_of_two_is_found_once_by_what_either_is_called(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    first = make_client(vault, "Карим", surname="Назаров", phone="935001122")
    second = make_client(vault, "Карим", surname="Салимов")
    linking.link(vault, first, second)
    for typed, why in (("Салимов", "same"), ("Карим", "same"), ("935001122", "phone")):
        assert [(one.id, one.name, one.why) for one in people.find(vault, typed)] == [(first, "Назаров Карим", why)]
    vault.close()
