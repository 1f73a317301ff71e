"""What comes on a stick into a real vault: cut, bent, bewitched, replayed, from desks whose clocks went astray.

Whatever it is, it is taken whole or changes nothing, and the program goes on working with it.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk_app.domain.clock import MAX_COUNTER, MAX_LIFT_MS, Stamp, milliseconds_of, stamp_of
from desk_app.domain.errors import Damaged, DiskFull, InvalidBody, InvalidValue
from desk_app.domain.ids import RecordId
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.translator import Translator
from desk_app.storage import log_table
from desk_app.storage.vault import Vault
from desk_app.sync import bundle
from desk_app.sync.bundle_changes import decode_chunk, encode_chunk
from desk_app.sync.framing import FileParts
from desk_app.usecases import (
    alarms,
    attachments,
    carrying,
    checking,
    exchange,
    fetching,
    merging,
    partners,
    people,
    records,
    reports,
    roster,
    status,
    today,
)
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import FakeClock, acquaint, make_client, make_vault
from tests.plain_bytes import spellings
from tests.unit.usecases.bent_bundles import (
    Header,
    body,
    flipped,
    plain_of,
    retreed,
    rewritten,
    sealed_anew,
    sections,
    with_more,
)
from tests.unit.usecases.scans import added, noisy, written

CLIENT, UNKNOWN_KIND = 1, 4711


@dataclass
class Programme:
    """A coordinator and a desk that know each other, and the folder their sticks are in."""

    coordinator: Vault
    desk: Vault
    clocks: dict[str, FakeClock]
    stick: Path

    def send(self) -> Path:
        return exchange.export(self.desk, "coordinator", self.stick).file

    def answer(self) -> Path:
        return exchange.export(self.coordinator, "khorugh", self.stick).file

    def lay(self, data: bytes, name: str = "laid.roh") -> Path:
        path = self.stick / name
        path.write_bytes(data)
        return path

    @property
    def states(self) -> tuple[str, str]:
        """Everything visible in both vaults, which are whole."""
        found = [checking.check(vault) for vault in (self.coordinator, self.desk)]
        assert [one.problems for one in found] == [(), ()]
        return found[0].state, found[1].state

    @property
    def agree_on_people(self) -> bool:
        """Whether both vaults show the same people, and somebody."""
        shown = [
            {one.id: (dict(one.values), one.changed) for one in records.find_all(vault, "client")}
            for vault in (self.coordinator, self.desk)
        ]
        return shown[0] == shown[1] != {}


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    clocks = {code: FakeClock() for code in ("coordinator", "khorugh")}
    coordinator, desk = (make_vault(tmp_path, code, clock) for code, clock in clocks.items())
    acquaint(coordinator, desk, tmp_path)
    (tmp_path / "stick").mkdir()
    yield Programme(coordinator, desk, clocks, tmp_path / "stick")
    for vault in (coordinator, desk):
        vault.close()


def take(vault: Vault, *files: Path) -> tuple[FilePlan, ...]:
    return merging.apply_plan(vault, merging.plan_files(vault, files))


def outcomes(vault: Vault, *files: Path) -> set[Outcome]:
    return {one.outcome for one in take(vault, *files)}


def test_a_bundle_cut_anywhere_lengthened_or_bent_brings_nothing(programme: Programme, tmp_path: Path) -> None:
    added(programme.desk, tmp_path, side=500)
    good = programme.send()
    data, plain = good.read_bytes(), plain_of(good, programme.coordinator)
    before = programme.states
    parts = sections(plain)
    assert {plain[start : start + 1] for start, _ in parts[1:-2]} == {b"C", b"L", b"P"}
    good.unlink()
    for number, cut in enumerate([*range(0, len(data), 4096), len(data) - 1]):
        programme.lay(data[:cut], f"cut-{number}.roh")
    for number, longer in enumerate((data + bytes(512), data + data, data + b"\n", data + os.urandom(100))):
        programme.lay(longer, f"longer-{number}.roh")
    for number, (start, end) in enumerate(parts):
        bent = flipped(plain, (start + end) // 2)
        programme.lay(
            sealed_anew(bent, programme.coordinator) if number else data[:-5] + b"xxxxx", f"bent-{number}.roh"
        )
        if 0 < number < len(parts) - 2:
            programme.lay(sealed_anew(retreed(bent), programme.coordinator), f"treed-{number}.roh")
    assert len(list(programme.stick.iterdir())) > 40
    assert outcomes(programme.coordinator, programme.stick) == {Outcome.DAMAGED}
    assert programme.states == before
    assert outcomes(programme.coordinator, programme.lay(data)) == {Outcome.MERGED}


def test_parts_of_two_bundles_never_make_a_third(programme: Programme, tmp_path: Path) -> None:
    """All of them true parts, signed by the same desk: headers, chunks and pieces swapped, tree hash and seal anew."""
    added(programme.desk, tmp_path, side=500)
    first = plain_of(programme.send(), programme.coordinator)
    make_client(programme.desk)
    second = plain_of(programme.send(), programme.coordinator)
    before = programme.states
    one, other = sections(first), sections(second)
    tail = first[one[-2][0] : one[-2][1]]
    parts = [first[start:end] for start, end in one[1:-2]]
    front, chunk = first[: one[0][1]], second[other[1][0] : other[1][1]]
    pieces = [at for at, part in enumerate(parts) if part.startswith(b"P")]
    swapped = list(parts)
    a, b = pieces[:2]
    swapped[a], swapped[b] = parts[b][:5] + parts[a][5:], parts[a][:5] + parts[b][5:]
    exchanged = list(parts)
    exchanged[a], exchanged[b] = parts[a][:5] + parts[b][5:], parts[b][:5] + parts[a][5:]
    bent = [
        second[: other[0][1]] + b"".join(parts),
        front + b"".join([chunk, *parts[1:]]),
        front + b"".join(parts[:-1]),
        front + b"".join(swapped),
        front + b"".join(exchanged),
        front + b"".join([parts[0], parts[0][:4] + b"\1" + parts[0][5:], *parts[1:]]),
    ]
    for number, made in enumerate(bent):
        programme.lay(sealed_anew(retreed(made + tail), programme.coordinator), f"bent-{number}.roh")
    files = sorted(programme.stick.glob("bent-*"))
    assert outcomes(programme.coordinator, *files) == {Outcome.DAMAGED}
    assert programme.states == before
    assert retreed(front + b"".join(parts) + tail) == first


def test_a_bundle_replayed_after_a_year_changes_nothing(programme: Programme) -> None:
    client = make_client(programme.desk, "Исмоил", surname="Исмоилов")
    old = programme.send()
    take(programme.coordinator, old)
    records.edit(programme.desk, client, {"surname": "Назаров"})
    records.remove(programme.desk, make_client(programme.desk, "Салим"))
    plain = plain_of(old, programme.coordinator)
    take(programme.coordinator, programme.send())
    before = programme.states
    (again,) = take(programme.coordinator, programme.lay(sealed_anew(plain, programme.coordinator)))
    assert (again.outcome, again.new, again.updated, again.disagreements) == (Outcome.MERGED, 0, 0, 0)
    assert programme.states == before
    for clock in programme.clocks.values():
        clock.forward(days=365)
    assert outcomes(programme.coordinator, old) == {Outcome.KNOWN}
    assert programme.states == before
    assert records.show(programme.coordinator, client).text("surname") == "Назаров"
    make_client(programme.desk, "Карим")
    assert outcomes(programme.coordinator, programme.send()) == {Outcome.MERGED}


def test_poison_is_set_aside_and_stops_nothing(programme: Programme) -> None:
    client = make_client(programme.desk, "Исмоил")
    field = {one.name: str(one.number) for one in programme.desk.registry["client"].fields}
    poison: list[dict[str, object]] = [
        {field["birth_date"]: "1987-13-45"},
        {field["sex"]: 7},
        {field["safety"]: ["at_risk"]},
        {field["safety"]: {"no such thing": [True]}},
        {field["given_name"]: "a\0b\u202e"},
        {field["given_name"]: []},
        {field["given_name"]: ["Салим", 9, -1, "x"]},
        {field["phone"]: {"x": [True]}},
    ]
    new = RecordId("ab" * 16)
    said = [(client, CLIENT, body(fields), None) for fields in poison]
    said += [(client, CLIENT, b"no body", None), (client, CLIENT, b"[" * 5000, None)]
    said += [(new, CLIENT, body({field["given_name"]: "Салим", field["sex"]: "no such", "9999": "later"}), None)]
    said += [(RecordId("cd" * 16), UNKNOWN_KIND, body({"10": "of a later version"}), None)]
    file = programme.lay(with_more(programme.send(), programme.desk, programme.coordinator, said))
    (planned,) = merging.plan_files(programme.coordinator, [file]).files
    (done,) = take(programme.coordinator, file)
    assert (done.outcome, done.quarantined) == (Outcome.MERGED, planned.quarantined)
    assert done.quarantined >= len(poison) + 3
    assert programme.states
    assert [one.name for one in people.find(programme.coordinator, "Салим")] == ["Салим"]
    assert records.show(programme.coordinator, client).text("given_name") == "Исмоил"
    records.edit(programme.coordinator, client, {"surname": "Назаров"})
    assert {InvalidValue, InvalidBody} == _refusals(programme.coordinator, client)
    kept = log_table.of_records(programme.coordinator.db, [RecordId("cd" * 16)])
    assert [change.kind for change in kept[RecordId("cd" * 16)]] == [UNKNOWN_KIND]
    assert outcomes(programme.desk, programme.answer()) == {Outcome.MERGED}
    assert records.show(programme.desk, client).text("surname") == "Назаров"


def _refusals(vault: Vault, record: RecordId) -> set[type]:
    state = vault.journal.state(vault.registry["client"], record)
    return {type(one.trouble) for one in state.refused}


@pytest.mark.parametrize("years", [40, -40])
def test_a_desk_whose_clock_is_forty_years_off(programme: Programme, years: int) -> None:
    """Order comes from who saw what; the coordinator's own clock is not dragged along, and every day can be shown."""
    programme.clocks["khorugh"].forward(days=365 * years)
    client = make_client(programme.desk, "Исмоил", surname="а")
    assert outcomes(programme.coordinator, programme.send()) == {Outcome.MERGED}
    for surname in ("б", "в"):
        records.edit(programme.coordinator, client, {"surname": surname})
        assert outcomes(programme.desk, programme.answer()) == {Outcome.MERGED}
        assert records.show(programme.desk, client).text("surname") == surname
        records.edit(programme.desk, client, {"surname": surname * 2})
        (done,) = take(programme.coordinator, programme.send())
        assert (done.outcome, done.disagreements) == (Outcome.MERGED, 0)
        assert records.show(programme.coordinator, client).text("surname") == surname * 2
    lifted = milliseconds_of(programme.coordinator.journal.clock.last)
    assert lifted <= programme.clocks["coordinator"].at + MAX_LIFT_MS
    assert programme.states
    for vault in (programme.coordinator, programme.desk):
        assert today.today(vault) is not None
        assert status.status(vault).people == 1


