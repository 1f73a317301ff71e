"""What two vaults say to each other, read from the formats' pages: receipts, have-vectors, heads, keys, roster."""

import hashlib
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
import sqlcipher3

from desk_app.storage.vault import Vault
from desk_app.usecases import exchange, merging, partners
from tests.fakes import PASSPHRASE, FakeClock, make_client, make_vault
from tests.unit.crypto import independent_key_file
from tests.unit.sync import independent_reader as reader
from tests.unit.sync import independent_roster

pytestmark = pytest.mark.skipif(shutil.which("age") is None, reason="the age command is not installed")


class Stranger:
    """Reads along, with the private keys of whoever a bundle is for."""

    def __init__(self, vaults: tuple[Vault, Vault], work: Path) -> None:
        self.work = work
        self.cards: dict[str, reader.Row] = {}
        for one, other in (vaults, vaults[::-1]):
            file = work / f"{one.desk}.card"
            shown = partners.write_card(one, file)
            partners.enrol(other, file)
            self.cards[one.desk], digits = reader.read_card(file.read_bytes())
            assert digits == shown.digits
        self.rows: list[reader.Row] = []
        self.files: defaultdict[str, list[str]] = defaultdict(list)

    def carry(self, sender: Vault, to: Vault) -> reader.Row:
        """One bundle, read here, then taken in there; its header."""
        file = exchange.export(sender, to.desk, self.work).file
        keys = self.work / "reader.key"
        keys.write_text("\n".join(one.private for one in to.exchange_identities))
        header, rows = reader.read(file, keys, sender.device_key.public)
        self._check(header, sender, to)
        self.rows += rows
        self.files[sender.desk].append(hashlib.sha256(file.read_bytes()).hexdigest())
        assert [one.outcome for one in merging.merge_files(to, [file])] == ["merged"]
        return header

    def _check(self, header: reader.Row, sender: Vault, to: Vault) -> None:
        made, back = self.files[sender.desk], self.files[to.desk]
        assert header["number"] == len(made) + 1
        assert header["previous"] == (made[-1] if made else None)
        assert header["acknowledges"] == ({"number": len(back), "hash": back[-1]} if back else None)
        held = {chain: upto for chain, upto in reader.have(self.rows).items() if chain.startswith(to.device)}
        assert {chain: upto for chain, upto in header["have"].items() if chain.startswith(to.device)} == held
        last = {chain: self._hash(chain, upto) for chain, upto in held.items()}
        if sender.is_coordinator:
            assert header["heads"] == {chain: [upto, last[chain]] for chain, upto in held.items()}
        keys = reader.month_keys(self.rows, self.cards[to.desk], header["made_on"])
        assert set(header["recipients"]) == {reader.fingerprint(key) for key in keys}

    def _hash(self, chain: str, number: int) -> str:
        return next(reader.change_hash(row) for row in self.rows if (row["chain"], row["seq"]) == (chain, number))


def test_what_two_vaults_say_to_each_other(tmp_path: Path) -> None:
    clock = FakeClock()
    coordinator, desk = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh"))
    stranger = Stranger((coordinator, desk), tmp_path)
    client = make_client(desk)
    first = stranger.carry(desk, coordinator)
    assert (first["since"], first["roster"]) == (None, 0)
    stranger.carry(coordinator, desk)
    # A year on, other keys hold.
    clock.forward(days=365)
    make_client(desk)
    third = stranger.carry(desk, coordinator)
    assert third["since"] == {"number": 1, "hash": stranger.files["khorugh"][0]}
    assert third["roster"] == 1
    stranger.carry(coordinator, desk)
    assert client in {row["record"] for row in stranger.rows}

    trusted = {coordinator.device: ("coordinator", coordinator.device_key.public)}
    listed, newest = independent_roster.read(reader.roster_versions(stranger.rows), trusted)
    assert (listed, newest) == ({desk.device: ("khorugh", None)}, {coordinator.device: 1})

    folder = desk.folder
    desk.close()
    key, salt = independent_key_file.read(folder / "keys.json", PASSPHRASE, tmp_path)
    with sqlcipher3.connect(str(folder / "core.db")) as db:
        db.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        held = {row[0] for row in db.execute("SELECT record FROM change WHERE kind = 1")}
    db.close()
    assert held == {row["record"] for row in stranger.rows if row["kind"] == 1}
    coordinator.close()
