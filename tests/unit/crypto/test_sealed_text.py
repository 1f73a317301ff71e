"""Sealed texts open for their reader in their place and nowhere else; drafts for their author under their name."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.crypto.sealed_text import (
    STEP,
    DraftNotOursError,
    Place,
    SealMovedError,
    draft_key,
    open_draft,
    open_text,
    seal_draft,
    seal_text,
)
from desk_app.crypto.sealing import NotForUsError, SealBrokenError, new_exchange_identity, open_sealed, seal
from desk_app.domain.ids import RecordId, UserId

PLACE = Place(RecordId("1" * 32), RecordId("2" * 32), 13)
READER = new_exchange_identity()
OTHER = new_exchange_identity()
TEXT = "Ӯ аз бародараш метарсад.\nБоз меояд."
HERS = UserId("00000001")
KEY = draft_key(READER, "a" * 32)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_what_was_sealed_is_what_is_read(text: str) -> None:
    assert open_text(seal_text(text, PLACE, READER), PLACE, READER) == text
    sealed = seal_draft(text.encode(), KEY, HERS, "note:1", Random(text).randbytes)
    assert open_draft(sealed, KEY, HERS, "note:1") == text.encode()


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotForUsError):
        open_text(seal_text(TEXT, PLACE, READER), PLACE, OTHER)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, record=RecordId("3" * 32)),
        replace(PLACE, client=RecordId("3" * 32)),
        replace(PLACE, field=14),
        Place(PLACE.client, PLACE.record, 13),
    ],
)
def test_a_text_moved_elsewhere_is_found_out(elsewhere: Place) -> None:
    with pytest.raises(SealMovedError):
        open_text(seal_text(TEXT, PLACE, READER), elsewhere, READER)


def test_what_another_part_of_the_program_sealed_is_no_text() -> None:
    for inside in (
        b"",
        TEXT.encode(),
        b"roh sealed text v1\0" + PLACE.code,
        b"roh sealed text v1\0" + PLACE.code + b"x",
    ):
        with pytest.raises(SealBrokenError):
            open_text(seal(inside, [READER.recipient]), PLACE, READER)


def test_neither_words_nor_length_are_seen_from_outside() -> None:
    sealed = [seal_text(text, PLACE, READER) for text in ("да", "д" * 100, "д" * 200)]
    # The age file adds a line of random length to its head.
    short, long, longer = (len(open_sealed(data, [READER])) for data in sealed)
    assert (short, longer) == (long, long + STEP)
    kept = [seal_draft(text.encode(), KEY, HERS, "note:1", Random(text).randbytes) for text in ("да", "д" * 100)]
    assert len(kept[0]) == len(kept[1])
    assert not any(part.encode() in data for part in ("бародар", "метарсад") for data in (*sealed, *kept))


def test_the_age_form_is_the_documented_one() -> None:
    inside = open_sealed(seal_text(TEXT, PLACE, READER), [READER])
    head = b"roh sealed text v1\0" + PLACE.code + len(TEXT.encode()).to_bytes(4, "big")
    assert inside.startswith(head + TEXT.encode() + b"\0")
    assert (len(inside) - len(b"roh sealed text v1\0") - 32) % STEP == 0


def test_a_draft_opens_only_for_its_author_under_its_name_in_its_vault() -> None:
    sealed = seal_draft(TEXT.encode(), KEY, HERS, "note:1", Random(1).randbytes)
    for key, user, name in (
        (draft_key(OTHER, "a" * 32), HERS, "note:1"),
        (draft_key(READER, "b" * 32), HERS, "note:1"),
        (KEY, UserId("00000002"), "note:1"),
        (KEY, HERS, "note:2"),
    ):
        with pytest.raises(DraftNotOursError):
            open_draft(sealed, key, user, name)
    for damaged in (b"", sealed[:11], sealed[:20], sealed[:-1], sealed[:40] + b"\0" + sealed[41:]):
        with pytest.raises(DraftNotOursError):
            open_draft(damaged, KEY, HERS, "note:1")


def test_keys_show_nothing_of_themselves() -> None:
    assert repr(KEY.secret) not in repr(KEY)
    assert "secret" not in repr(KEY)