def test_the_highest_stamp_there_is_drags_no_clock_along(programme: Programme) -> None:
    client = make_client(programme.desk, "Исмоил")
    highest = Stamp((2**47 - 1) << 16 | MAX_COUNTER)
    soon = stamp_of(programme.clocks["coordinator"].at + MAX_LIFT_MS // 2, MAX_COUNTER)
    field = str(programme.desk.registry["client"].field("surname").number)
    said = [(client, CLIENT, body({field: text}), stamp) for text, stamp in (("а", soon), ("б", highest))]
    file = programme.lay(with_more(programme.send(), programme.desk, programme.coordinator, said))
    assert outcomes(programme.coordinator, file) == {Outcome.MERGED}
    assert programme.coordinator.journal.clock.last == soon
    stamps = []
    for surname in ("Назаров", "Салимов", "Каримов"):
        records.edit(programme.coordinator, client, {"phone": f"+992 900 00 0{len(stamps)} 00", "father_name": surname})
        stamps.append(programme.coordinator.journal.clock.last)
    assert soon < stamps[0] < stamps[1] < stamps[2]
    assert milliseconds_of(stamps[2]) <= milliseconds_of(soon) + 1
    assert records.show(programme.coordinator, client).text("father_name") == "Каримов"
    assert records.show(programme.coordinator, client).changed >= milliseconds_of(soon)
    assert programme.states


def test_no_number_of_a_known_sender_is_too_odd_to_live_with(programme: Programme) -> None:
    make_client(programme.desk)
    first = programme.send()
    huge = 2**53

    def bent(told: Header) -> None:
        told.update(number=huge, made_on=huge, roster=huge, acknowledges={"number": huge, "hash": "ab" * 32})
        told["heads"] = {programme.coordinator.chain: [1, "ab" * 32]}
        told["have"] = {programme.coordinator.chain: huge, f"{'ab' * 16}.00000000": huge}

    data = rewritten(first, programme.desk, programme.coordinator, header=bent)
    (done,) = take(programme.coordinator, programme.lay(data))
    assert (done.outcome, done.number) == (Outcome.MERGED, huge)
    (standing,) = partners.partners(programme.coordinator)
    assert len(standing.gaps) <= exchange.MOST_NUMBERS
    assert reports.coverage(programme.coordinator, Translator(ENGLISH))
    assert status.status(programme.coordinator).partners == (standing,)
    assert today.today(programme.coordinator) is not None
    assert outcomes(programme.desk, programme.answer()) == {Outcome.MERGED}
    (known,) = take(programme.coordinator, first)
    assert (known.outcome, known.new, known.updated) == (Outcome.MERGED, 0, 0)
    assert alarms.open_alarms(programme.coordinator) == ()
    # Whoever says the highest number there is of rosters is shut out all the same.
    assert roster.current(programme.coordinator).troubles == ()
    roster.revoke(programme.coordinator, "khorugh")
    assert roster.current(programme.coordinator).versions == {"coordinator": 2}
    assert programme.states


def test_no_number_reaches_into_another_chain(programme: Programme) -> None:
    """A log keeps chain and number in one integer: a number beyond its share of it would be another chain's."""
    assert log_table.SEQ_MASK == 2**40 - 1
    make_client(programme.desk)
    file = programme.send()
    before = programme.states

    def beyond(texts: list[bytes]) -> list[bytes]:
        changes = [change for text in texts for change in decode_chunk(text)]
        return [encode_chunk([*changes[:-1], changes[-1]._replace(seq=2**40 + 1)])]

    def twice(texts: list[bytes]) -> list[bytes]:
        return [texts[0].replace(b'"chains":[', b'"chains":["%s",' % programme.desk.chain.encode(), 1)]

    def far(told: Header) -> None:
        told["ranges"] = {chain: [1, 2**41] for chain in told["ranges"]}

    for texts in (beyond, twice):
        data = rewritten(file, programme.desk, programme.coordinator, texts=texts)
        (refused,) = take(programme.coordinator, programme.lay(data))
        assert isinstance(refused.trouble, Damaged)
        assert refused.trouble.where == "chunk 0"
    data = rewritten(file, programme.desk, programme.coordinator, header=far)
    assert outcomes(programme.coordinator, programme.lay(data)) == {Outcome.DAMAGED}
    assert programme.states == before


def test_a_known_sender_bends_what_he_signs(programme: Programme) -> None:
    """Another programme's bundle is none of ours; files that are no files refuse it; pieces of no use are dropped."""
    make_client(programme.desk)
    file = programme.send()

    def with_files(lacks: bytes, *pieces: bytes) -> bytes:
        return rewritten(file, programme.desk, programme.coordinator, files=lambda _files: FileParts(lacks, pieces))

    data = rewritten(file, programme.desk, programme.coordinator, header=lambda told: told.update(programme="other"))
    assert outcomes(programme.coordinator, programme.lay(data)) == {Outcome.FOREIGN}
    for odd in (with_files(bytes(39)), with_files(b"", b"x" * 48), with_files(bytes(80))):
        (refused,) = take(programme.coordinator, programme.lay(odd))
        assert isinstance(refused.trouble, Damaged)
    useless = (bytes(32) + (1).to_bytes(8) + bytes(8) + b"z",) * 3
    (done,) = take(programme.coordinator, programme.lay(with_files(b"", *useless)))
    assert (done.outcome, done.pieces_dropped) == (Outcome.MERGED, 3)


def test_a_stick_with_the_habits_of_fat(programme: Programme) -> None:
    """Names of few signs whose case is lost, no more than 4 GiB in a file, times of two seconds or none at all."""
    names = []
    for _ in range(3):
        make_client(programme.desk)
        file = programme.send()
        names.append(file.name)
        assert file.name.isascii()
        assert file.name == file.name.lower()
        assert file.stem.isalnum()
        assert len(file.name) < 32
    assert len({name.upper() for name in names}) == 3
    assert bundle.FILE_CAP < 2**32 - 1
    for number, path in enumerate(programme.stick.iterdir()):
        shouted = path.rename(path.with_name(path.name.upper()))
        os.utime(shouted, (moment := datetime(1980, 1, 1, tzinfo=UTC).timestamp() + 2 * (number // 2), moment))
    assert outcomes(programme.coordinator, programme.stick) == {Outcome.MERGED}
    assert programme.states
    assert programme.agree_on_people


def test_copies_of_a_synchronised_folder_are_known(programme: Programme) -> None:
    make_client(programme.desk)
    file = programme.send()
    for name in ("{} (1)", "{} (conflicted copy)", "{} (Зарина's conflicted copy 2026-03-05)", "{}-PC-2", "Copy of {}"):
        programme.lay(file.read_bytes(), f"{name.format(file.stem)}.roh")
    done = take(programme.coordinator, programme.stick)
    assert sorted(one.outcome for one in done) == [*[Outcome.KNOWN] * 5, Outcome.MERGED]
    plan = fetching.plan_paths(programme.coordinator, [programme.stick])
    assert {one.outcome for one in plan.files} == {Outcome.KNOWN}
    assert programme.states
    assert programme.agree_on_people


def test_a_disk_that_fills_while_a_bundle_is_taken_in_keeps_nothing_of_it(programme: Programme, tmp_path: Path) -> None:
    added(programme.desk, tmp_path, side=200)
    for number in range(12):
        make_client(programme.desk, f"Исмоил{number}", other_names="Раҳмонов " * 30)
    file, vault = programme.send(), programme.coordinator
    before, spare, failures = programme.states, 0, 0
    while True:
        pages = vault.db.execute("PRAGMA page_count").fetchone()[0]
        vault.db.execute(f"PRAGMA max_page_count = {pages + spare}")
        try:
            done = take(vault, file)
        except DiskFull:
            failures += 1
            assert programme.states == before
            assert partners.partners(vault)[0].received == 0
            spare = spare * 2 + 1
        else:
            break
    vault.db.execute("PRAGMA max_page_count = 1000000")
    assert failures > 3
    assert [one.outcome for one in done] == [Outcome.MERGED]
    assert programme.states
    assert programme.agree_on_people


def test_neither_log_nor_temporary_folder_nor_stick_learns_a_word(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While bundles are made, mailed, refused and taken in, with a scan and names in them."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    caplog.set_level(logging.DEBUG)
    words = {"surname": "Фаррухшоев", "phone": "+992 93 517 24 68", "address": "кӯчаи Ленинобод, 18"}
    client = make_client(programme.desk, "Шоҳинбек", **words)
    attachments.add(programme.desk, client, written(tmp_path, noisy(1, 200)), {"type": "paper", "title": "Фаррухшоев"})
    (tmp_path / "Назарова scan.png").unlink()
    file = programme.send()
    carrying.export_message(programme.desk, "coordinator", programme.stick / "week.eml")
    programme.lay(file.read_bytes()[:-9], "cut.roh")
    poison = with_more(file, programme.desk, programme.coordinator, [(client, CLIENT, body({"11": [7]}), None)])
    programme.lay(poison, "poison.roh")
    plan = fetching.plan_paths(programme.coordinator, [*programme.stick.iterdir()])
    assert len({one.outcome for one in merging.apply_plan(programme.coordinator, plan)}) > 1
    assert records.show(programme.coordinator, client).text("surname") == "Фаррухшоев"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 8
    told = " ".join(f"{one.getMessage()} {one.args} {one.exc_info}" for one in caplog.records).encode()
    everything = told + b"".join(path.read_bytes() for path in files)
    found = [word for word in ("Шоҳинбек", *words.values()) for form in spellings(word) if form in everything]
    assert found == []
    assert list((tmp_path / "tmp").iterdir()) == []
