"""One letter per sound, loose keys and stems."""

import pytest

from desk_app.domain.names import Stem, loose, neutral, stem
from desk_app.domain.names.folding import loose as loose_key
from desk_app.domain.names.known_names import NAMES
from desk_app.domain.names.stems import stem_of_folded
from tests.unit.domain.names.labelled_pairs import Row, rows


@pytest.mark.parametrize(
    "spellings",
    [
        "Ҷамшед Джамшед Dzhamshed Jamshed Djamshed Жамшед",
        "Қодир Кодир Qodir Kodir",
        "Ғанӣ Гани Ghani Gʻani G'ani",
        "Хуршед Khurshed Xurshed Ҳуршед",
        "Ӯткир Ўткир Уткир Oʻtkir O'tkir Utkir Ötkir",
        "Ёқуб Ёкуб Yoqub Yokub",
        "Юсуф Yusuf Iusuf",
        "Исҳоқ Исхок Isʼhoq Исъҳоқ Iskhok",
        "Маъруф Маруф Maʼruf Maruf",
        "Зиёев Ziyoyev Ziyoev",
        "Саидҷон Саиджон Saidjon",
        "Шариф Sharif Şarif Щариф",
    ],
)
def test_one_sound_one_letter(spellings: str) -> None:
    assert len({neutral(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize(
    "spellings",
    ["Исмоил Исмаил Ismoil Ismail", "Чамшед Ҷамшед Жамшид", "Ватаншоҳ Ватаншо", "Абдулло Абдулла Абдула", "Чумъа Ҷума"],
)
def test_loose_keys_forgive_habits(spellings: str) -> None:
    assert len({loose(neutral(name)) for name in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["Карим Карам", "Зуҳро Заҳро", "Саид Саъд", "Раҳим Раҳмон"])
def test_loose_keys_keep_names_apart(pair: str) -> None:
    assert len({loose(neutral(name)) for name in pair.split()}) == 2


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Раҳмонов", Stem("rahmon", suffixed=True, male=True)),
        ("Раҳмонова", Stem("rahmon", suffixed=True, female=True)),
        ("Раҳмонзода", Stem("rahmon", suffixed=True, child=True)),
        ("Раҳмонӣ", Stem("rahmoni", other="rahmon")),
        ("Раҳмониён", Stem("rahmon", suffixed=True, child=True)),
        ("Rahmonovich", Stem("rahmon", male=True, patronymic=True)),
        ("Раҳмоновна", Stem("rahmon", female=True, patronymic=True)),
        ("Каримўғли", Stem("karim", male=True, patronymic=True)),
        ("Алиев", Stem("ali", suffixed=True, male=True)),
        ("Музаффар", Stem("muzaffar")),
        ("Шаҳзода", Stem("wahzoda", other="wah")),
        ("Карим", Stem("karim")),
        ("", Stem("")),
    ],
)
def test_endings_are_cut_and_told(word: str, expected: Stem) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize("row", [r for r in rows() if r["kind"] == "surname"], ids=lambda r: r["tg"])
def test_every_surname_of_the_list_comes_to_its_stem(row: Row) -> None:
    base = stem(row["surname_stem"])
    for column in ("tg", "ru", "tg_zoda", "tg_i", "tg_fem", "ru_fem"):
        if row[column]:
            cut = stem(row[column])
            assert {loose(base.text), loose(base.other)} & {loose(cut.text), loose(cut.other)} - {""}, row[column]


def test_the_table_of_common_names_is_the_list_of_names() -> None:
    expected: dict[str, list[str]] = {}
    for row in rows():
        columns = ["tg", "ru", "ru_alt", "uz_Latn", "uz_Cyrl", "passport_latn", "passport_latn_old"]
        spellings = [row[c] for c in (["surname_stem", *columns] if row["kind"] == "surname" else columns) if row[c]]
        keys = list(dict.fromkeys(loose_key(stem_of_folded(neutral(s)).text) for s in spellings))
        known = expected.setdefault(keys[0], [])
        known.extend(key for key in keys if key not in known)
    assert sorted("/".join(keys) for keys in expected.values()) == sorted(NAMES)
