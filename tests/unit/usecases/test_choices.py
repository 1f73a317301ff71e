"""Choices of the programme's own: laid down by a coordinator, then used, counted and printed at a desk."""

import dataclasses
import itertools
import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import load_workbook

from desk_app.domain.errors import (
    ChoiceCodeWrong,
    ChoiceFixed,
    ChoiceUnknown,
    FieldFixed,
    FieldMissing,
    GlyphMissing,
    InvalidValue,
    KindFixed,
    LastChoice,
    ListClosed,
    NotAllowed,
)
from desk_app.domain.fold import fold
from desk_app.domain.records import ALL
from desk_app.domain.records.choice import CHOICE, choice_of
from desk_app.domain.records.declaration import Field, FieldType, Kind, Registry
from desk_app.domain.records.need import PATHWAY
from desk_app.domain.records.service import MODE, TYPE
from desk_app.domain.rules.indicators import Period
from desk_app.domain.rules.roles import Act, Role, may
from desk_app.domain.vocabulary import Vocabulary
from desk_app.i18n import Translator, by_code, labels
from desk_app.storage import log_table
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    choices,
    figures,
    leading,
    letters,
    needs,
    records,
    referrals,
    services,
)
from desk_app.usecases import reports as report_cases
from tests.fakes import FakeClock, acquaint, carry, make_client, make_organisation, make_vault, open_vault, surroundings

PERIOD = Period(date(2026, 1, 1), date(2026, 12, 31))
WORDS = {"tg": "Миёнаравӣ", "ru": "Семейная медиация", "uz": "Oilada kelishtirish, o'g'il", "en": "Mediation"}
CODE = "x_mediation"


def said(vault: Vault, code: str, vocabulary: Vocabulary = TYPE) -> dict[str, str]:
    """The words of a choice in every language of letters, and in English."""
    codes = ("tg", "ru", "uz_Latn", "uz_Cyrl", "en")
    return {one: choices.words(vault, Translator(by_code(one))).choice(vocabulary, code) for one in codes}


def test_a_choice_has_words_in_every_language_and_can_be_worded_switched_and_taken_back(coordinator: Vault) -> None:
    saved = choices.add(coordinator, TYPE.name, WORDS)
    assert saved.number == CODE
    assert said(coordinator, CODE) == {
        "tg": "Миёнаравӣ",
        "ru": "Семейная медиация",
        "uz_Latn": "Oilada kelishtirish, oʻgʻil",
        "uz_Cyrl": "Оилада келиштириш, ўғил",
        "en": "Mediation",
    }
    choices.reword(coordinator, TYPE.name, CODE, {"en": "", "ru": "Медиация {client} <b>&"})
    assert said(coordinator, CODE)["en"] == "Миёнаравӣ"  # Another language speaks for the one without words.
    assert said(coordinator, CODE)["ru"] == "Медиация {client} <b>&"
    tr = choices.words(coordinator, Translator(by_code("en")))
    assert list(labels.offered(TYPE, tr)) == [*TYPE.words, CODE]
    choices.switch(coordinator, TYPE.name, CODE, off=True)
    choices.switch(coordinator, TYPE.name, "legal", off=True)
    tr = choices.words(coordinator, Translator(by_code("en")))
    assert list(labels.offered(TYPE, tr)) == [code for code in TYPE.words if code != "legal"]
    assert dict(labels.choices(TYPE, tr))[CODE] == "Миёнаравӣ"
    assert tr.choice(TYPE, "legal") == "Legal consultation"
    choices.switch(coordinator, TYPE.name, "legal", off=False)
    choices.remove(coordinator, TYPE.name, CODE)
    assert list(choices.own(coordinator).offered(TYPE)) == list(TYPE.words)
    assert said(coordinator, CODE)["en"] == "x_mediation (no words yet)"
    assert choices.add(coordinator, TYPE.name, {"en": "Mediation"}).number == CODE
    assert choices.add(coordinator, TYPE.name, {"en": "Mediation!"}).number == CODE + "2"
    assert choices.add(coordinator, TYPE.name, {"tg": "Ёрии хона"}).number.startswith("x_")


