"""The programme's emergency key: any two of three papers give it, one gives nothing, and a slip is found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.crypto import escrow
from desk_app.crypto.escrow import PRIME, EscrowShare
from desk_app.crypto.sealing import open_sealed, seal
from desk_app.domain.errors import EscrowShareWrong, EscrowWrong
from tests.unit.crypto.key_samples import random_bytes


@pytest.mark.parametrize("pair", [(0, 1), (1, 0), (0, 2), (2, 1), (1, 2, 0)])
def test_any_two_shares_open_what_was_sealed_to_the_key(pair: tuple[int, ...]) -> None:
    key = escrow.new_escrow(random_bytes())
    identity = escrow.join([key.shares[at].printed for at in pair])
    assert identity.recipient == key.recipient
    assert open_sealed(seal(b"paper", [key.recipient]), [identity]) == b"paper"


@settings(max_examples=50)
@given(st.binary(min_size=80, max_size=80))
def test_every_key_comes_back(noise: bytes) -> None:
    drawn = iter([noise[:32], noise[32:]])
    key = escrow.new_escrow(lambda _size: next(drawn))
    assert escrow.join([key.shares[2].printed, key.shares[1].printed]).recipient == key.recipient


def test_the_modulus_is_prime() -> None:
    """Fermat's test to many bases; and no odd number between it and 2^256 passes it."""
    assert all(pow(base, PRIME - 1, PRIME) == 1 for base in (2, 3, 5, 7, 11, 13, 17, 19, 23))
    assert not [n for n in range(2**256 + 1, PRIME, 2) if pow(3, n - 1, n) == 1]


def test_one_share_twice_is_not_two() -> None:
    key = escrow.new_escrow(random_bytes())
    for shares in ([], [key.shares[0].printed], [key.shares[0].printed] * 2):
        with pytest.raises(EscrowWrong):
            escrow.join(shares)


def test_shares_of_two_keys_do_not_open_either() -> None:
    one, other = escrow.new_escrow(random_bytes(1)), escrow.new_escrow(random_bytes(2))
    try:
        joined = escrow.join([one.shares[0].printed, other.shares[1].printed])
    except EscrowWrong:
        return
    assert joined.recipient not in (one.recipient, other.recipient)


def test_a_share_says_nothing_about_the_secret_alone() -> None:
    """For every secret there is a slope that leads through the point of one paper."""
    share = escrow.new_escrow(random_bytes()).shares[0]
    other = EscrowShare(2, (2 * share.point - 12345) % PRIME)
    assert escrow.join([share.printed, other.printed]) == escrow.join(
        [EscrowShare(1, 12345).printed, EscrowShare(2, 12345).printed]
    )


def test_a_share_is_read_in_any_script_and_spacing() -> None:
    share = escrow.new_escrow(random_bytes()).shares[1]
    eastern = share.printed.translate({ord("0") + digit: 0x06F0 + digit for digit in range(10)})
    assert len(share.printed.split()) == 16
    assert escrow.parse_share(share.printed.replace(" ", "-")) == share
    assert escrow.parse_share(eastern) == share
    assert share.printed[2:10] not in repr(share)


def test_a_slip_names_its_group() -> None:
    printed = escrow.new_escrow(random_bytes()).shares[0].printed
    groups = printed.split()
    for number in range(1, 17):
        wrong = list(groups)
        wrong[number - 1] = f"{(int(groups[number - 1]) + 100) % 1_000_000:06d}"
        with pytest.raises(EscrowShareWrong) as told:
            escrow.parse_share(" ".join(wrong))
        assert told.value.group == number


def test_a_share_too_short_or_too_long_is_told() -> None:
    printed = escrow.new_escrow(random_bytes()).shares[0].printed
    for text, group in ((printed + " 1", 0), (printed[:-7], 16), ("", 1)):
        with pytest.raises(EscrowShareWrong) as told:
            escrow.parse_share(text)
        assert told.value.group == group


@pytest.mark.parametrize("share", [EscrowShare(0, 5), EscrowShare(4, 5), EscrowShare(9, 5), EscrowShare(1, PRIME)])
def test_a_paper_that_was_never_printed(share: EscrowShare) -> None:
    with pytest.raises(EscrowShareWrong):
        escrow.parse_share(share.printed)
