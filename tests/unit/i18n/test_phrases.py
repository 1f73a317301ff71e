"""How far a day is, in the words of each language."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from desk_app.i18n import phrases
from desk_app.i18n.translator import Translator

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("code", "ago", "ahead", "yesterday"),
    [
        ("tg", "9 рӯз пеш", "баъд аз 3 рӯз", "дирӯз"),
        ("ru", "9 дней назад", "через 3 дня", "вчера"),
        ("uz_Latn", "9 kun oldin", "3 kundan keyin", "kecha"),
        ("uz_Cyrl", "9 кун олдин", "3 кундан кейин", "кеча"),
        ("en", "9 days ago", "in 3 days", "yesterday"),
    ],
)
def test_a_day_near_today(
    speaking: Callable[[str], Translator], code: str, ago: str, ahead: str, yesterday: str
) -> None:
    tr = speaking(code)
    assert phrases.distance(TODAY - timedelta(days=9), TODAY, tr) == ago
    assert phrases.distance(TODAY + timedelta(days=3), TODAY, tr) == ahead
    assert phrases.distance(TODAY - timedelta(days=1), TODAY, tr) == yesterday


def test_a_day_far_away_is_a_date(speaking: Callable[[str], Translator]) -> None:
    tr = speaking("tg")
    assert phrases.distance(date(2025, 3, 5), TODAY, tr) == "05.03.2025"
    assert phrases.distance(TODAY, TODAY, tr) == "имрӯз"


def test_russian_counts_in_three_forms(speaking: Callable[[str], Translator]) -> None:
    tr = speaking("ru")
    assert [phrases.days(count, tr) for count in (1, 2, 5, 21)] == ["1 день", "2 дня", "5 дней", "21 день"]