def test_what_may_not_be_said_is_refused_and_writes_nothing(coordinator: Vault) -> None:
    add: Callable[..., object] = choices.add
    for refused, vocabulary, words in (
        (ListClosed, "sex", {"en": "Other"}),
        (ListClosed, "nothing", {"en": "Other"}),
        (FieldMissing, TYPE.name, {"en": " "}),
        (GlyphMissing, TYPE.name, {"en": "漢"}),
        (InvalidValue, TYPE.name, {"en": "a" * 81}),
        (InvalidValue, TYPE.name, {"en": "a\u202eb"}),
        (ChoiceCodeWrong, TYPE.name, {"en": "A", "code": "legal"}),
        (ChoiceCodeWrong, TYPE.name, {"en": "A", "code": "x_Ä"}),
        (ChoiceCodeWrong, TYPE.name, {"en": "A", "code": "x_" + "a" * 39}),
    ):
        with pytest.raises(refused):
            add(coordinator, vocabulary, words)
    with pytest.raises(ChoiceFixed):
        choices.reword(coordinator, TYPE.name, "legal", {"en": "Law"})
    with pytest.raises(ChoiceUnknown):
        choices.reword(coordinator, TYPE.name, "x_unknown", {"en": "Law"})
    with pytest.raises(ChoiceUnknown):
        choices.switch(coordinator, TYPE.name, "x_unknown", off=True)
    with pytest.raises(KindFixed):
        records.add(coordinator, "choice", {"vocabulary": TYPE.name, "code": CODE})
    with pytest.raises(FieldFixed):
        choices.add_typed(coordinator, {"vocabulary": TYPE.name, "en": "A", "desk": "khorugh"})
    assert records.find_all(coordinator, "choice") == []
    *rest, last = MODE.words
    for code in rest:
        choices.switch(coordinator, MODE.name, code, off=True)
    with pytest.raises(LastChoice):
        choices.switch(coordinator, MODE.name, last, off=True)


