"""Choices and letter wording on the command line: the same checks as in the window."""

from pathlib import Path

from desk_app.documents.templates import shipped_wording
from tests.end_to_end.conftest import Typed


def test_choices_and_wordings_are_added_listed_and_edited(coordinator: Typed, khorugh: Typed, tmp_path: Path) -> None:
    made = coordinator("add", "choice", "vocabulary=organisation_category", "en=Bank", "tg=Бонк", "--json")
    assert made.code == 0
    assert made.json["number"] == "x_bank"
    (listed,) = coordinator("list", "choice", "code=x_bank", "--json").json["records"]
    assert (listed["id"], listed["vocabulary"], listed["tg"]) == (made.json["id"], "organisation_category", "Бонк")
    assert coordinator("edit", made.json["id"], "en=Bank or fund", "off=yes").code == 0
    bank = coordinator("add", "organisation", "name_tg=Бонки Эсхата", "category=x_bank", "--json").json["id"]
    assert "Bank or fund" in coordinator("show", bank).out
    for refused in (
        ("add", "choice", "vocabulary=sex", "en=Other"),
        ("edit", made.json["id"], "code=x_other"),
        ("add", "choice", "vocabulary=organisation_category", "en=A", "number=5"),
    ):
        answer = coordinator(*refused)
        assert (answer.code, len(answer.err.splitlines()) <= 2) == (1, True), refused
    assert khorugh("add", "choice", "vocabulary=organisation_category", "en=Bank").code == 1
    wording = shipped_wording("ru").replace("НАПРАВЛЕНИЕ", "ПУТЁВКА")
    record = coordinator("add", "letter_text", "language=ru", f"wording={wording}", "--json").json["id"]
    assert coordinator("edit", record, f"wording={wording.replace('{{ number }}', '{{ secret }}')}").code == 1
    assert coordinator("edit", record, "wording=").code == 0
    assert coordinator("show", record, "--json").json["record"]["wording"] is None
