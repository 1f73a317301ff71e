"""Reports for partners and donors: built from the figures, with the statement of whose records are inside."""

from collections.abc import Callable, Mapping
from pathlib import Path

from desk_app.documents.report_pdf import render_report
from desk_app.documents.report_xlsx import render_workbook
from desk_app.documents.reports import (
    Cell,
    Column,
    Coverage,
    IndicatorRow,
    Report,
    SexSplit,
    TableSection,
    chart_against_target,
)
from desk_app.domain.clock import today
from desk_app.domain.desks import DESKS
from desk_app.domain.ids import DeskCode
from desk_app.domain.names import sort_key
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.indicators import UNIT, Indicator, Period
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, labels
from desk_app.i18n.places import desk_name
from desk_app.storage import exchange as storage
from desk_app.storage import files, partner_table
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, choices
from desk_app.usecases.figures import Figure, Split, figures

REPORTS: Mapping[str, str] = {"indicators": N_("Indicator report")}
"""The reports that can be asked for by name, with their titles."""

PAPERS: Mapping[str, Callable[[Report, Translator], bytes]] = {".pdf": render_report, ".xlsx": render_workbook}
"""The forms a report can be written in, by the ending of the file."""


def report(vault: Vault, name: str, period: Period, tr: Translator) -> Report:
    """The report of that name in the translator's language. Raises KeyError for a name not in `REPORTS`."""
    tr = choices.words(vault, tr)
    found = figures(vault, period)
    inside = coverage(vault, tr)
    rows = tuple(_row(vault, figure, inside, tr) for figure in found)
    return Report(
        title=tr.text(REPORTS[name]),
        programme=tr.text("Social reintegration service desks"),
        first=period.first,
        last=period.last,
        made_on=today(vault.now()),
        made_by=desk_name(vault.desk, tr),
        coverage=inside,
        indicators=rows,
        sections=(*_by_place(found, tr), _explained(found, tr)),
        charts=(chart_against_target(tr.text("Achieved against the target"), rows, tr),),
        narrative=_narrative(vault, inside, tr),
    )


def save(vault: Vault, paper: bytes, path: Path) -> None:
    """Writes a report that was made to a file, and down that it left.

    Raises `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        audit.note(vault, Action.REPORTED, detail=path.suffix.lower().lstrip("."))
        files.write(path, paper)


def note_printed(vault: Vault) -> None:
    """Writes down that a report went to a printer. Raises `DiskFull`."""
    audit.note(vault, Action.REPORTED, detail="paper")


def coverage(vault: Vault, tr: Translator) -> tuple[Coverage, ...]:
    """At a coordinator: how far each desk's records are inside. A desk holds its own alone, so its list is empty."""
    if not vault.is_coordinator:
        return ()
    known = {partner.code for partner in partner_table.partners(vault.db)}
    order = [desk.code for desk in DESKS]
    return tuple(_covered(vault, code, tr) for code in [*order, *sorted(known - set(order))])


def _covered(vault: Vault, code: str, tr: Translator) -> Coverage:
    received = storage.received_from(vault.db, DeskCode(code))
    if not received:
        return Coverage(desk_name(code, tr), None, None)
    return Coverage(desk_name(code, tr), received[-1].number, today(received[-1].made))


def _narrative(vault: Vault, inside: tuple[Coverage, ...], tr: Translator) -> tuple[str, ...]:
    left_out = tr.text("People who refused to be counted are left out.")
    if not vault.is_coordinator:
        return (
            tr.text("Counted from the records of one desk alone: {desk}.", desk=desk_name(vault.desk, tr)),
            left_out,
        )
    whole = sum(one.bundle is not None for one in inside)
    desks = tr.plural(
        "Records of {count} desk are inside, of {all} desks.",
        "Records of {count} desks are inside, of {all} desks.",
        whole,
        all=len(inside),
    )
    return (desks, left_out)


def _row(vault: Vault, figure: Figure, inside: tuple[Coverage, ...], tr: Translator) -> IndicatorRow:
    indicator = figure.indicator
    return IndicatorRow(
        code=indicator.code,
        name=labels.indicator(indicator, tr),
        unit=tr.choice(UNIT, indicator.unit),
        baseline=figure.baseline,
        target=figure.target,
        actual=figure.whole.total,
        by_sex=_sexes(indicator, figure.whole),
        by_desk=_desks(figure, inside, tr),
    )


def _sexes(indicator: Indicator, split: Split) -> SexSplit | None:
    if not indicator.by_sex:
        return None
    return SexSplit(split.by_sex["female"], split.by_sex["male"], split.by_sex["unknown"])


def _desks(figure: Figure, inside: tuple[Coverage, ...], tr: Translator) -> tuple[tuple[str, int], ...]:
    """A desk whose records are inside and that has none of this counts as 0; one that is not inside is left out."""
    counted = {desk_name(code, tr): split.total for code, split in figure.desks.items()}
    covered = [one.desk for one in inside if one.bundle is not None]
    return tuple((desk, counted.get(desk, 0)) for desk in dict.fromkeys([*covered, *counted]))


def _by_place(found: list[Figure], tr: Translator) -> tuple[TableSection, ...]:
    columns = (
        Column(tr.text("Indicator")),
        Column(tr.text("Place")),
        Column(tr.text("Total")),
        Column(tr.text("Women")),
        Column(tr.text("Men")),
        Column(tr.text("Sex unknown")),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (labels.indicator(figure.indicator, tr), place, split.total, *split.by_sex.values())
        for figure in found
        if figure.indicator.in_prison and figure.indicator.by_sex and not figure.indicator.sex
        for place, split in sorted(figure.places.items(), key=lambda one: sort_key(one[0], tr.language.code))
    )
    return (TableSection(tr.text("Education in prison by place"), columns, rows),)


def _explained(found: list[Figure], tr: Translator) -> TableSection:
    columns = (Column(tr.text("Indicator")), Column(tr.text("What is counted")))
    rows = tuple((labels.indicator(figure.indicator, tr), tr.text(figure.indicator.explanation)) for figure in found)
    return TableSection(tr.text("What is counted"), columns, rows)
