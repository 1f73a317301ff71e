"""Every command over a demonstration: what it answers, in which shape, with which code."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desk_app.usecases.demonstration import PASSPHRASE
from tests.end_to_end.conftest import Typed

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("tg", "ru", "uz_Latn", "uz_Cyrl")


def test_status_tells_who_and_where_the_exchange_stands(coordinator: Typed, khorugh: Typed) -> None:
    found = coordinator("status", "--json").json
    assert (found["desk"], found["kind"], found["last_backup"]) == ("coordinator", "coordinator", None)
    assert found["people"] > 40
    assert found["records"] > found["people"]
    assert found["changes"] >= found["records"]
    assert len(found["partners"]) == 10
    for partner in found["partners"]:
        assert partner["sent"] >= partner["acknowledged"] > 0
        assert partner["gaps"] == []
    own = khorugh("status", "--json").json
    assert (own["desk"], own["kind"]) == ("khorugh", "desk")
    assert [partner["code"] for partner in own["partners"]] == ["coordinator"]
    assert khorugh("status").out.splitlines()[0].split() == ["Desk", "Khorugh"]


def test_a_record_is_added_shown_listed_edited_and_found(khorugh: Typed) -> None:
    fields = ("surname=Назарзода", "given_name=Фирдавс", "sex=male", "birth_date=1981-04", "phone=+992 900000001")
    made = khorugh("add", "client", *fields, "--json")
    assert made.code == 0
    assert set(made.json) == {"id", "number"}
    number, record = made.json["number"], made.json["id"]
    assert number.startswith("KHG-")
    shown = khorugh("show", number, "--json").json["record"]
    assert (shown["id"], shown["kind"], shown["birth_date"]) == (record, "client", "1981-04")
    assert khorugh("edit", record, "birth_date=1981-04-30", "phone=").code == 0
    listed = khorugh("list", "client", f"number={number}", "--json").json["records"]
    assert [(one["id"], one["birth_date"], one["phone"]) for one in listed] == [(record, "1981-04-30", None)]
    for text in ("Назарзода Фирдавс", "Nazarzoda", "НАЗАРОВ", number):
        people = khorugh("find", text, "--json").json["people"]
        assert record in [one["id"] for one in people], text
        assert set(people[0]) == {"id", "number", "name", "desk", "moved_to", "birth", "score", "why"}
    assert len(khorugh("find", "а", "--limit", 2, "--json").json["people"]) <= 2


def test_records_about_a_client_name_him_by_number(khorugh: Typed) -> None:
    number = khorugh("add", "client", "given_name=Гулрухсор", "--json").json["number"]
    for kind, *fields in (
        ("service", "type=legal", "delivered_on=2026-03-05"),
        ("need", "pathway=housing"),
        ("consent", "purpose=sharing", "state=given"),
        ("followup", "type=contact", "due=2026-03-09"),
    ):
        made = khorugh("add", kind, f"client={number}", *fields, "--json")
        assert made.code == 0, made.err
        assert len(khorugh("list", kind, f"client={number}", "--json").json["records"]) == 1
    office = khorugh("add", "organisation", "name_tg=Маркази шуғл", "--json").json["id"]
    asked = (f"client={number}", f"organisation={office}", "service_asked=Кор")
    made = khorugh("add", "referral", *asked, "--json").json
    assert khorugh("show", made["id"], "--json").json["record"]["state"] == "draft"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_in_each_language_is_recorded_as_printed(
    demonstration: Path, khorugh: Typed, tmp_path: Path, language: str
) -> None:
    referral = khorugh("list", "referral", "state=sent", "--json").json["records"][0]["number"]
    before = len(khorugh("list", "letter", "--json").json["records"])
    file = tmp_path / "letter.pdf"
    first = khorugh("letter", referral, "--language", language, "--output", file, "--json")
    assert first.code == 0, first.err
    assert file.read_bytes().startswith(b"%PDF")
    after = len(khorugh("list", "letter", "--json").json["records"])
    assert after == before + (0 if first.json["again"] else 1)
    again = khorugh("letter", referral, "--language", language, "--output", tmp_path / "again.pdf", "--json")
    assert again.json["again"] is True
    assert (tmp_path / "again.pdf").read_bytes() == file.read_bytes()
    assert (demonstration / "out" / f"letter-{language}.pdf").read_bytes().startswith(b"%PDF")


def test_a_letter_that_cannot_be_written_was_not_printed(khorugh: Typed, tmp_path: Path) -> None:
    client = khorugh("add", "client", "given_name=Сабр", "--json").json["number"]
    for purpose in ("service", "sharing"):
        khorugh("add", "consent", f"client={client}", f"purpose={purpose}", "state=given")
    office = khorugh("list", "organisation", "--json").json["records"][0]["id"]
    asked = (f"client={client}", f"organisation={office}", "service_asked=Кор")
    referral = khorugh("add", "referral", *asked, "--json").json["id"]
    state = khorugh("check", "--json").json["state"]
    nowhere = tmp_path / "none" / "letter.pdf"
    assert khorugh("letter", referral, "--language", "tg", "--output", nowhere).code == 1
    assert khorugh("check", "--json").json["state"] == state
    assert khorugh("letter", referral, "--language", "tg", "--output", tmp_path / "letter.pdf").code == 0
    assert khorugh("show", referral, "--json").json["record"]["state"] == "sent"


def test_a_bundle_travels_once(khorugh: Typed, coordinator: Typed, tmp_path: Path) -> None:
    khorugh("add", "client", "given_name=Ситора", "surname=Юсуфзода")
    made = khorugh("export", "--to", "coordinator", "--output", tmp_path, "--json").json
    assert {"file", "to", "changes", "digits"} <= set(made)
    assert made["to"] == "coordinator"
    seen = coordinator("merge", made["file"], "--preview", "--json")
    assert seen.json["files"][0]["outcome"] == "merged"
    assert coordinator("find", "Ситора Юсуфзода", "--json").json["people"] == []
    merged = coordinator("merge", made["file"], "--json")
    (told,) = merged.json["files"]
    keys = {"file", "outcome", "sender", "new", "updated", "same", "disagreements", "quarantined"}
    assert keys <= set(told)
    assert (merged.code, told["outcome"], told["sender"]) == (0, "merged", "khorugh")
    assert told["new"] == seen.json["files"][0]["new"] >= 1
    assert len(coordinator("find", "Ситора Юсуфзода", "--json").json["people"]) == 1
    again = coordinator("merge", made["file"], "--json")
    assert (again.code, again.json["files"][0]["outcome"]) == (0, "known")


def test_bad_bundles_are_refused_one_by_one(
    demonstration: Path, khorugh: Typed, coordinator: Typed, typed: Typed, tmp_path: Path
) -> None:
    good = Path(khorugh("export", "--to", "coordinator", "--output", tmp_path, "--json").json["file"])
    cut = tmp_path / "cut.roh"
    cut.write_bytes(good.read_bytes()[:-100])
    state = coordinator("check", "--json").json["state"]
    told = coordinator("merge", cut, tmp_path / "absent.roh", "--json")
    assert told.code == 1
    assert {one["outcome"] for one in told.json["files"]} == {"damaged"}
    assert coordinator("check", "--json").json["state"] == state
    foreign = typed("--vault", demonstration / "vose", "merge", good, "--json")
    assert (foreign.code, foreign.json["files"][0]["outcome"]) == (1, "foreign")
    assert coordinator("merge", cut, good, "--json").code == 1
    assert coordinator("merge", good, "--json").json["files"][0]["outcome"] == "known"


def test_cards_are_shown_compared_and_admitted(khorugh: Typed, typed: Typed, tmp_path: Path) -> None:
    folder, card = tmp_path / "vose", tmp_path / "card"
    made = typed("--vault", folder, "create", "--kind", "desk", "--desk", "vose", "--json")
    assert made.code == 0
    assert len(made.json["recovery_code"].split()) == 8
    shown = typed("--vault", folder, "card", "--output", card, "--json").json
    assert shown["code"] == "vose"
    wrong = "0" * len("".join(shown["digits"].split()))
    assert khorugh("enrol", card, "--digits", wrong).code == 1
    assert khorugh("enrol", card, "--digits", shown["digits"]).code == 0
    assert "vose" in [one["code"] for one in khorugh("partners", "--json").json["partners"]]
    assert khorugh("export", "--to", "nowhere", "--output", tmp_path).code == 1


def test_a_report_in_every_form(coordinator: Typed, tmp_path: Path) -> None:
    listed = coordinator("report", "--list", "--json").json["reports"]
    assert [one["name"] for one in listed] == ["indicators"]
    period = ("--from", "2017-03-01", "--to", "2027-12-31")
    for language in (*LANGUAGES, "en"):
        file = tmp_path / f"{language}.pdf"
        assert coordinator("report", "indicators", *period, "--language", language, "--output", file).code == 0
        assert file.read_bytes().startswith(b"%PDF")
    table = tmp_path / "figures.xlsx"
    figures = coordinator("report", "indicators", *period, "--language", "en", "--output", table, "--json").json
    served = next(one for one in figures["indicators"] if one["code"] == "ex_prisoners_served")
    cells = [cell for sheet in _sheets(table) for row in sheet for cell in row]
    assert "ex_prisoners_served" in cells
    row = next(row for sheet in _sheets(table) for row in sheet if "ex_prisoners_served" in row)
    assert served["actual"] in row
    assert served["actual"] == sum(served["by_sex"].values()) == sum(d["total"] for d in served["by_desk"].values())


def _sheets(path: Path) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_path(str(path))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_disagreements_show_who_said_what_and_when(coordinator: Typed) -> None:
    found = coordinator("disagreements", "--json").json["disagreements"]
    assert found
    for one in found:
        assert {"id", "record", "field", "values"} <= set(one)
        assert one["field"] == "birth_date"
        for value in one["values"]:
            assert set(value) == {"value", "author", "desk", "recorded", "imported"}
        by_desk = {value["desk"]: value for value in one["values"]}
        assert by_desk["coordinator"]["imported"] is None
        (desk,) = set(by_desk) - {"coordinator"}
        assert by_desk[desk]["imported"] > by_desk[desk]["recorded"]
        assert by_desk[desk]["value"] != by_desk["coordinator"]["value"]
    assert len(coordinator("disagreements").out.splitlines()) == len(found)


def test_every_vault_is_whole(demonstration: Path, typed: Typed) -> None:
    states = set()
    for folder in [path.parent for path in demonstration.glob("*/keys.json")]:
        found = typed("--vault", folder, "check", "--deep", "--json")
        assert (found.code, found.json["ok"], found.json["problems"]) == (0, True, [])
        states.add(found.json["state"])
    assert len(states) == 11


def test_names_are_matched_alone_and_by_the_file(typed: Typed, tmp_path: Path) -> None:
    alike = typed("name-match", "Исмоилов Исмоил", "Ismoilov Ismoil")
    assert alike.code == 0
    assert float(alike.out) > 0.95
    file = tmp_path / "pairs.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        rows = [("name_a", "name_b"), ("Ҷамшед", "Jamshed"), ("Ҷамшед", ""), ("Карим", "Фарзона")]
        csv.writer(opened).writerows(rows)
    scores = [float(line) for line in typed("name-match", "--pairs", file).out.splitlines()]
    assert len(scores) == 3
    assert scores[0] > 0.9
    assert scores[1] == 0
    assert scores[2] < 0.5
    assert typed("name-match", "--pairs", file, "--json").json["scores"] == scores
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert typed("name-match", "--pairs", file).code == 1


def test_a_process_of_its_own_prints_utf8_whatever_the_locale(demonstration: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "DESK_APP_PASSPHRASE": PASSPHRASE}
    environment.pop("DESK_APP_LANGUAGE", None)
    command = [sys.executable, "-m", "desk_app", "--vault", str(demonstration / "khorugh"), "list", "client", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stderr == b""
    assert json.loads(done.stdout.decode("utf-8"))["records"]
    wrong = [*command[:4], str(demonstration / "nothing"), "status"]
    failed = subprocess.run(wrong, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert len(failed.stderr.splitlines()) == 1
    russian = subprocess.run(
        wrong, cwd=ROOT, env={**environment, "DESK_APP_LANGUAGE": "ru"}, capture_output=True, check=False
    )
    assert "нет" in russian.stderr.decode("utf-8").lower()
    usage = subprocess.run([*command[:3], "status", "--nonsense"], cwd=ROOT, capture_output=True, check=False)
    assert usage.returncode == 2


def test_the_record_of_access_tells_who_did_what(khorugh: Typed, tmp_path: Path) -> None:
    (client, *_) = khorugh("list", "client", "--json").json["records"]
    assert khorugh("show", client["id"]).code == 0
    told = khorugh("audit", "--json").json["entries"]
    last, seen, first = told[0], told[1], told[-1]
    assert (last["action"], seen["action"], first["action"]) == ("unlocked", "locked", "unlocked")
    (entry,) = [one for one in told[:6] if one["action"] == "seen"]
    assert (entry["record"], entry["kind"], entry["number"]) == (client["id"], "client", client["number"])
    assert {"made", "printed", "exported"} <= {one["action"] for one in told}
    lines = khorugh("audit", "--user", entry["name"], "--since", entry["at"][:10]).out.splitlines()
    assert any("Opened a record" in line and client["number"] in line for line in lines)
    assert khorugh("audit", "--until", "2001-01-01").out == "0 entries\n"
    assert khorugh("audit", "--user", "Nobody").code == 1
    assert khorugh("audit", "--since", "yesterday").code == 2
