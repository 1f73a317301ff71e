"""What the command line says became of a file."""

from pathlib import Path

import pytest

from desk_app.cli.exchange_commands import merge_lines, outcome_words
from desk_app.domain.errors import AlarmOpen, Equivocation, GapBefore, LargeChange, Trouble
from desk_app.i18n import Translator
from desk_app.i18n.languages import ENGLISH
from desk_app.usecases.merge_plan import FilePlan, outcome_of


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (GapBefore("khorugh", (14,)), "An earlier bundle is missing"),
        (AlarmOpen("khorugh"), "Kept for the alarm"),
        (Equivocation("0" * 32), "Kept for the alarm"),
        (LargeChange(60, 2, 20), "Removes unusually much"),
    ],
)
def test_each_reason_for_which_a_bundle_is_held_has_its_own_words(trouble: Trouble, words: str) -> None:
    tr = Translator(ENGLISH)
    one = FilePlan(Path("a.roh"), outcome_of(trouble), "khorugh", 15, trouble=trouble)
    assert outcome_words(one, tr) == words
    assert words in merge_lines((one,), tr)[1]
