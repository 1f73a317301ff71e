"""An invented report in which everything occurs, used by the tests of this folder."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desk_app.documents.reports import (
    Column,
    Coverage,
    IndicatorRow,
    Report,
    SexSplit,
    TableSection,
    chart_against_target,
)
from desk_app.i18n import Translator

DESKS = (
    "Душанбе", "Хоруғ", "Хуҷанд", "Бохтар", "Ваҳдат", "Б. Ғафуров", "Восеъ", "Панҷакент", "Деваштич", "Ҷайҳун"
)  # fmt: skip

SERVED = IndicatorRow(
    code="ex_prisoners_served",
    name="Шумораи шахсоне, ки ба нуқтаҳои хизматрасонӣ муроҷиат намуда, кумак гирифтанд",
    unit="нафар",
    baseline=60,
    target=1100,
    actual=1234,
    by_sex=SexSplit(women=370, men=851, unknown=13),
    by_desk=tuple((desk, 100 + 10 * place) for place, desk in enumerate(DESKS)),
)
TRAINED = IndicatorRow("penitentiary_staff_trained", "Кормандони омӯзонидашуда", "нафар", 0, 40, 20, SexSplit(7, 10, 2))
MODULES = IndicatorRow("training_modules", "Модулҳои омӯзишӣ", "модул", 0, 3, 3)
UNKNOWN = IndicatorRow("study_tour_participants", "Иштирокчиёни сафари омӯзишӣ", "нафар", None, None, None)

SERVICES = TableSection(
    title="Хизматрасониҳо",
    columns=(
        Column("Хизматрасонӣ"),
        Column("Шумора", totalled=True),
        Column("Соат", "с", totalled=True),
        Column("Охирин"),
    ),
    rows=(
        ("Машварати ҳуқуқӣ", 412, Decimal("618.5"), dt.date(2026, 3, 30)),
        ("=1+1", 0, None, None),
        ("<b>Ҳамроҳӣ</b> & дигар", 38, Decimal("95.25"), dt.date(2026, 2, 1)),
    ),
    note="Соатҳо аз рӯйи сабти кормандон.",
)


def report(tr: Translator, **changes: Any) -> Report:
    """The report in the translator's language, with some parts changed."""
    indicators = (SERVED, TRAINED, MODULES, UNKNOWN)
    whole = Report(
        title="Ҳисобот оид ба нишондиҳандаҳо",
        programme="Барномаи барқарорсозии мавқеи иҷтимоӣ",
        first=dt.date(2026, 1, 1),
        last=dt.date(2026, 3, 31),
        made_on=dt.date(2026, 4, 2),
        made_by="Ҳамоҳангсоз, Душанбе",
        coverage=(
            *(Coverage(desk, 10 + place, dt.date(2026, 3, 20 + place)) for place, desk in enumerate(DESKS[:9])),
            Coverage(DESKS[9], None, None),
        ),
        indicators=indicators,
        sections=(SERVICES,),
        charts=(chart_against_target("Иҷрои ҳадафҳо", indicators, tr),),
        narrative=("Дар ин давра ду нуқта кор накард.",),
    )
    return replace(whole, **changes)
