"""The demonstration is what it says: figures counted once more by hand, papers there, the same for the same seed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desk_app.domain.clock import DUSHANBE
from desk_app.domain.desks import DESKS
from desk_app.domain.rules.indicators import Period
from desk_app.storage.vault import Vault
from desk_app.usecases import figures, people, records, today, vaults
from desk_app.usecases.demonstration import PASSPHRASE, Stage, Summary, make

PEOPLE, SEED = 30, "7"
NOW = vaults.real_surroundings().milliseconds()
PERIOD = Period(date(2017, 3, 1), date(2030, 12, 31))
SERVED = "id IN (SELECT client FROM service WHERE delivered_on >= '2017-03-01')"
FREE = f"FROM client WHERE stage IN ('released', 'probation') AND {SERVED}"
TOOK_PART = """SELECT count(DISTINCT coalesce(participant.client, participant.name || '|' || participant.birth_year))
    FROM participant JOIN course ON course.id = participant.course LEFT JOIN client ON client.id = participant.client"""
WOMEN = "in_prison = 1 AND coalesce(participant.sex, client.sex) = 'female'"
PLAIN_SQL = {
    "ex_prisoners_served": f"SELECT count(*) {FREE}",
    "cities_served": f"SELECT count(DISTINCT desk) {FREE}",
    "advised_before_release": f"SELECT count(*) FROM client WHERE stage = 'in_custody' AND {SERVED}",
    "legal_consultations": "SELECT count(*) FROM service WHERE type = 'legal'",
    "psychological_consultations": "SELECT count(*) FROM service WHERE type = 'psychological'",
    "social_consultations": "SELECT count(*) FROM service WHERE type = 'social'",
    "social_work_services": "SELECT count(*) FROM service WHERE type NOT IN ('legal', 'psychological')",
    "papers_obtained": "SELECT count(*) FROM need WHERE pathway = 'money_papers' AND state = 'met'",
    "referrals_made": "SELECT count(*) FROM referral WHERE state NOT IN ('draft', 'withdrawn')",
    "referrals_answered": "SELECT count(*) FROM referral WHERE answered_on IS NOT NULL",
    "prisoners_in_education": f"{TOOK_PART} WHERE in_prison = 1",
    "vocational_courses": "SELECT count(*) FROM course WHERE course_kind = 'vocational' AND in_prison = 1",
    "women_in_vocational_courses": f"{TOOK_PART} WHERE course_kind = 'vocational' AND {WOMEN}",
    "women_in_civic_education": f"{TOOK_PART} WHERE course_kind IN ('civic', 'personal') AND {WOMEN}",
    "penitentiary_staff_trained": f"{TOOK_PART} WHERE course_kind = 'staff'",
    "study_tour_participants": f"{TOOK_PART} WHERE course_kind = 'study_tour'",
    "event_participants": f"{TOOK_PART} WHERE course_kind = 'event'",
}


def quiet(_stage: Stage, _done: int, _steps: int) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A demonstration that no other test writes to."""
    folder = tmp_path_factory.mktemp("untouched") / "demo"
    return folder, make(folder, PEOPLE, SEED, PASSPHRASE, NOW, quiet)


def opened(folder: Path) -> Vault:
    return vaults.unlock(folder, None, PASSPHRASE, vaults.real_surroundings())


@pytest.fixture
def coordinator(made: tuple[Path, Summary]) -> Iterator[Vault]:
    vault = opened(made[0] / "coordinator")
    yield vault
    vaults.lock(vault)


def test_every_figure_is_what_a_plain_count_says(coordinator: Vault, made: tuple[Path, Summary]) -> None:
    found = {one.indicator.code: one.whole.total for one in figures.figures(coordinator, PERIOD)}
    counted = {code: coordinator.db.execute(sql).fetchone()[0] for code, sql in PLAIN_SQL.items()}
    assert found == counted
    assert {one.indicator.code: one.whole.total for one in made[1].figures} == counted
    assert all(counted.values())


