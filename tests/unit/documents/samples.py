"""Invented facts of one referral, used by the tests of this folder."""

import datetime as dt
from dataclasses import replace
from typing import Any

from desk_app.documents.letters import Fact, Letterhead, ReferralLetter
from desk_app.documents.templates import shipped_template
from desk_app.documents.wording import Addressee, Enclosure, ReferralFacts, referral_letter

LETTERHEAD = Letterhead(
    programme="Барномаи барқарорсозии мавқеи иҷтимоӣ",
    desk="Нуқтаи хизматрасонӣ дар шаҳри Хоруғ",
    desk_second="Консультационный пункт в городе Хорог",
    address="736000, ш. Хоруғ, кӯчаи Рӯдакӣ, 12",
    phone="+992 35 222 11 00",
)

OFFICES = {
    "tg": ("Маркази ёрии ҳуқуқӣ", "Назаров А. Б.", "ш. Хоруғ, кӯчаи Гагарин, 4", "барқарор кардани шиноснома"),
    "ru": ("Центр юридической помощи", "Назаров А. Б.", "г. Хорог, ул. Гагарина, 4", "восстановление паспорта"),
    "uz_Latn": ("Yuridik yordam markazi", "Nazarov A. B.", "Xorugʻ sh., Gagarin koʻchasi, 4", "pasportni tiklash"),
    "uz_Cyrl": ("Юридик ёрдам маркази", "Назаров А. Б.", "Хоруғ ш., Гагарин кўчаси, 4", "паспортни тиклаш"),
    "en": ("the legal aid centre", "Nazarov A. B.", "Khorugh, Gagarin street 4", "restoring a passport"),
}
SERVICES = {
    "tg": "Машварати ҳуқуқӣ",
    "ru": "Юридическая консультация",
    "uz_Latn": "Huquqiy maslahat",
    "uz_Cyrl": "Ҳуқуқий маслаҳат",
    "en": "Legal consultation",
}
POSTS = {
    "tg": "Ҳуқуқшиноси нуқта",
    "ru": "Юрист пункта",
    "uz_Latn": "Punkt huquqshunosi",
    "uz_Cyrl": "Пункт ҳуқуқшуноси",
    "en": "Lawyer of the desk",
}
NAMES = {"uz_Latn": "Gʻofurova Oʻgʻiloy Joʻra qizi", "en": "Ismoilov Ismoil"}
PAPERS = {
    "tg": "нусхаи шаҳодатномаи таваллуд",
    "ru": "копия свидетельства о рождении",
    "uz_Latn": "tugʻilganlik haqidagi guvohnoma nusxasi",
    "uz_Cyrl": "туғилганлик ҳақидаги гувоҳнома нусхаси",
    "en": "copy of the birth certificate",
}


def facts(language: str, **changes: Any) -> ReferralFacts:
    """A typical referral in a language, with some facts changed."""
    template = shipped_template(language)
    organisation, head, address, need = OFFICES[language]
    typical = ReferralFacts(
        number="Д-14/2026",
        dated=dt.date(2026, 3, 5),
        letterhead=LETTERHEAD,
        addressee=Addressee(organisation, address, head, "male"),
        facts=(
            Fact(template.fact_label("name"), NAMES.get(language, "Ғафурӣ Исмоил Ҷумъахонович")),
            Fact(template.fact_label("birth_date"), "05.03.1973"),
            Fact(template.fact_label("phone"), "+992 93 500 12 34"),
        ),
        need=need,
        service=SERVICES[language],
        slip_code="K7-4M2Q",
        post=POSTS[language],
        signatory="З. Назарова",
        prepared_by="Назарова З.",
        prepared_phone="+992 93 123 45 67",
        reply_by=dt.date(2026, 3, 19),
        enclosures=(Enclosure(PAPERS[language], 1),),
    )
    return replace(typical, **changes)


def letter(language: str, **changes: Any) -> ReferralLetter:
    """The letter of `facts` in the shipped wording."""
    return referral_letter(facts(language, **changes), shipped_template(language))
