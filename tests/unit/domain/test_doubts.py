"""What is unlikely is noticed, what is usual is not, and nothing that can be stored is refused."""

from datetime import date

import pytest

from desk_app.domain.records.client import CLIENT
from desk_app.domain.rules.doubts import Doubt, doubt

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("birth_date", "2026-03-06", Doubt.UNBORN),
        ("birth_date", "2026-04", Doubt.UNBORN),
        ("birth_date", "2027", Doubt.UNBORN),
        ("birth_date", "2026-03-05", Doubt.YOUNG),
        ("birth_date", "2017", Doubt.YOUNG),
        ("birth_date", "2016-03-06", Doubt.YOUNG),
        ("birth_date", "2016-03-05", None),
        ("birth_date", "2016", None),
        ("birth_date", "1973", None),
        ("birth_date", "1925-03-06", None),
        ("birth_date", "1925", None),
        ("birth_date", "1925-03-05", Doubt.OLD),
        ("birth_date", "1924", Doubt.OLD),
        ("release_date", "2026-06-01", None),
        ("phone", "+992 90 111 22 33", None),
        ("phone", "901112233", None),
        ("phone", "8 (901) 11-22-33", None),
        ("phone", "8 901 112 233", None),
        ("phone", "+992 90 111 22 3", Doubt.PHONE),
        ("phone", "+7 495 000 00 00", None),
        ("phone", "0079161234567", None),
        ("phone", "+7 495", Doubt.PHONE),
        ("phone", "2-24-55", Doubt.PHONE),
        ("other_phone", "12345", Doubt.PHONE),
        ("paper_number", "A12345678", None),
        ("paper_number", "а 1234 5678", None),
        ("paper_number", "№ A-12345678", None),
        ("paper_number", "A1234567", Doubt.PAPER),
        ("paper_number", "AA1234567", Doubt.PAPER),
        ("paper_number", "АБВ", Doubt.PAPER),
        ("surname", "12345", None),
        ("phone", None, None),
    ],
)
def test_a_doubt(field: str, value: str | None, expected: Doubt | None) -> None:
    assert doubt(CLIENT.field(field), value, TODAY) is expected