def test_it_reaches_what_was_asked(made: tuple[Path, Summary]) -> None:
    folder, summary = made
    by_code = {one.indicator.code: one for one in summary.figures}
    assert by_code["ex_prisoners_served"].whole.total > PEOPLE
    assert by_code["cities_served"].whole.total == 10
    for code in ("ex_prisoners_served", "prisoners_in_education", "study_tour_participants"):
        target = by_code[code].target
        assert target is not None
        assert by_code[code].whole.total >= target
    assert len(by_code["prisoners_in_education"].places) == 2
    assert {one.code for one in summary.vaults} == {"coordinator", *(desk.code for desk in DESKS)}
    everybody = sum(one.people for one in summary.vaults if one.code != "coordinator")
    assert next(one.people for one in summary.vaults if one.code == "coordinator") == everybody
    papers = {path.name for path in summary.papers}
    assert papers == {path.name for path in (folder / "out").iterdir()}
    assert {f"letter-{code}.pdf" for code in ("tg", "ru", "uz_Latn", "uz_Cyrl")} < papers
    assert {"indicators-ru.pdf", "indicators-en.xlsx"} < papers
    assert len(list((folder / "bundles").glob("*.roh"))) == 50


@pytest.mark.parametrize("desk", [desk.code for desk in DESKS])
def test_every_desk_has_a_day_that_a_person_can_do(made: tuple[Path, Summary], desk: str) -> None:
    vault = opened(made[0] / desk)
    found = today.today(vault)
    vaults.lock(vault)
    assert 1 <= len(found.appointments) <= 3
    assert 1 <= len(found.overdue) <= 3
    assert 1 <= len(found.unanswered) <= 3
    assert 1 <= len(found.releases) <= 3
    assert found.due_soon
    assert found.last_sent is not None
    assert all(found.on - date.fromisoformat(one.on) < timedelta(days=40) for one in found.unanswered)


def test_no_referral_of_years_ago_waits_for_anybody(coordinator: Vault) -> None:
    half_a_year_ago = (datetime.fromtimestamp(NOW / 1000, DUSHANBE).date() - timedelta(days=180)).isoformat()
    states = coordinator.db.execute("SELECT DISTINCT state FROM referral WHERE made_on < ?", [half_a_year_ago])
    assert {state for (state,) in states} == {"closed"}


def test_the_man_who_moved_is_found_at_both_desks(coordinator: Vault) -> None:
    found = [hit for hit in people.find(coordinator, "ismoil") if hit.birth_date.startswith("1973")]
    assert {(hit.desk, hit.name.split()[0]) for hit in found} == {("khorugh", "Исмоилов"), ("vahdat", "Исмаилов")}


def test_nobody_is_made_in_the_future_or_before_the_programme(coordinator: Vault) -> None:
    first, last = coordinator.db.execute("SELECT min(made), max(made) FROM client").fetchone()
    assert datetime.fromtimestamp(first / 1000, DUSHANBE).year >= 2017
    assert last < coordinator.now()
    ends = coordinator.db.execute("SELECT min(delivered_on), max(delivered_on) FROM service").fetchone()
    assert ends[0] >= "2017-03-01"
    assert ends[1] <= datetime.fromtimestamp(coordinator.now() / 1000, DUSHANBE).date().isoformat()


@pytest.mark.long
def test_the_same_seed_gives_the_same_records_and_other_keys(
    made: tuple[Path, Summary], demonstration: Path, tmp_path: Path
) -> None:
    again = make(tmp_path / "again", PEOPLE, SEED, PASSPHRASE, NOW, quiet)
    assert again.figures == made[1].figures
    held, keys = [], set()
    for folder in (made[0], tmp_path / "again"):
        vault = opened(folder / "coordinator")
        told = [kind.name for kind in vault.registry if not kind.silent]  # The others tell of keys.
        held.append({kind: records.find_all(vault, kind) for kind in told})
        keys.add(vault.device)
        vaults.lock(vault)
    assert held[0] == held[1]
    assert len(keys) == 2
    assert vaults.users(demonstration / "coordinator") != vaults.users(made[0] / "coordinator")
