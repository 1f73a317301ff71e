"""The indicator report: figures as counted, desks in words, and the statement of whose records are inside."""

from datetime import date
from pathlib import Path

from desk_app.domain.desks import DESKS
from desk_app.domain.rules.indicators import INDICATORS, Period
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.usecases import records, reports, review
from tests.fakes import carry, make_client

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TR = Translator(ENGLISH)


def serve(vault: Vault, **facts: str) -> None:
    client = make_client(vault, stage="released", **facts)
    records.add(vault, "service", {"client": client, "type": "legal", "delivered_on": "2026-03-05"})


def test_it_says_which_desks_are_inside_and_up_to_when(pair: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = pair
    assert all(one.bundle is None for one in reports.coverage(coordinator, TR))
    serve(desk, sex="female")
    carry(desk, coordinator, tmp_path)
    carry(desk, coordinator, tmp_path)
    report = reports.report(coordinator, "indicators", YEAR, TR)
    inside = {one.desk: (one.bundle, one.made_on) for one in report.coverage}
    assert len(inside) == len(DESKS)
    assert inside.pop("Khorugh") == (2, date(2026, 3, 5))
    assert set(inside.values()) == {(None, None)}
    assert "Records of 1 desk are inside, of 10 desks." in report.narrative


def test_a_desk_inside_without_any_counts_as_nought_and_one_outside_not_at_all(
    pair: tuple[Vault, Vault], tmp_path: Path
) -> None:
    coordinator, desk = pair
    serve(desk, sex="female")
    carry(desk, coordinator, tmp_path)
    rows = {row.code: row for row in reports.report(coordinator, "indicators", YEAR, TR).indicators}
    assert list(rows) == [one.code for one in INDICATORS]
    assert rows["ex_prisoners_served"].by_desk == (("Khorugh", 1),)
    assert rows["referrals_made"].by_desk == (("Khorugh", 0),)
    split = rows["ex_prisoners_served"].by_sex
    assert split is not None
    assert (split.women, split.men, split.unknown) == (1, 0, 0)
    assert rows["cities_served"].by_sex is None
    assert all(row.not_divided in (0, None) for row in rows.values())


def test_a_desks_own_report_says_that_it_is_one_desk_alone(pair: tuple[Vault, Vault]) -> None:
    serve(pair[1])
    report = reports.report(pair[1], "indicators", YEAR, TR)
    assert report.coverage == ()
    assert report.narrative[0] == "Counted from the records of one desk alone: Khorugh."
    assert reports.PAPERS[".pdf"](report, TR).startswith(b"%PDF")
    assert reports.PAPERS[".xlsx"](report, TR).startswith(b"PK")


def test_desks_are_called_by_their_place_and_a_new_one_by_its_code() -> None:
    assert desk_name("khorugh", TR) == "Khorugh"
    assert desk_name("coordinator", TR) == "Coordinator"
    assert desk_name("kulob", TR) == "kulob"


def test_a_disagreement_names_both_sides_and_when_the_other_came(pair: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = pair
    client = make_client(desk, birth_date="1980")
    carry(desk, coordinator, tmp_path)
    records.edit(coordinator, client, {"birth_date": "1981"})
    records.edit(desk, client, {"birth_date": "1982"})
    assert review.disagreements(coordinator) == []
    carry(desk, coordinator, tmp_path)
    (found,) = review.disagreements(coordinator)
    assert (found.record, found.field.name) == (client, "birth_date")
    shown, other = found.values
    assert (shown.value, shown.desk) == ("1982", "khorugh")
    assert (other.value, other.desk, other.author, other.imported) == (
        "1981",
        "coordinator",
        coordinator.user_name,
        None,
    )
    assert shown.imported is not None
    assert shown.imported > shown.recorded > other.recorded
