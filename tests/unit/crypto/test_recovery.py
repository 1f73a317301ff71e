import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.crypto.recovery import RecoveryCode, new_recovery_code, parse_recovery_code
from desk_app.domain.errors import RecoveryCodeWrong

codes = st.text("0123456789", min_size=40, max_size=40).map(RecoveryCode)


@given(codes)
def test_what_is_printed_reads_back(code: RecoveryCode) -> None:
    assert parse_recovery_code(code.printed) == code
    assert [len(group) for group in code.printed.split(" ")] == [6] * 8


@pytest.mark.parametrize("separator", ["", "-", " \n", " · "])
def test_spaces_and_dashes_do_not_matter(separator: str) -> None:
    code = new_recovery_code(random.Random(1).randbytes)
    assert parse_recovery_code(separator.join(code.printed.split(" "))) == code


def test_digits_of_another_script_are_digits() -> None:
    code = new_recovery_code(random.Random(2).randbytes)
    persian = code.printed.translate({ord("0") + digit: 0x6F0 + digit for digit in range(10)})
    assert parse_recovery_code(persian) == code


@given(codes, st.integers(0, 47), st.integers(1, 9))
def test_a_wrong_digit_names_its_group(code: RecoveryCode, at: int, by: int) -> None:
    digits = code.printed.replace(" ", "")
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    with pytest.raises(RecoveryCodeWrong) as trouble:
        parse_recovery_code(wrong)
    assert trouble.value.group == at // 6 + 1


@given(codes, st.integers(0, 46))
def test_swapped_neighbours_are_found(code: RecoveryCode, at: int) -> None:
    digits = code.printed.replace(" ", "")
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if at % 6 != 5 and swapped != digits:
        with pytest.raises(RecoveryCodeWrong):
            parse_recovery_code(swapped)


@given(codes, st.permutations(range(8)))
def test_swapped_groups_are_found(code: RecoveryCode, order: list[int]) -> None:
    groups = code.printed.split(" ")
    if order != sorted(order):
        with pytest.raises(RecoveryCodeWrong):
            parse_recovery_code(" ".join(groups[at] for at in order))


@pytest.mark.parametrize(("cut", "group"), [(0, 1), (5, 1), (6, 2), (47, 8)])
def test_a_missing_digit_names_the_first_group_that_lacks_it(cut: int, group: int) -> None:
    digits = new_recovery_code(random.Random(3).randbytes).printed.replace(" ", "")
    with pytest.raises(RecoveryCodeWrong) as trouble:
        parse_recovery_code(digits[:cut])
    assert trouble.value.group == group


def test_too_much_is_refused() -> None:
    printed = new_recovery_code(random.Random(4).randbytes).printed
    with pytest.raises(RecoveryCodeWrong) as trouble:
        parse_recovery_code(printed + " 1")
    assert trouble.value.group == 9


def test_every_digit_is_equally_likely() -> None:
    source = random.Random(5).randbytes
    drawn = "".join(new_recovery_code(source).digits for _ in range(500))
    counts = [drawn.count(str(digit)) for digit in range(10)]
    assert min(counts) > 1850
    assert max(counts) < 2150
