"""The quick reading of plain bodies: exactly what the checks leave of every value, or left to them."""

import sys
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain import plain_bodies
from desk_app.domain.change import FIRST_HASH, Body, Change, encode_body, hash_body
from desk_app.domain.clock import Stamp
from desk_app.domain.fold import fold
from desk_app.domain.ids import DeviceId, Incarnation, RecordId, UserId
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Field, FieldType, Kind
from desk_app.domain.records.validation import UNSEEN

TEXTS = st.text(st.sampled_from('aЯӣ "\\[]:,\u0301\u0438\u0306\u200b\n\t\u00a0é\U0001f600'), max_size=6)
ODD = (
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers(-1, 10**12 + 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["1900-02-29", "2000-02-29", "2001-04-31", "1879-01-01", "2200", "1990-13", "1990-1", "x" * 301])
    | st.sampled_from(["+992 93 000", "٣٣٣٣", "f" * 32, "F" * 32, "x_own", "12:30"])
)
FITTING: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.DATE: st.dates().map(str),
    FieldType.PARTIAL_DATE: st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]])),
    FieldType.NUMBER: st.integers(0, 99),
    FieldType.MONEY: st.integers(0, 99),
    FieldType.YES_NO: st.booleans(),
    FieldType.REFERENCE: st.just("0" * 32),
    FieldType.PHONE: st.from_regex(r"\+992 9[0-9]{3}", fullmatch=True),
}


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Mostly what fits the field."""
    codes = sorted(field.vocabulary.words) if field.vocabulary else []
    fitting = st.sampled_from(codes) if codes else FITTING.get(field.type, st.sampled_from(["Карим", "a b"]))
    return st.integers(0, 11).flatmap(lambda chance: fitting if chance else ODD)


@st.composite
def bodies(draw: st.DrawFn, kind: Kind) -> bytes:
    """A body of the kind: mostly plain, sometimes with anything that somebody might write."""
    fields = draw(st.lists(st.sampled_from(kind.fields), max_size=5, unique=True))
    said: dict[str, Any] = {str(field.number): [draw(value_of(field))] for field in fields}
    if draw(st.integers(0, 9)) == 0:
        number = draw(st.sampled_from([*said, "99"]))
        said[number] = draw(st.sampled_from([[], ["a", 0], ["a", "b"], {"tg": [True]}, {"a": 1}, "a", None, [["a"]]]))
    data = encode_body(Body(said, draw(st.sampled_from([[], [], [], [], [], [], [("a" * 32 + ".00000001", 1)]]))))
    odd = draw(st.sampled_from([b"", b"", b"", b"", b"", b"", b"", b"", b" ", b"{", b"\x80", b'{"f":{}}']))
    return data.replace(b"\\u", b"\\U") if odd == b"\x80" and b"\\u" in data else data + odd


def changed(kind: Kind, at: int, body: bytes) -> Change:
    device, chain = DeviceId(f"{at:032x}"), Incarnation("00000001")
    record, salt = RecordId("0" * 32), bytes(12)
    hashed = hash_body(salt, body)
    user = UserId("00000001")
    return Change(device, chain, 1, Stamp(at), record, kind.number, user, body, salt, hashed, FIRST_HASH)


def seen(kind: Kind, changes: list[Change]) -> tuple[object, ...] | None:
    """All that can be seen of what is folded; troubles by what they say."""
    state = fold(kind, changes)
    if state is None:
        return None
    refused = [(one.version, one.field, repr(one.trouble), vars(one.trouble)) for one in state.refused]
    return state._replace(refused=()), refused, state.disagreements(kind)


@given(st.data())
def test_what_is_folded_does_not_depend_on_how_bodies_are_read(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(ALL.kinds))
    written = [data.draw(bodies(kind).filter(encodable)) for _ in range(data.draw(st.integers(1, 3)))]
    changes = [changed(kind, at, body) for at, body in enumerate(written)]
    quick = seen(kind, changes)
    with patch.object(plain_bodies, "read", lambda kind, body: None):
        assert quick == seen(kind, changes)


def encodable(body: bytes) -> bool:
    """Whether it is one that a chunk could carry."""
    return b"\n" not in body


def test_plain_bodies_are_read_so() -> None:
    client = ALL["client"]
    said = plain_bodies.read(client, '{"f":{"10":["Раҳимӣ"],"16":["1990-12-31"],"18":[false],"24":[null]}}'.encode())
    assert said is not None
    values = dict(zip((field.name for field in client.fields), said, strict=True))
    assert (values["surname"], values["phone_safe"], values["institution"]) == (("Раҳимӣ",), (False,), (None,))
    assert [name for name in ("given_name", "institution") if values[name] is plain_bodies.NOT_SAID] == ["given_name"]


def test_no_unseen_sign_is_printable() -> None:
    unseen = UNSEEN.findall("".join(map(chr, range(sys.maxunicode + 1))))
    assert len(unseen) > 2000
    assert not any(sign.isprintable() for sign in unseen)
