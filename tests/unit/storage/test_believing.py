"""Whose a person is, is asked only where somebody else than whoever made her record may have said it."""

from pathlib import Path

from desk_app.domain.change import Body, Change, encode_body
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records import ALL
from desk_app.storage import log_table
from desk_app.storage.believing import in_question
from tests.unit.storage.stores import Store, new_store

KHORUGH, VOSE = DeviceId(f"{1:032x}"), DeviceId(f"{2:032x}")
DESKS = {KHORUGH: DeskCode("khorugh"), VOSE: DeskCode("vose")}


def asked(store: Store, made: Change, body: bytes, device: DeviceId = KHORUGH) -> set[RecordId]:
    """Who is in question once her making arrives, where another change of her record says this."""
    there = made._replace(device=device, seq=made.seq + 7, body=body)
    with store.db.atomic():
        log_table.insert(store.db, [there])
        found = set(in_question(store.db, ALL, [made], (), DESKS).clients)
        store.db.execute("DELETE FROM change WHERE version = ?", [log_table.local_version(store.db, there.version)])
    return found


def test_edits_that_say_nothing_of_her_desk_put_nobody_in_question(tmp_path: Path) -> None:
    store = new_store(tmp_path, 1)
    client = store.write("client", surname="Назаров", desk="khorugh")
    store.write("client", client, phone="+992935001122")
    made, edit = store.changes()
    assert in_question(store.db, ALL, [made, edit], (), DESKS).is_open is False
    assert asked(store, made, edit.body) == asked(store, made, b"") == set()
    moves = encode_body(Body({"1": ["vose"]}))
    spelt_otherwise = moves.replace(b'"1"', b'"\\u0031"')
    for body in (moves, spelt_otherwise):
        assert asked(store, made, body) == asked(store, made, body, VOSE) == {client}
    replacing = made._replace(body=made.body.replace(b'{"f"', b'{"b":[["%s",9]],"f"' % made.chain.encode()))
    store.db.execute("UPDATE change SET body = ? WHERE version = ?", [replacing.body, 1 << log_table.SEQ_BITS | 1])
    assert set(in_question(store.db, ALL, [replacing], (), DESKS).clients) == {client}
    store.db.close()


def test_who_names_two_desks_in_one_making_is_asked_about(tmp_path: Path) -> None:
    store = new_store(tmp_path, 1)
    client = store.write("client", surname="Назаров", desk="khorugh")
    (made,) = store.changes()
    made = made._replace(device=KHORUGH)

    def is_asked(body: bytes) -> bool:
        return in_question(store.db, ALL, [made._replace(body=body)], (), DESKS).clients == {client}

    assert not is_asked(made.body)
    assert is_asked(encode_body(Body({"1": ["vose"]})))
    twice = (b'"1":["vose"]', b'"1" :["vose"]', b'"\\u0031":["vose"]')
    assert all(is_asked(b'{"f":{"1":["khorugh"],%s}}' % other) for other in twice)
    assert is_asked(b'{"f":{"1":["khorugh"]},"f":{"1":["vose"]}}')
    assert is_asked(b'{"f":{"1":["khorugh"]},"\\u0066":{"10":["x"]}}')
    store.db.close()
