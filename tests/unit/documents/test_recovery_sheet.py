"""The papers with a recovery code and with the parts of the emergency key, read back from the PDF."""

import datetime as dt
import re

import pypdfium2
import pytest

from desk_app.documents.recovery_sheet import RecoveryPaper, SharePaper, render_recovery_sheet, render_share
from desk_app.i18n import Translator, by_code
from desk_app.i18n.languages import LANGUAGES
from desk_app.i18n.places import desk_name

DAY = dt.date(2026, 3, 5)
CODE = "123456 234567 345678 456789 567890 678901 789012 890123"
SHARE = " ".join(str(100001 + 12345 * place) for place in range(17))


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_a_recovery_sheet_is_one_page_with_every_group_in_order(language: str) -> None:
    tr = Translator(by_code(language))
    desk = desk_name("khujand", tr)
    pages = _pages(render_recovery_sheet(RecoveryPaper(CODE, desk, DAY), tr))
    assert len(pages) == 1
    assert [word for word in pages[0].split() if len(word) == 6 and word.isdigit()] == CODE.split()
    assert desk in pages[0]
    assert "05.03.2026" in pages[0]


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_a_part_of_the_emergency_key_is_one_page_that_says_which_part_of_which_key(language: str) -> None:
    tr = Translator(by_code(language))
    pages = _pages(render_share(SharePaper(SHARE, 2, "417 902 633", DAY), tr))
    assert len(pages) == 1
    assert [word for word in pages[0].split() if len(word) == 6 and word.isdigit()] == SHARE.split()
    assert "417 902 633" in pages[0]
    assert re.search(r"(?<!\d)2(?!\d)", pages[0].splitlines()[0])
    assert "05.03.2026" in pages[0]


def test_the_sheet_says_what_it_is_for_and_where_to_keep_it() -> None:
    words = " ".join(
        _pages(render_recovery_sheet(RecoveryPaper(CODE, "Khujand", DAY), Translator(by_code("en"))))[0].split()
    )
    for told in ("forgotten the passphrase", "another building than the computer", "opens nothing any more"):
        assert told in words
