"""The whole programme from its first day to yesterday: offices, cases, bundles both ways, papers, figures."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from random import Random

from desk_app.domain.clock import today
from desk_app.domain.desks import COORDINATOR, DESKS
from desk_app.domain.errors import FileUnwritable, VaultExists
from desk_app.domain.records.declaration import Values
from desk_app.domain.rules.indicators import Period
from desk_app.i18n import Translator, by_code
from desk_app.storage import files, rows
from desk_app.usecases import letters, records, reports, vaults
from desk_app.usecases.demonstration import carrying, directory
from desk_app.usecases.demonstration.casework import case, present, refer
from desk_app.usecases.demonstration.content import content
from desk_app.usecases.demonstration.education import courses
from desk_app.usecases.demonstration.invention import invent, named
from desk_app.usecases.demonstration.office import Office, open_office
from desk_app.usecases.demonstration.schedule import DAY, moment
from desk_app.usecases.figures import Figure, figures

PASSPHRASE = "roh demonstration only"
START = date(2017, 3, 1)

_FIRST_BUNDLES = 60
"""How many days ago the desks sent all they had until then."""
_LETTERS = {"tg": "khorugh", "ru": "khujand", "uz_Cyrl": "jaihun", "uz_Latn": "gafurov"}
"""Which desk prints the letter of each language."""
_FAMILY: Values = {"stage": "family", "release_date": None, "release_type": None, "institution": None}
_MOVES = (("khorugh", "tg", "1973-05-12", 52), ("vahdat", "ru_alt", "1973", 19))
"""Where the man who moved came, how he was written down, and how many days ago: after the corrections."""

_WEIGHTS = (22, 7, 14, 11, 10, 9, 8, 7, 5, 7)
"""How many of a hundred people come to each desk, in the order of `DESKS`."""


class Stage(Enum):
    """What is being made."""

    OFFICES = "offices"
    CASES = "cases"
    BUNDLES = "bundles"
    PAPERS = "papers"


Progress = Callable[[Stage, int, int], None]
"""Called with the stage, its steps done and its steps in all."""


@dataclass(frozen=True, slots=True)
class DeskSummary:
    """What one vault holds; `bundles` counts those that its owner sent."""

    code: str
    people: int
    consultations: int
    referrals: int
    letters: int
    bundles: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What was made: every vault, the papers, and the coordinator's figures over the period."""

    vaults: tuple[DeskSummary, ...]
    papers: tuple[Path, ...]
    period: Period
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Programme:
    folder: Path
    coordinator: Office
    desks: tuple[Office, ...]
    on: date
    progress: Progress

    @property
    def bundles(self) -> Path:
        """Where the bundles lie."""
        return self.folder / "bundles"

    def last_of(self, desk: Office) -> int:
        """When a desk made its last bundle: yesterday, or some days before."""
        return moment(self.on - timedelta(days=1 + self.desks.index(desk) % 5), 16)


