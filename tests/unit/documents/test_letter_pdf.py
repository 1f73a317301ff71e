import datetime as dt
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from desk_app.documents.fonts import STAND_IN
from desk_app.documents.letter_pdf import render_letter
from desk_app.documents.letters import Fact, ReferralLetter, words_of
from desk_app.documents.wording import Addressee, Enclosure
from desk_app.i18n import LANGUAGES
from tests.unit.documents.samples import LETTERHEAD, facts, letter

CODES = [language.code for language in LANGUAGES]

READ_BACK = {
    "tg": [
        "Ба роҳбари Маркази ёрии ҳуқуқӣ",
        "аз 5 марти соли 2026",
        "РОҲХАТ",
        "Муҳтарам Назаров А. Б.!",
        "Насаб, ном, номи падар",
        "Ғафурӣ Исмоил Ҷумъахонович",
        "ки ба ӯ дар масъалаи зерин мусоидат намоед: барқарор кардани шиноснома.",
        "«Машварати ҳуқуқӣ»",
        "то 19 марти соли 2026",
        "Замима: нусхаи шаҳодатномаи таваллуд дар 1 варақ",
        "Бо эҳтиром,",
        "Ҷ. М.",
        "Иҷрокунанда: Назарова З.",
        "Варақаи ҷавобӣ ба роҳхати № Д-14/2026 аз 5 марти соли 2026",
        "Рамз: K7-4M2Q",
        "Роҳхат қабул шуд",
        "Роҳхат рад шуд",
    ],
    "ru": [
        "Руководителю",
        "от 5 марта 2026 г.",
        "Уважаемый Назаров А. Б.!",
        "восстановление паспорта.",
        "«Юридическая консультация»",
        "Приложение: копия свидетельства о рождении на 1 л.",
        "М. П.",
        "Направление отклонено",
    ],
    "uz_Latn": [
        "Yuridik yordam markazi rahbariga",
        "2026-yil 5-mart",
        "YOʻLLANMA",
        "Gʻofurova Oʻgʻiloy Joʻra qizi",
        "Hurmatli Nazarov A. B.!",
        "“Huquqiy maslahat”",
        "2026-yil 19-martgacha",
        "maʼlumotlar",
        "M. Oʻ.",
        "Yoʻllanma qabul qilindi",
    ],
    "uz_Cyrl": [
        "Юридик ёрдам маркази раҳбарига",
        "2026 йил 5 март",
        "ЙЎЛЛАНМА",
        "“Ҳуқуқий маслаҳат”",
        "2026 йил 19 мартгача",
        "М. Ў.",
        "Йўлланма рад этилди",
    ],
    "en": ["To the head of the legal aid centre", "5 March 2026", "“Legal consultation”", "Referral accepted"],
}


def text_of(pdf: bytes, folder: Path) -> str:
    """What a reader finds in the file, with every run of white space made one space."""
    file = folder / "letter.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", file, "-"], check=True, capture_output=True)
    return re.sub(r"\s+", " ", found.stdout.decode())


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def named(name: str, language: str = "tg") -> ReferralLetter:
    """A typical letter about a person of this name."""
    return letter(language, facts=(Fact("Ном", name),))


@pytest.mark.parametrize("code", CODES)
def test_a_letter_reads_back_in_its_language(code: str, tmp_path: Path) -> None:
    text = text_of(render_letter(letter(code)), tmp_path)
    assert [words for words in READ_BACK[code] if words not in text] == []
    for always in (LETTERHEAD.desk, LETTERHEAD.programme, "№ Д-14/2026" if code != "en" else "No. Д-14/2026"):
        assert always in text


@pytest.mark.parametrize("code", CODES)
def test_every_word_of_the_letter_is_on_its_one_page(code: str, tmp_path: Path) -> None:
    ours = letter(code)
    pdf = render_letter(ours)
    assert len(pages(pdf)) == 1
    text = text_of(pdf, tmp_path)
    unprinted = {code, ours.number, ours.continuation}
    lost = [words for words in words_of(ours) if words not in unprinted and re.sub(r"\s+", " ", words) not in text]
    assert lost == []


def test_the_reply_slip_bears_no_name_of_the_person() -> None:
    assert not any("Ғафурӣ" in words for words in words_of(letter("tg").slip))


@pytest.mark.parametrize("code", CODES)
def test_a_letter_says_the_same_whether_something_was_withheld_or_not(code: str) -> None:
    everything = facts(code)
    less = letter(code, facts=everything.facts[:1])
    assert replace(less, facts=()) == replace(letter(code), facts=())


def test_printing_again_gives_the_same_letter() -> None:
    first = render_letter(letter("tg"))
    render_letter(letter("uz_Latn", number="Д-15/2026"))
    assert render_letter(letter("tg")) == first
    assert render_letter(letter("tg", number="Д-15/2026")) != first


def test_the_file_says_what_it_is_and_not_about_whom() -> None:
    document = pypdfium2.PdfDocument(render_letter(letter("uz_Latn")))
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] == "Yoʻllanma № Д-14/2026"
    assert about["Author"] == LETTERHEAD.desk
    assert about["Subject"] == "Xizmat olishda yordam berish toʻgʻrisida"
    assert about["CreationDate"] == "D:20260305000000+05'00'"
    assert "oʻgʻiloy" not in str(about).lower()
    assert b"/Lang (uz-Latn)" in render_letter(letter("uz_Latn"))


