import datetime as dt
import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import python_calamine

from desk_app.documents.report_pdf import render_report
from desk_app.documents.report_tables import coverage_table, indicator_table, tables
from desk_app.documents.report_xlsx import render_workbook, safe, sheet_name
from desk_app.documents.reports import Column, IndicatorRow, SexSplit, TableSection, chart_against_target, sum_of
from desk_app.domain import desks as known
from desk_app.i18n import LANGUAGES, Language, Translator, by_code
from desk_app.i18n.places import desk_name
from tests.unit.documents.report_samples import DESKS, MODULES, SERVED, SERVICES, TRAINED, UNKNOWN, report

ENGLISH = Translator(by_code("en"))


@pytest.fixture
def tajik(tmp_path: Path) -> Translator:
    """A Tajik translator with a small catalogue of its own."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="tg", fuzzy=False)
    for source, words in {"Achieved": "Иҷро шуд", "Target": "Ҳадаф", "Total": "Ҳамагӣ", "Report": "Ҳисобот"}.items():
        catalogue.add(source, words)
    file = tmp_path / "tg" / "LC_MESSAGES" / "desk_app.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, catalogue)
    return Translator(by_code("tg"), tmp_path)


def text_of(pdf: bytes, folder: Path) -> str:
    """What a reader finds in the file, with every run of white space made one space."""
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", file, "-"], check=True, capture_output=True)
    return re.sub(r"\s+", " ", found.stdout.decode())


def sheets(xlsx: bytes) -> dict[str, list[list[object]]]:
    """Every sheet of a workbook with its rows."""
    book = python_calamine.load_workbook(BytesIO(xlsx))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_totals_add_what_is_there() -> None:
    assert SERVICES.totals() == (None, 450, Decimal("713.75"), None)
    assert replace(SERVICES, rows=()).totals() == (None, 0, 0, None)
    assert coverage_table(report(ENGLISH), ENGLISH).totals() is None


def test_words_in_a_totalled_column_are_a_mistake() -> None:
    with pytest.raises(TypeError):
        sum_of([1, "2"])


def test_a_row_fits_its_columns() -> None:
    with pytest.raises(ValueError, match="each column"):
        TableSection("t", (Column("a"), Column("b")), (("x",),))


def test_share_of_target() -> None:
    assert TRAINED.share_of_target == Decimal("0.5")
    assert UNKNOWN.share_of_target is None
    assert replace(TRAINED, target=0).share_of_target is None


def test_the_part_nobody_divided_is_shown() -> None:
    assert SERVED.not_divided == 0
    assert TRAINED.not_divided == 1
    assert MODULES.not_divided is None
    heads = [column.title for column in indicator_table(report(ENGLISH), ENGLISH).columns]
    assert heads[-1] == "Not divided"
    complete = report(ENGLISH, indicators=(SERVED,))
    assert indicator_table(complete, ENGLISH).columns[-1].title == "Sex unknown"


def test_a_desk_without_records_is_named() -> None:
    assert coverage_table(report(ENGLISH), ENGLISH).note == "No records yet from: Ҷайҳун."


def test_only_what_has_a_target_is_charted() -> None:
    chart = chart_against_target("t", (SERVED, TRAINED, UNKNOWN), ENGLISH)
    assert [bar.words for bar in chart.bars] == ["1\u00a0234 / 1\u00a0100 (112%)", "20 / 40 (50%)"]
    assert {bar.target for bar in chart.bars} == {1.0}


def test_a_report_reads_back(tmp_path: Path, tajik: Translator) -> None:
    text = text_of(render_report(report(tajik), tajik), tmp_path)
    for words in (
        "Ҳисобот оид ба нишондиҳандаҳо",
        "01.01.2026 – 31.03.2026",
        "Ҳадаф",
        "1 234 / 1 100 (112 %)",
        "1 234",
        "<b>Ҳамроҳӣ</b> & дигар",
        "=1+1",
        "713,75",
        "Ҳамагӣ 450",
        "Ҷайҳун — —",
        "02.04.2026",
        *DESKS,
    ):
        assert words in text


def test_every_page_says_which_and_repeats_the_headings(tmp_path: Path) -> None:
    many = replace(SERVICES, rows=tuple((f"Хизмат {row}", row, None, None) for row in range(150)))
    pdf = render_report(report(ENGLISH, sections=(many,)), ENGLISH)
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        if "Хизмат 4" in page:
            assert "Хизматрасонӣ" in page


def test_printing_again_gives_the_same_report() -> None:
    ours = report(ENGLISH)
    assert render_report(ours, ENGLISH) == render_report(ours, ENGLISH)
    assert render_workbook(ours, ENGLISH) == render_workbook(ours, ENGLISH)


def test_a_report_embeds_every_font(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(render_report(report(ENGLISH), ENGLISH))
    listed = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert {line.split()[3] for line in listed} == {"yes"}
    assert all("NotoSans" in line for line in listed)


def test_endless_and_hidden_text_can_be_printed(tmp_path: Path) -> None:
    endless = "Ғ" * 3_000
    hostile = report(
        ENGLISH,
        title=endless[:500],
        programme="\0\u202e<b>",
        narrative=(endless,),
        sections=(TableSection(endless, (Column(endless), Column("n", endless, totalled=True)), ((endless, 1),)),),
        indicators=(IndicatorRow(endless, endless, endless, 1, 2, 3, SexSplit(1, 1, 1), ((endless, 3),)),),
        charts=(chart_against_target(endless, (replace(SERVED, name=endless),), ENGLISH),),
    )
    assert "Page 1 of" in text_of(render_report(hostile, ENGLISH), tmp_path)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_no_word_of_a_table_is_broken(language: Language, tmp_path: Path) -> None:
    tr = Translator(language)
    desks = tuple((desk_name(code, tr), 1_000) for code in [*(desk.code for desk in known.DESKS), known.COORDINATOR])
    ours = report(tr, indicators=(replace(SERVED, by_desk=desks),))
    text = text_of(render_report(ours, tr), tmp_path)
    for name, _ in desks:
        assert all(word in text for word in name.split())


def test_headings_without_room_stand_upright_and_are_whole(tmp_path: Path) -> None:
    names = [f"Muvofiqlashtiruvchi{place} punkti" for place in range(12)]
    columns = (Column("Koʻrsatkich"), *(Column(name) for name in names))
    wide = report(ENGLISH, sections=(TableSection("Keng", columns, (("Yordam olganlar", *range(700, 712)),)),))
    text = text_of(render_report(wide, ENGLISH), tmp_path)
    assert all(f"Muvofiqlashtiruvchi{place}" in text for place in range(12))
    assert "Yordam olganlar 700 701" in text


def test_codes_stand_in_the_spreadsheet_alone(tmp_path: Path) -> None:
    assert SERVED.code not in text_of(render_report(report(ENGLISH), ENGLISH), tmp_path)
    assert sheets(render_workbook(report(ENGLISH), ENGLISH))["Indicators by desk"][1][0] == SERVED.code


def test_many_desks_are_cut_into_tables_that_fit(tmp_path: Path) -> None:
    desks = tuple((f"Нуқта {place:02}", place) for place in range(30))
    wide = report(ENGLISH, indicators=(replace(SERVED, by_desk=desks),))
    text = text_of(render_report(wide, ENGLISH), tmp_path)
    assert all(f"{place:02}" in text for place in range(30))


def test_a_report_of_nothing_is_still_a_report(tmp_path: Path) -> None:
    bare = report(ENGLISH, coverage=(), indicators=(), sections=(), charts=(), narrative=())
    assert tables(bare, ENGLISH) == ()
    assert "Page 1 of 1" in text_of(render_report(bare, ENGLISH), tmp_path)
    assert list(sheets(render_workbook(bare, ENGLISH))) == ["Report"]


def test_a_workbook_opens_again_with_its_types() -> None:
    book = sheets(render_workbook(report(ENGLISH), ENGLISH))
    assert list(book) == ["Report", "Indicators", "Indicators by desk", "Хизматрасониҳо", "Whose records are inside"]
    heads, served, *_ = book["Indicators"]
    assert heads[:4] == ["Code", "Indicator", "Unit", "Baseline"]
    assert served[3:10] == [60, 1100, 1234, pytest.approx(1234 / 1100), 370, 851, 13]
    services = book["Хизматрасониҳо"]
    assert services[0] == ["Хизматрасонӣ", "Шумора", "Соат, с", "Охирин"]
    assert services[1] == ["Машварати ҳуқуқӣ", 412, 618.5, dt.date(2026, 3, 30)]
    assert services[4][:3] == ["Total", 450, 713.75]


def test_text_stays_text() -> None:
    rows = tuple((words, 1, None, None) for words in ("=1+1", "@SUM(A1)", "+992935001234", "-5", "http://x.tj", "<b>&"))
    book = sheets(render_workbook(report(ENGLISH, sections=(replace(SERVICES, rows=rows),)), ENGLISH))
    assert [row[0] for row in book["Хизматрасониҳо"][1:7]] == [row[0] for row in rows]


def test_no_formula_and_no_link_is_in_the_file() -> None:
    import zipfile

    with zipfile.ZipFile(BytesIO(render_workbook(report(ENGLISH), ENGLISH))) as parts:
        markup = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert b"<f>" not in markup
    assert b"hyperlink" not in markup


def test_what_a_cell_cannot_hold_leaves_a_mark() -> None:
    assert safe("а\0б\ud800в\nг") == "а\ufffdб\ufffdв\nг"
    assert len(safe("Ғ" * 40_000)) == 32_767
    assert safe("Ғ" * 40_000).endswith("…")


def test_sheet_names_are_allowed_and_differ() -> None:
    taken: set[str] = set()
    names = [sheet_name(title, taken) for title in ("a/b:c*?[]", "A B C", "x" * 50, "x" * 60, "", "'''", "\0")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_hostile_names_make_a_workbook_that_opens() -> None:
    odd = TableSection("[=1+1]/" * 9, (Column("\0"), Column("=1", totalled=True)), (("\ud800", 1),))
    book = sheets(render_workbook(report(ENGLISH, sections=(odd, odd), title="\0" * 300), ENGLISH))
    assert len(book) == 6