def make(folder: Path, people: int, seed: str, passphrase: str, now: int, progress: Progress) -> Summary:
    """Makes the programme with more than `people` people served, as it stands at `now` (Unix milliseconds).

    The same seed on the same day gives the same records; keys are random. Raises `VaultExists` for a folder that is
    not empty, `PassphraseTooShort`, `NoAccess`, `DiskFull`.
    """
    _prepare(folder)
    with _offices(folder, seed, passphrase, today(now), progress) as programme:
        carrying.enrol(programme.coordinator, programme.desks, folder / "cards")
        directory.fill(programme.coordinator, people)
        _send_out(programme, "first", moment(START + timedelta(days=2)))
        _plan(programme, people, Random(f"{seed} people"))
        middle = moment(programme.on - timedelta(days=_FIRST_BUNDLES))
        _work(programme, [middle] * len(programme.desks), 0)
        _exchange(programme, "middle", middle + 2 * DAY)
        _disagree(programme, middle + 3 * DAY)
        _send_out(programme, "middle answer", middle + 4 * DAY)
        _work(programme, [programme.last_of(desk) for desk in programme.desks], len(programme.desks))
        papers = _letters(programme)
        evening = moment(programme.on - timedelta(days=1), 18)
        _exchange(programme, "last", evening)
        _send_out(programme, "last answer", evening + DAY // 12)
        return _told(programme, [*papers, *_reports(programme)])


def _prepare(folder: Path) -> None:
    with files.as_trouble(folder, FileUnwritable):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise VaultExists(str(folder))
        for name in ("bundles", "out", "cards"):
            (folder / name).mkdir(parents=True)


@contextmanager
def _offices(folder: Path, seed: str, passphrase: str, on: date, progress: Progress) -> Iterator[_Programme]:
    start = moment(START)
    codes = [COORDINATOR, *(desk.code for desk in DESKS)]
    with ExitStack() as opened:
        made = []
        for done, code in enumerate(codes):
            progress(Stage.OFFICES, done, len(codes))
            office = open_office(folder, code, seed, passphrase, start)
            opened.callback(vaults.lock, office.vault)
            made.append(office)
        progress(Stage.OFFICES, len(codes), len(codes))
        yield _Programme(folder, made[0], tuple(made[1:]), on, progress)


def _plan(programme: _Programme, people: int, chance: Random) -> None:
    """Who comes where and when: the people asked for and some more, some of them twice, some still inside."""
    span = (programme.on - START).days - 20

    def arrival(first: int = 0) -> int:
        day = START + timedelta(days=5 + chance.randrange(first, span))
        return moment(day, 9 + chance.randrange(6), chance.randrange(60))

    served = people + max(2, people // 30)
    for number in range(served):
        few = number < len(programme.desks)
        desk = programme.desks[number] if few else chance.choices(programme.desks, _WEIGHTS)[0]
        person = invent(chance, desk.spelling())
        first = arrival()
        desk.schedule.plan(case(desk, person, first))
        if number % 60 == 30:
            other = programme.desks[(programme.desks.index(desk) + 3) % len(programme.desks)]
            later = first + chance.randrange(1, max(2, (moment(programme.on) - first) // DAY - 10)) * DAY
            other.schedule.plan(case(other, person.spelled_otherwise(chance), later))
    for number in range(max(10, people // 12)):
        desk = programme.desks[number % len(programme.desks)]
        soon = number < len(programme.desks) * 3 // 2
        free = programme.on + timedelta(days=chance.randrange(3, 29) if soon else chance.randrange(40, 1500))
        sex = next((prison.sex for prison in content().prisons if prison.desk == desk.code), None)
        known: Values = {"stage": "in_custody", "release_date": free.isoformat(), "release_type": None}
        desk.schedule.plan(
            case(desk, invent(chance, desk.spelling(), sex), arrival(span - (25 if soon else 700)), known)
        )
    for _ in range(max(1, people // 40)):
        desk = chance.choice(programme.desks)
        desk.schedule.plan(case(desk, invent(chance, desk.spelling()), arrival(), _FAMILY))
    _plan_move(programme, chance)
    _plan_courses(programme, people)
    for desk in programme.desks:
        desk.schedule.plan(present(desk, programme.last_of(desk), moment(programme.on)))


def _plan_move(programme: _Programme, chance: Random) -> None:
    """One man comes to a desk, moves, and is written down at another in another spelling."""
    for code, spelling, born, days in _MOVES:
        desk = next(desk for desk in programme.desks if desk.code == code)
        known: Values = {"birth_date": born, "sex": "male", "stage": "released"}
        came = moment(programme.on - timedelta(days=days), 10)
        desk.schedule.plan(case(desk, named(chance, spelling, "Исмоилов", "Исмоил", "Раҳим"), came, known))


def _plan_courses(programme: _Programme, people: int) -> None:
    prisoners = max(8, people // 2)
    for prison in content().prisons:
        desk = next(desk for desk in programme.desks if desk.code == prison.desk)
        last = programme.on - timedelta(days=30)
        desk.schedule.plan(courses(desk, prison, -(-prisoners * prison.share // 10), START, last))
    programme.coordinator.schedule.plan(directory.gatherings(programme.coordinator, START))
    programme.coordinator.schedule.plan(directory.calls(programme.coordinator, programme.on))


def _work(programme: _Programme, until: Sequence[int], done: int) -> None:
    """Every desk works until its moment, each in one transaction."""
    steps = 2 * len(programme.desks)
    for number, (desk, last) in enumerate(zip(programme.desks, until, strict=True)):
        programme.progress(Stage.CASES, done + number, steps)
        desk.random.begin(f"work {done}")
        with vaults.together(desk.vault):
            desk.schedule.run_until(last)
    programme.progress(Stage.CASES, done + len(programme.desks), steps)


def _exchange(programme: _Programme, name: str, at: int) -> None:
    for desk in programme.desks:
        desk.random.begin(f"bundle {name}")
    programme.coordinator.schedule.run_until(at)
    programme.progress(Stage.BUNDLES, 0, len(programme.desks))
    count = carrying.send_in(programme.coordinator, programme.desks, programme.bundles)
    programme.progress(Stage.BUNDLES, count, len(programme.desks))


def _send_out(programme: _Programme, name: str, at: int) -> None:
    programme.coordinator.random.begin(f"bundle {name}")
    programme.progress(Stage.BUNDLES, 0, len(programme.desks))
    count = carrying.send_out(programme.coordinator, programme.desks, programme.bundles, at)
    programme.progress(Stage.BUNDLES, count, len(programme.desks))
    programme.coordinator.random.begin(f"after {name}")


def _disagree(programme: _Programme, at: int) -> None:
    """Three birth dates are corrected at the desk and at the coordinator before either hears of the other."""
    # An hour apart: of two changes of one moment, the keys would decide which is shown, and keys are random.
    programme.coordinator.clock.reach(at + DAY // 24)
    for desk in [desk for desk in programme.desks if desk.clients][:3]:
        desk.clock.reach(at)
        desk.random.begin("correction")
        records.edit(desk.vault, desk.clients[0], {"birth_date": "1979-04-02"})
        records.edit(programme.coordinator.vault, desk.clients[0], {"birth_date": "1979-02-04"})


def _letters(programme: _Programme) -> list[Path]:
    """One letter in each language, to the legal aid centre of the place."""
    words = next(one for one in content().offices if one.category == "legal_aid")
    papers = []
    for language, code in _LETTERS.items():
        desk = next(desk for desk in programme.desks if desk.code == code)
        referral = refer(desk, desk.agreed[0], words, language, "2w")
        pdf = letters.print_letter(desk.vault, referral, language).pdf
        papers.append(programme.folder / "out" / f"letter-{language}.pdf")
        files.write(papers[-1], pdf)
    return papers


def _reports(programme: _Programme) -> list[Path]:
    papers = []
    wanted = [(language, suffix) for language in ("ru", "en") for suffix in reports.PAPERS]
    for done, (language, suffix) in enumerate(wanted):
        programme.progress(Stage.PAPERS, done, len(wanted))
        tr = Translator(by_code(language))
        report = reports.report(programme.coordinator.vault, "indicators", _period(programme), tr)
        papers.append(programme.folder / "out" / f"indicators-{language}{suffix}")
        reports.save(programme.coordinator.vault, reports.PAPERS[suffix](report, tr), papers[-1])
    programme.progress(Stage.PAPERS, len(wanted), len(wanted))
    return papers


def _told(programme: _Programme, papers: Sequence[Path]) -> Summary:
    period = _period(programme)
    everybody = (programme.coordinator, *programme.desks)
    sent = {office.code: 3 * len(programme.desks) if office is programme.coordinator else 2 for office in everybody}
    summaries = tuple(_summary(office, sent[office.code]) for office in everybody)
    return Summary(summaries, tuple(papers), period, tuple(figures(programme.coordinator.vault, period)))


def _summary(office: Office, bundles: int) -> DeskSummary:
    kinds = [office.vault.registry[name] for name in ("client", "service", "referral", "letter")]
    people, consultations, referrals, printed = (rows.count(office.vault.db, kind) for kind in kinds)
    return DeskSummary(office.code, people, consultations, referrals, printed, bundles)


def _period(programme: _Programme) -> Period:
    return Period(START, programme.on)