def test_only_our_fonts_and_all_of_them_embedded(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(render_letter(letter("tg")))
    listed = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert len(listed) == 3
    for line in listed:
        name, embedded = line.split()[0], line.split()[3]
        assert "NotoSans" in name
        assert embedded == "yes"


@pytest.mark.parametrize(
    "name", ["<b>Исмоил</b>", "A & B &amp; C", "{{ number }}", "=1+1", "{% if x %}", "<img src='x'/>"]
)
def test_a_name_is_printed_as_it_stands(name: str, tmp_path: Path) -> None:
    hostile = letter(
        "tg",
        facts=(Fact(name, name),),
        need=name,
        signatory=name,
        addressee=Addressee(name, name, name),
        enclosures=(Enclosure(name), Enclosure(name)),
        letterhead=replace(LETTERHEAD, desk=name),
    )
    assert text_of(render_letter(hostile), tmp_path).count(name) >= 9


def test_hidden_characters_of_a_name_leave_a_mark(tmp_path: Path) -> None:
    text = text_of(render_letter(named("Исмоил\u202eов\0 \u200fҚодир")), tmp_path)
    assert f"Исмоил{STAND_IN}ов{STAND_IN} {STAND_IN}Қодир" in text


@pytest.mark.parametrize("name", ["Ғ" * 10_000, "Ғафур " * 1_700])
def test_an_endless_name_is_printed_whole(name: str) -> None:
    found = pages(render_letter(named(name)))
    assert len(found) > 2
    assert "".join(found).count("Ғ") == name.count("Ғ")
    for number, page in enumerate(found[1:], start=2):
        assert f"Роҳхати № Д-14/2026 аз 5 марти соли 2026, саҳифаи {number}/{len(found)}" in page.replace("\u00a0", " ")


def test_every_field_may_be_endless() -> None:
    endless = "Ҷумъа " * 300
    hostile = letter(
        "ru",
        number=endless,
        letterhead=replace(LETTERHEAD, programme=endless, desk=endless, desk_second=endless, address=endless),
        addressee=Addressee(endless, endless, endless),
        facts=(Fact(endless, endless),) * 2,
        need=endless,
        service=endless,
        slip_code=endless,
        post=endless,
        signatory=endless,
        prepared_by=endless,
        prepared_phone=endless,
        enclosures=(Enclosure(endless, 2),) * 2,
    )
    found = pages(render_letter(hostile))
    assert "Направление отклонено" in found[-1]


def test_a_second_page_carries_the_signature_with_text_above_it() -> None:
    rows = tuple(Fact(f"Поле {row}", "значение " * 9) for row in range(14))
    first, second = pages(render_letter(letter("ru", facts=rows)))
    assert "Линия отреза" not in first
    assert "страница 2/2" in second
    order = [second.index(words) for words in ("дано согласие", "С уважением", "З. Назарова", "Линия отреза")]
    assert order == sorted(order)


def test_long_but_real_names_stay_on_one_page() -> None:
    office = "Муассисаи давлатии «Маркази таълими калонсолони Тоҷикистон»-и Агентии меҳнат ва шуғли аҳолӣ"
    long = letter(
        "tg",
        addressee=Addressee(
            office, "734025, ш. Душанбе, кӯчаи Рӯдакӣ, 37, ҳуҷраи 214", "Абдураҳмонзода Саидмуҳаммадҷон"
        ),
        facts=(
            *facts("tg").facts,
            Fact("Суроға", "ноҳияи Роштқалъа, ҷамоати Барвоз, деҳаи Тавдем"),
            Fact("Забон", "тоҷикӣ"),
        ),
        enclosures=(Enclosure("нусхаи шаҳодатнома", 1), Enclosure("маълумотнома", 2)),
    )
    assert len(pages(render_letter(long))) == 1


def test_what_is_not_known_leaves_no_empty_words(tmp_path: Path) -> None:
    bare = letter(
        "ru",
        addressee=Addressee("Центр занятости населения"),
        facts=(),
        need="",
        service="",
        reply_by=None,
        prepared_by="",
        prepared_phone="",
        enclosures=(),
        letterhead=replace(LETTERHEAD, phone="", address=""),
    )
    text = text_of(render_letter(bare), tmp_path)
    assert "Уважаемый руководитель!" in text
    for absent in ("Приложение", "Исполнитель", "следующему вопросу", "Запрашиваемая", "до ", "Тел.", "телефону"):
        assert absent not in text


@pytest.mark.parametrize(
    ("sex", "words"), [("female", "Уважаемая"), ("male", "Уважаемый"), ("unknown", "Уважаемый (-ая)")]
)
def test_russian_addresses_a_woman_and_a_man_each_rightly(sex: str, words: str) -> None:
    assert letter("ru", addressee=Addressee("Суд", head_name="Каримова А.", head_sex=sex)).salutation == (
        f"{words} Каримова А.!"
    )


def test_the_directory_may_know_better_how_to_address_the_office() -> None:
    line = "Директору Центра занятости Каримову А. А."
    assert letter("ru", addressee=Addressee("Центр занятости", "Хорог", head_line=line)).addressee == (line, "Хорог")


def test_several_papers_are_numbered() -> None:
    papers = (Enclosure("копия паспорта", 2), Enclosure("анкета"))
    assert letter("ru", enclosures=papers).enclosures == ("Приложение: 1. копия паспорта на 2 л.", "2. анкета")


def test_the_letter_bears_its_own_date() -> None:
    assert letter("uz_Cyrl", dated=dt.date(2025, 12, 31)).date_line.replace("\u00a0", " ") == "2025 йил 31 декабрь"