def test_only_who_leads_the_programme_changes_choices(desk: Vault) -> None:
    assert not leading.may_lead(desk)
    for act in (
        lambda: choices.add(desk, TYPE.name, WORDS),
        lambda: choices.switch(desk, TYPE.name, "legal", off=True),
        lambda: choices.remove(desk, TYPE.name, CODE),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert may([Role.COORDINATOR], Act.LEAD)
    assert not may([Role.HEAD, Role.LAWYER], Act.LEAD)


def test_a_desk_uses_counts_and_prints_what_the_coordinator_added(
    coordinator: Vault, desk: Vault, tmp_path: Path
) -> None:
    for vocabulary in (TYPE.name, PATHWAY.name):
        choices.add(coordinator, vocabulary, WORDS)
    choices.switch(coordinator, TYPE.name, "legal", off=True)
    carry(coordinator, desk, tmp_path / "out")
    assert said(desk, CODE)["uz_Cyrl"] == "Оилада келиштириш, ўғил"
    client = make_client(desk, sex="female")
    services.record(desk, {"client": client, "type": CODE, "delivered_on": "2026-03-01"})
    services.record(desk, {"client": client, "type": "legal", "delivered_on": "2026-03-01"})
    need = needs.note(desk, {"client": client, "pathway": CODE})
    # A rule knows nothing of own areas: a letter may name one only with the consent to mention health.
    referral = referrals.refer(
        desk,
        {
            "client": client,
            "organisation": make_organisation(desk),
            "service_asked": "Кумак",
            "shared": frozenset({"needs"}),
        },
    )
    assert "медиация" not in "".join(letters.compose(desk, referral.id, "ru").request)
    records.add(desk, "consent", {"client": client, "purpose": "health", "state": "given"})
    assert "семейная медиация" in "".join(letters.compose(desk, referral.id, "ru").request)
    needs.change_state(desk, need.id, "met")
    carry(desk, coordinator, tmp_path / "in")
    for vault in (desk, coordinator):
        found = {one.indicator.code: one for one in figures.figures(vault, PERIOD)}
        assert found[f"service_type.{CODE}"].whole.by_sex == {"female": 1, "male": 0, "unknown": 0}
        assert found[f"pathway.{CODE}"].whole.total == 1
        assert found["legal_consultations"].whole.total == 1  # Switched off, and still counted where it was used.
        behind = figures.records_behind(vault, f"service_type.{CODE}", PERIOD)
        assert [one.text("type") for one in behind] == [CODE]
    paper = report_cases.report(coordinator, "indicators", PERIOD, Translator(by_code("tg")))
    book = load_workbook(BytesIO(report_cases.PAPERS[".xlsx"](paper, Translator(by_code("tg")))))
    cells = [cell for name in book.sheet_names for line in book.get_sheet_by_name(name).to_python() for cell in line]
    assert "Миёнаравӣ" in cells
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(report_cases.PAPERS[".pdf"](paper, Translator(by_code("tg"))))
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    assert "Миёнаравӣ" in told


def test_a_code_is_valid_wherever_its_words_are_and_in_whatever_order_changes_come(
    coordinator: Vault, desk: Vault, tmp_path: Path
) -> None:
    client = make_client(desk)
    services.record(desk, {"client": client, "type": CODE, "delivered_on": "2026-03-01"})
    records.edit(desk, client, {"safety": frozenset({"at_risk", "x_stalked"})})
    with pytest.raises(InvalidValue):
        records.edit(desk, client, {"sex": "x_other"})  # A closed list takes no own choice.
    carry(desk, coordinator, tmp_path / "in")  # The coordinator has never heard of the code.
    assert records.find_all(coordinator, "service")[0].text("type") == CODE
    assert records.show(coordinator, client).values["safety"] == frozenset({"at_risk", "x_stalked"})
    assert said(coordinator, CODE)["ru"].startswith(CODE + " ")
    assert figures.figures(coordinator, PERIOD)[-1].indicator.code == f"service_type.{CODE}"
    choices.add(coordinator, TYPE.name, WORDS)
    assert said(coordinator, CODE)["ru"] == "Семейная медиация"
    choices.switch(coordinator, TYPE.name, "social", off=True)
    choices.switch(coordinator, TYPE.name, "social", off=False)
    choices.reword(coordinator, TYPE.name, CODE, {"ru": "Медиация"})
    for record, changes in log_table.of_records(coordinator.db, [choice_of(TYPE.name, CODE)]).items():
        folded = [fold(CHOICE, order) for order in itertools.permutations(changes)]
        assert len(folded) > 1
        assert all(one == folded[0] for one in folded), record


def test_an_older_program_keeps_what_it_does_not_know(coordinator: Vault, tmp_path: Path) -> None:
    """It has neither the kind nor open lists: values wait in its log, pass through it, and show after the update."""
    choices.add(coordinator, TYPE.name, WORDS)
    old = make_vault(tmp_path, "khorugh", FakeClock(), _before_choices())
    acquaint(coordinator, old, tmp_path)
    folder = old.folder
    client = make_client(old)
    carry(coordinator, old, tmp_path / "old")
    assert "choice" not in old.registry
    with pytest.raises(InvalidValue):
        services.record(old, {"client": client, "type": CODE})
    old.close()
    new = open_vault(folder, surroundings("new"))
    assert said(new, CODE)["tg"] == "Миёнаравӣ"
    services.record(new, {"client": client, "type": CODE, "delivered_on": "2026-03-01"})
    new.close()
    old = open_vault(folder, surroundings("older", registry=_before_choices()))
    assert [one.values["type"] for one in records.find_all(old, "service")] == [None]
    old.close()
    new = open_vault(folder, surroundings("newer"))
    assert [one.text("type") for one in records.find_all(new, "service")] == [CODE]
    new.close()


def test_what_a_desk_writes_over_a_choice_counts_nowhere(coordinator: Vault, desk: Vault, tmp_path: Path) -> None:
    choices.add(coordinator, TYPE.name, WORDS)
    carry(coordinator, desk, tmp_path / "out")
    record = choice_of(TYPE.name, CODE)
    forged = {"vocabulary": TYPE.name, "code": "x_forged", "en": "Forged"}
    desk.journal.write(
        [
            Write(CHOICE, record, {"off": True, "ru": "Чужое", "deleted": True}),
            Write(CHOICE, choice_of(TYPE.name, "x_forged"), forged),
            *(
                Write(CHOICE, choice_of(MODE.name, code), {"vocabulary": MODE.name, "code": code})
                for code in MODE.words
            ),
        ]
    )
    carry(desk, coordinator, tmp_path / "in")
    for vault in (coordinator, desk):
        assert said(vault, CODE)["ru"] == "Семейная медиация"
        assert CODE in choices.own(vault).offered(TYPE)
        assert "x_forged" not in choices.own(vault).codes(TYPE)
    (tmp_path / "new").mkdir()
    other = make_vault(tmp_path / "new", "coordinator", FakeClock(), seed="a new computer")
    acquaint(other, desk, tmp_path / "new")
    assert said(desk, CODE)["ru"] == "Семейная медиация"  # Another coordinator's computer takes nothing of it back.
    other.close()
    choices.switch(coordinator, TYPE.name, CODE, off=True)  # What the desk said too counts once a coordinator says it.
    assert CODE not in choices.own(coordinator).offered(TYPE)


def test_a_record_that_is_not_what_it_says_is_left_out(coordinator: Vault) -> None:
    choices.add(coordinator, TYPE.name, WORDS)
    known = choices.own(coordinator)
    for vocabulary, code, record in (
        (TYPE.name, "legal", choice_of(TYPE.name, "social")),
        (TYPE.name, "made up", choice_of(TYPE.name, "made up")),
        ("sex", "x_other", choice_of("sex", "x_other")),
        ("of a newer version", "x_other", choice_of("of a newer version", "x_other")),
    ):
        values = {"desk": "coordinator", "vocabulary": vocabulary, "code": code, "en": "Odd", "off": True}
        coordinator.journal.write([Write(CHOICE, record, values)])
    assert choices.own(coordinator) == known
    odd = {"vocabulary": TYPE.name, "code": "x_odd", "en": "漢", "ru": "Слова"}
    coordinator.journal.write([Write(CHOICE, choice_of(TYPE.name, "x_odd"), odd)])
    assert said(coordinator, "x_odd")["en"] == "Слова"  # What no paper can show is not shown anywhere.


def _before_choices() -> Registry:
    """The program as it was: no such kinds, no open list."""

    def closed(field: Field) -> Field:
        if field.vocabulary is None or field.type not in (FieldType.CHOICE, FieldType.SET):
            return field
        return dataclasses.replace(field, vocabulary=Vocabulary(field.vocabulary.name, field.vocabulary.words))

    def before(kind: Kind) -> Kind:
        return dataclasses.replace(kind, own_fields=tuple(closed(field) for field in kind.own_fields))

    return Registry(tuple(before(kind) for kind in ALL if kind.name not in ("choice", "letter_text")))
