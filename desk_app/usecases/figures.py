"""Figures: what the indicators come to in this vault, against their targets, and the records behind each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk_app.domain.desks import DESKS
from desk_app.domain.rules.indicators import (
    COUNTED_LISTS,
    INDICATORS,
    SEXES,
    Indicator,
    Period,
    indicator_of,
    own_indicator,
)
from desk_app.domain.vocabulary import is_own_code
from desk_app.storage import figures as storage
from desk_app.storage import rows
from desk_app.storage.figures import Cell
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import choices, records

MOST_OWN = 50
"""Codes of own choices in one list that are counted although their words never came."""
_DESK_ORDER: list[str] = [desk.code for desk in DESKS]


@dataclass(frozen=True, slots=True)
class Split:
    """A number and how it falls apart by sex, in the order of `SEXES`; empty where sex has no meaning."""

    total: int
    by_sex: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """What one indicator comes to. `desks` is in the programme's order, `places` by name; targets may be unknown."""

    indicator: Indicator
    whole: Split
    desks: Mapping[str, Split]
    places: Mapping[str, Split]
    baseline: int | None
    target: int | None


def figures(vault: Vault, period: Period) -> list[Figure]:
    """Every indicator over the records of this vault, in the order of their definitions; then own choices."""
    targets = _targets(vault)
    with as_trouble(vault.folder / DATABASE):
        return [_figure(vault, indicator, period, targets) for indicator in (*INDICATORS, *_of_own(vault))]


def records_behind(
    vault: Vault, code: str, period: Period, desk: str | None = None, sex: str | None = None
) -> list[Record]:
    """The records that a number counts: of an indicator, at one desk, of one sex. Raises KeyError for no indicator."""
    indicator = indicator_of(code)
    with as_trouble(vault.folder / DATABASE):
        found = storage.records_behind(vault.db, indicator, period, desk, sex)
        return rows.many(vault.db, vault.registry[indicator.kind], found)


def _of_own(vault: Vault) -> list[Indicator]:
    """Own choices that are offered, and those that some record has, whether or not their words have arrived."""
    known = choices.own(vault)
    found = []
    for listed in COUNTED_LISTS:
        offered = [code for code in known.offered(listed.vocabulary) if is_own_code(code)]
        used = storage.own_codes(vault.db, listed.kind, listed.field, MOST_OWN)
        found += [own_indicator(listed, code) for code in dict.fromkeys([*offered, *used])]
    return found


def _figure(vault: Vault, indicator: Indicator, period: Period, targets: Mapping[str, Record]) -> Figure:
    cells = storage.cells(vault.db, indicator, period)
    target = targets.get(indicator.code)
    desks = sorted({cell.desk for cell in cells}, key=_desk_order)
    places = sorted({cell.place for cell in cells if cell.place})
    return Figure(
        indicator,
        _split(indicator, cells),
        {desk: _split(indicator, [cell for cell in cells if cell.desk == desk]) for desk in desks},
        {place: _split(indicator, [cell for cell in cells if cell.place == place]) for place in places},
        _number(target, "baseline"),
        _number(target, "value"),
    )


def _split(indicator: Indicator, cells: Iterable[Cell]) -> Split:
    counted = list(cells)
    by_sex = {sex: sum(cell.count for cell in counted if cell.sex == sex) for sex in SEXES}
    return Split(sum(cell.count for cell in counted), by_sex if indicator.by_sex else {})


def _targets(vault: Vault) -> dict[str, Record]:
    """The target of each indicator; of several, the one changed last."""
    return {one.text("indicator"): one for one in records.find_all(vault, "target", order="changed")}


def _number(target: Record | None, field: str) -> int | None:
    value = target.values.get(field) if target else None
    return value if isinstance(value, int) else None


def _desk_order(desk: str) -> tuple[int, str]:
    return (_DESK_ORDER.index(desk) if desk in _DESK_ORDER else len(_DESK_ORDER), desk)
