"""What `show` and `list` print of a record, and what may be typed into one."""

import pytest

from desk_app.cli.record_commands import document_of
from desk_app.domain.errors import FieldFixed
from desk_app.domain.records import ALL
from desk_app.storage.vault import Vault
from desk_app.usecases import records
from tests.fakes import make_client


def test_what_is_for_the_program_alone_is_neither_printed_nor_typed(vault: Vault) -> None:
    kind, key = ALL["attachment"], "0123456789abcdef"
    values = {"client": make_client(vault), "type": "photo", "title": "Шиноснома", "key": key}
    record = records.show(vault, records.add(vault, "attachment", values).id)
    assert record.values["key"] == key
    document = document_of(kind, record)
    assert "key" not in document
    assert key not in str(document)
    assert (document["title"], document["desk"]) == ("Шиноснома", "khorugh")
    with pytest.raises(FieldFixed):
        records.from_text(kind, {"key": key})
