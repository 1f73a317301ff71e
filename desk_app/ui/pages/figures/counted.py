"""What the page of figures asks of the vault, and the words that say whose records were counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.documents.reports import Coverage
from desk_app.domain.desks import DESKS
from desk_app.domain.rules.indicators import Period
from desk_app.i18n import formats
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.pages.figures.period_bar import before
from desk_app.usecases import figures
from desk_app.usecases.figures import Figure


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a period by code, those of the period before, and whose records are inside."""

    period: Period
    now: Mapping[str, Figure]
    former: Mapping[str, Figure]
    coverage: tuple[Coverage, ...]
    desk: str
    is_coordinator: bool

    def inside(self, tr: Translator) -> tuple[str, ...] | None:
        """The codes of desks whose records are here; None at a desk, which has its own alone."""
        if not self.is_coordinator:
            return None
        names = {one.desk for one in self.coverage if one.bundle is not None}
        return tuple(desk.code for desk in DESKS if desk_name(desk.code, tr) in names)


def count(vault: Vault, period: Period, tr: Translator) -> Counted:
    """Asked in the worker."""
    from desk_app.usecases import reports  # with the paper engine, which is the worker's to load

    earlier = before(period)
    return Counted(
        period,
        {one.indicator.code: one for one in figures.figures(vault, period)},
        {one.indicator.code: one for one in figures.figures(vault, earlier)} if earlier else {},
        reports.coverage(vault, tr),
        vault.desk,
        vault.is_coordinator,
    )


def coverage_words(counted: Counted, tr: Translator) -> str:
    """Which days are counted, whose records are inside, and how far."""
    days = tr.text("Period: {period}", period=formats.period(counted.period.first, counted.period.last))
    return f"{days}. {_whose(counted, tr)}"


def _whose(counted: Counted, tr: Translator) -> str:
    left_out = tr.text("People who refused to be counted are left out.")
    if not counted.is_coordinator:
        alone = tr.text("Counted from the records of one desk alone: {desk}.", desk=desk_name(counted.desk, tr))
        return f"{alone} {left_out}"
    inside = [one for one in counted.coverage if one.bundle is not None and one.made_on is not None]
    lines = [
        tr.plural(
            "Records of {count} desk are inside, of {all} desks.",
            "Records of {count} desks are inside, of {all} desks.",
            len(inside),
            all=len(counted.coverage),
        )
    ]
    if inside:
        up_to = ", ".join(
            tr.text("{desk} up to no. {number} of {day}", desk=one.desk, number=str(one.bundle), day=one.made_on)
            for one in inside
            if one.made_on is not None
        )
        lines.append(tr.text("Taken in: {desks}.", desks=up_to))
    if missing := ", ".join(one.desk for one in counted.coverage if one.bundle is None):
        lines.append(tr.text("No records yet from: {desks}.", desks=missing))
    return " ".join([*lines, left_out])


def change_words(counted: Counted, code: str, tr: Translator) -> str:
    """How a figure stands to the period before."""
    if code not in counted.former:
        return ""
    more = counted.now[code].whole.total - counted.former[code].whole.total
    if more > 0:
        return tr.plural("{count} more than in the period before", "{count} more than in the period before", more)
    if more < 0:
        return tr.plural("{count} fewer than in the period before", "{count} fewer than in the period before", -more)
    return tr.text("As many as in the period before")
