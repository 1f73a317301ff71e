"""A card is admitted from its file or from a picture of its QR code, and from nothing else."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desk_app.documents import qr_code
from desk_app.domain.errors import CardDamaged, CardNewer, CodeUnreadable, DigitsDiffer, FileTooLarge, Trouble
from desk_app.storage import partner_table
from desk_app.storage.vault import Vault
from desk_app.sync import card
from desk_app.usecases import card_files, exchange, exchange_keys, merging, partners
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import FakeClock, make_vault

FIRST = Path(__file__).resolve().parents[2] / "data" / "cards" / "1.json"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Vault, Vault]]:
    """A coordinator and a desk that do not know each other yet."""
    clock = FakeClock()
    made = make_vault(tmp_path, "coordinator", clock), make_vault(tmp_path, "khorugh", clock)
    yield made
    for vault in made:
        vault.close()


def photographed(*codes: qr_code.QrCode) -> bytes:
    """A photo of screens side by side."""
    photo = Image.new("L", (900 * len(codes), 900), 200)
    for at, code in enumerate(codes):
        screen = Image.frombytes("L", (code.side, code.side), code.dots)
        photo.paste(screen.resize((800, 800), Image.Resampling.NEAREST), (900 * at + 50, 50))
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=80)
    return file.getvalue()


def test_two_offices_admit_each_other_by_photos_of_their_screens(desks: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = desks
    for shower, reader in ((coordinator, desk), (desk, coordinator)):
        shown = partners.own_code(shower)
        (tmp_path / "photo").write_bytes(photographed(shown.code))
        assert partners.read_card(tmp_path / "photo") == shown.card
        with pytest.raises(DigitsDiffer):
            partners.enrol(reader, tmp_path / "photo", "123")
        assert partners.enrol(reader, tmp_path / "photo", " ".join(shown.card.digits)) == shown.card
    for sender, receiver in ((desk, coordinator), (coordinator, desk)):
        (done,) = merging.merge_files(receiver, [exchange.export(sender, receiver.desk, tmp_path).file])
        assert done.outcome is Outcome.MERGED


def test_a_code_holds_the_bytes_of_the_cards_file(desks: tuple[Vault, Vault], tmp_path: Path) -> None:
    partners.write_card(desks[1], tmp_path / "card.json")
    partners.write_card(desks[1], tmp_path / "card.PNG")
    assert qr_code.read((tmp_path / "card.PNG").read_bytes()) == ((tmp_path / "card.json").read_bytes(),)
    assert partners.read_card(tmp_path / "card.PNG") == partners.read_card(tmp_path / "card.json")


def test_a_card_of_the_first_format_is_admitted_and_its_one_key_used(desks: tuple[Vault, Vault]) -> None:
    coordinator, _ = desks
    partners.enrol(coordinator, FIRST)
    (known,) = partner_table.partners(coordinator.db)
    assert exchange_keys.recipients_of(coordinator, known) == (json.loads(FIRST.read_bytes())["exchange"],)


def test_pictures_without_one_card_admit_nobody(desks: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = desks
    own, other = partners.own_code(coordinator).code, partners.own_code(desk).code
    poster = qr_code.draw(b"https://example.org")
    photo = tmp_path / "photo.jpg"
    refused: list[tuple[bytes, type[Trouble]]] = [
        (photographed(poster), CodeUnreadable),
        (photographed(own, other), CodeUnreadable),
        (photographed(qr_code.draw(b'{"format":3}')), CardNewer),
        (photographed(own)[:2000], CodeUnreadable),
        (b"\x89PNG\r\n\x1a\n" + bytes(1000), CodeUnreadable),
        (b"x" * (card.SIZE_CAP + 1), CardDamaged),
        (b"GIF89a", CardDamaged),
    ]
    for data, trouble in refused:
        photo.write_bytes(data)
        with pytest.raises(trouble):
            partners.enrol(coordinator, photo)
    with photo.open("wb") as file:
        file.truncate(card_files.PICTURE_CAP + 1)
    with pytest.raises(FileTooLarge):
        partners.enrol(coordinator, photo)
    assert partner_table.partners(coordinator.db) == []
    photo.write_bytes(photographed(poster, other))
    assert partners.enrol(coordinator, photo).code == "khorugh"
