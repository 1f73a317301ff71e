"""Latin Uzbek becomes Cyrillic Uzbek by rule."""

import csv

import pytest
from catalogue_checks import GLOSSARY

from desk_app.i18n.uzbek_cyrillic import to_cyrillic


def test_every_term_of_the_glossary_is_spelled_as_its_author_spelled_it() -> None:
    with GLOSSARY.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 354
    wrong = {row["uz_Latn"]: row["uz_Cyrl"] for row in rows if to_cyrillic(row["uz_Latn"]) != row["uz_Cyrl"]}
    assert wrong == {}


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Ehtiyoj", "Эҳтиёж"),
        ("aeroport poyezd keldi", "аэропорт поезд келди"),
        ("yoʻq, Yoʻllanma, yoshlar", "йўқ, Йўлланма, ёшлар"),
        ("OʻZBEKCHA SHAHAR YOSH", "ЎЗБЕКЧА ШАҲАР ЁШ"),
        ("Isʼhoq sanʼat eʼlon", "Исҳоқ санъат эълон"),
        ("ketsa aytsangiz", "кетса айтсангиз"),
        ("protsent konstitutsiya konferensiya reaksiya", "процент конституция конференция реакция"),
        ("pensiya versiya", "пенсия версия"),
        ("parol parolni parol-ibora", "пароль паролни пароль-ибора"),
        ("rol rolni rollar roman", "роль ролни роллар роман"),
        ("iyul iyulda", "июль июлда"),
        ("sertifikat litsenziya konsultatsiya", "сертификат лицензия консультация"),
        ("obyekt subyekt inyeksiya", "объект субъект инъекция"),
        ("aktsiya aksiya sirk sirkka", "акция акция цирк циркка"),
        ("konsepsiya korrupsiya prinsip retsidiv", "концепция коррупция принцип рецидив"),
        ("reabilitatsiya sotsial spetsifik assotsiatsiya", "реабилитация социал специфик ассоциация"),
        ("patsiyent feldsher vaksina shprits meditsina", "пациент фельдшер вакцина шприц медицина"),
        ("alkogol alkogolni kontrol kalendarda", "алкоголь алкоголни контроль календарда"),
        ("kuryer karyera sudya premyera", "курьер карьера судья премьера"),
        ("filtr rezultat kultura", "филтр результат культура"),
        ("sessiya komissiya ekskursiya sigaret sement", "сессия комиссия экскурсия сигарет цемент"),
        ("tuberkulyoz shofyor byudjet", "туберкулёз шофёр бюджет"),
        ("poeziya elektron yevro Yevropa duel", "поэзия электрон евро Европа дуэл"),
        ("aytsin ketsin yotsa", "айтсин кетсин ётса"),
    ],
)
def test_a_rule(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    "kept", ["{name}", "{number_of_people}", "PDF", "XLSX", "USB", ".roh", "Ctrl+K", "F1", "<b>", "%1"]
)
def test_what_no_script_changes_stays(kept: str) -> None:
    assert to_cyrillic(f"fayl {kept} nomi") == f"файл {kept} номи"
