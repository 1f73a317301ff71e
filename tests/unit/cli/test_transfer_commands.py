"""transfer, ask-transfer and transfers as a person types them, and find at the desk that somebody left."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app import bootstrap
from desk_app.cli.program import run
from desk_app.usecases import transfers
from tests.fakes import PASSPHRASE, make_client, surroundings
from tests.unit.usecases.moving import programme

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    monkeypatch.setenv("DESK_APP_LANGUAGE", "en")
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)

    def type_it(folder: Path, *words: str) -> tuple[int, str]:
        monkeypatch.setattr(bootstrap, "surroundings", lambda: surroundings((folder, words)))
        capsys.readouterr()
        code = run(["--vault", str(folder), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return type_it


def test_people_are_offered_asked_for_and_taken_over(typed: Typed, tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh") as moving:
        old, new = moving["vahdat"], moving["khorugh"]
        client = make_client(old, "Исмоил")
        (accepted,) = transfers.offer(old, client, "khorugh", "moved")
        moving.round()
        transfers.accept(new, accepted)
        moving.round()
        staying = make_client(old, "Зуҳро")
    _, said = typed(old.folder, "find", "исмоил")
    assert "moved to Khorugh" in said
    assert json.loads(typed(old.folder, "find", "исмоил", "--json")[1])["people"][0]["moved_to"] == "khorugh"
    code, said = typed(old.folder, "transfer", client, "--to", "khorugh")
    assert (code, "is with the desk Khorugh" in said) == (1, True)
    code, said = typed(old.folder, "transfer", staying, "--to", "khorugh", "--reason", "asked", "--json")
    (offered,) = json.loads(said)["transfers"]
    _, said = typed(old.folder, "transfers")
    assert "Vahdat offers the person to Khorugh since 05.03.2026. Reason: The person asks for it." in said
    document = json.loads(typed(old.folder, "transfers", "--withdraw", offered, "--json")[1])
    assert document["offered_by_us"] == []
    everything = json.loads(typed(old.folder, "transfers", "--all", "--json")[1])["transfers"]
    assert {one["id"]: one["state"] for one in everything} == {accepted: "accepted", offered: "withdrawn"}
    code, said = typed(new.folder, "ask-transfer", "--name", "Зуҳро", "--from", "vahdat")
    assert (code, "consent" in said) == (1, True)
    code, said = typed(new.folder, "ask-transfer", "--name", "Зуҳро", "--from", "vahdat", "--agreed", "--json")
    document = json.loads(typed(new.folder, "transfers", "--json")[1])
    assert [one["id"] for one in document["asked_by_us"]] == [json.loads(said)["id"]]
    assert typed(new.folder, "transfers", "--refuse", json.loads(said)["id"])[0] == 1
