"""erase, erasures and retention as a person types them."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.fakes import FakeClock, make_client, make_vault, open_vault
from tests.unit.cli.conftest import TypedAt

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vault = make_vault(tmp_path)
    make_client(vault, "Карим", surname="Назаров")
    vault.close()
    return vault.folder


@pytest.fixture
def typed(folder: Path, typed_at: TypedAt) -> Typed:
    """At the desk of that folder."""
    return partial(typed_at, folder)


def test_without_yes_only_the_consequences_are_said(typed: Typed, folder: Path) -> None:
    code, said = typed("erase", "KHG-2026-1", "--reason", "asked")
    assert code == 1
    for words in ("Clients   1", "Consents  2", "Letters, reports and other papers", "--yes"):
        assert words in said, said
    code, said = typed("erase", "KHG-2026-1", "--reason", "asked", "--json")
    assert (code, json.loads(said)["consequences"]["counts"]) == (1, {"client": 1, "consent": 2})
    vault = open_vault(folder)
    try:
        assert vault.db.execute("SELECT count(*) FROM client").fetchone()[0] == 1
    finally:
        vault.close()


def test_with_yes_it_goes_and_the_list_says_so(typed: Typed) -> None:
    assert typed("erasures") == (0, "Nothing has been erased yet.\n")
    assert typed("erase", "KHG-2026-1", "--reason", "mistake", "--yes") == (0, "3 records were erased.\n")
    code, said = typed("erase", "KHG-2026-1", "--reason", "mistake", "--yes")
    assert code == 1
    assert "No record was found" in said
    code, said = typed("erasures")
    assert code == 0
    assert "It was recorded by mistake" in said
    code, said = typed("erasures", "--json")
    (one,) = json.loads(said)["erasures"]
    assert (one["records"], one["desk"], one["waiting"]) == (3, "khorugh", [])


def test_retention_only_proposes(typed: Typed) -> None:
    assert typed("retention") == (0, "Nothing has been kept longer than needed.\n")
    later = FakeClock()
    later.forward(days=2000)
    code, said = typed("retention", clock=later)
    assert code == 0
    assert "Назаров Карим" in said
    assert "Nothing was recorded for five years" in said
    code, said = typed("retention", "--json", clock=later)
    assert [one["rule"] for one in json.loads(said)["proposals"]] == ["quiet"]
