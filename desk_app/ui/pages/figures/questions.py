"""The questions the figures answer: which indicators belong together, their chart, their table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desk_app.documents.charts import Bar, BarChart
from desk_app.domain.rules.indicators import SEXES
from desk_app.domain.vocabulary import N_
from desk_app.i18n import formats, labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.widgets.number_table import NumberCell
from desk_app.usecases.figures import Figure, Split


@dataclass(frozen=True, slots=True)
class Question:
    """One chart: an English msgid and the codes of its indicators."""

    words: str
    codes: tuple[str, ...]


QUESTIONS = (
    Question(N_("Whom did we help?"), ("ex_prisoners_served", "advised_before_release", "cities_served")),
    Question(
        N_("What help was given?"),
        (
            "legal_consultations",
            "psychological_consultations",
            "social_consultations",
            "social_work_services",
            "papers_obtained",
        ),
    ),
    Question(N_("Were referrals answered?"), ("referrals_made", "referrals_answered")),
    Question(
        N_("Who learned in prison?"),
        (
            "prisoners_in_education",
            "women_in_vocational_courses",
            "women_in_civic_education",
            "vocational_courses",
        ),
    ),
    Question(
        N_("Which staff and partners took part?"),
        ("penitentiary_staff_trained", "study_tour_participants", "event_participants"),
    ),
)

_OWN = N_("What is counted under the programme's own words?")

TILES = ("ex_prisoners_served", "legal_consultations", "social_work_services", "papers_obtained")
"""The figures people ask for first."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Which records are asked for: those of an indicator, at one desk or of one sex where these are named."""

    code: str
    desk: str = ""
    sex: str = ""

    @property
    def key(self) -> str:
        """As a table cell carries it."""
        return f"{self.code}|{self.desk}|{self.sex}"

    @classmethod
    def of(cls, key: str) -> "Behind":
        """From a cell's key."""
        return cls(*key.split("|"))


def questions_of(figures: Mapping[str, Figure]) -> tuple[Question, ...]:
    """Every question; the last is about the choices that the programme added, where it added some."""
    own = tuple(code for code, figure in figures.items() if figure.indicator.vocabulary is not None)
    return (*QUESTIONS, Question(_OWN, own)) if own else QUESTIONS


def chart_of(question: Question, figures: Mapping[str, Figure], tr: Translator) -> BarChart:
    """Bars on one scale, each with the mark of its target where it has one."""
    chosen = [figures[code] for code in question.codes if code in figures]
    bars = tuple(
        Bar(labels.indicator(one.indicator, tr), float(one.whole.total), reached(one, tr), _target(one))
        for one in chosen
    )
    has_target = any(bar.target is not None for bar in bars)
    return BarChart(tr.text(question.words), bars, tr.text("Target") if has_target else "")


def reached(figure: Figure, tr: Translator) -> str:
    """«412 / 500 (82 %)», or the number alone where there is no target."""
    number = formats.number(figure.whole.total, tr.language)
    if not figure.target:
        return number
    share = formats.percent(Decimal(figure.whole.total) / figure.target, tr.language)
    return f"{number} / {formats.number(figure.target, tr.language)} ({share})"


def heads(tr: Translator, *, by_desk: bool) -> list[str]:
    """The columns of a table."""
    sexes = [tr.text("Women"), tr.text("Men"), tr.text("Not known")]
    if by_desk:
        return [tr.text("Desk"), *sexes, tr.text("Total")]
    return [tr.text("Indicator"), *sexes, tr.text("Total"), tr.text("Target")]


def rows_of(question: Question, figures: Mapping[str, Figure], tr: Translator) -> list[list[NumberCell]]:
    """At a desk: a row an indicator."""
    rows = []
    for code in question.codes:
        if (figure := figures.get(code)) is not None:
            target = formats.number(figure.target, tr.language) if figure.target is not None else "—"
            name = NumberCell(labels.indicator(figure.indicator, tr), number=False)
            rows.append([name, *_numbers(figure.whole, Behind(code), tr), NumberCell(target)])
    return rows


def desk_rows_of(figure: Figure, inside: Sequence[str], tr: Translator) -> list[list[NumberCell]]:
    """At a coordinator: all desks, then each whose records are inside (`inside`: codes) or that has some."""
    code = figure.indicator.code
    total = [
        NumberCell(tr.text("All desks"), number=False, strong=True),
        *_numbers(figure.whole, Behind(code), tr, strong=True),
    ]
    rows = [total]
    for desk in dict.fromkeys([*inside, *figure.desks]):
        split = figure.desks.get(desk) or Split(0, dict.fromkeys(figure.whole.by_sex, 0))
        rows.append([NumberCell(desk_name(desk, tr), number=False), *_numbers(split, Behind(code, desk), tr)])
    return rows


def _numbers(split: Split, behind: Behind, tr: Translator, *, strong: bool = False) -> list[NumberCell]:
    cells = []
    for sex in SEXES:
        asked = Behind(behind.code, behind.desk, sex)
        cells.append(_number(split.by_sex.get(sex), asked, tr, strong=strong))
    return [*cells, _number(split.total, behind, tr, strong=True)]


def _number(count: int | None, behind: Behind, tr: Translator, *, strong: bool) -> NumberCell:
    if count is None:
        return NumberCell("—")
    return NumberCell(formats.number(count, tr.language), behind.key if count else "", strong=strong)


def _target(figure: Figure) -> float | None:
    return float(figure.target) if figure.target else None
