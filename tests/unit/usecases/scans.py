"""Scans for tests: made, written down, added to a client."""

import io
import random
from pathlib import Path

from PIL import Image

from desk_app.crypto.blobs import name_of
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.storage import blobs
from desk_app.storage.vault import Vault
from desk_app.usecases import attachments, records
from tests.fakes import make_client

ABOUT = {"type": "paper", "title": "Шаҳодатнома"}
COORDINATOR_CODE = DeskCode(COORDINATOR)


def noisy(seed: int, side: int = 700) -> bytes:
    """A scan that packs badly: several pieces long."""
    dots = random.Random(seed).randbytes(side * side)
    file = io.BytesIO()
    Image.frombytes("L", (side, side), dots).save(file, "PNG")
    return file.getvalue()


def written(folder: Path, data: bytes, name: str = "Назарова scan.png") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def added(vault: Vault, folder: Path, seed: int = 1, side: int = 700) -> RecordId:
    return attachments.add(vault, make_client(vault), written(folder, noisy(seed, side)), ABOUT).id


def file_of(vault: Vault, record: RecordId) -> Path:
    name = name_of(records.show(vault, record).text("key"))
    return vault.folder / blobs.FOLDER / name


# At one vault
