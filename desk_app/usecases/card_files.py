"""Cards as they come from outside: the file itself, or a picture that somebody took of its QR code."""

from collections.abc import Sequence
from pathlib import Path

from desk_app.domain.errors import CardDamaged, CardNewer, CodeUnreadable
from desk_app.storage import files
from desk_app.sync import card
from desk_app.sync.card import AnyCard

PICTURE_CAP = 32 * 1024 * 1024
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How a PNG and a JPEG begin."""


def read(path: Path) -> AnyCard:
    """The card in a file or in a picture.

    Raises `CardDamaged`, `CardNewer`, `CodeUnreadable`, `FileTooLarge`, `FileUnreadable`, `NoAccess`.
    """
    data = files.read(path, PICTURE_CAP)
    if not data.startswith(_PICTURES):
        return card.read_card(data)
    # Who has a card's file needs no reader of pictures.
    from desk_app.documents import qr_code

    try:
        return _only_card(qr_code.read(data), path)
    except qr_code.PictureBrokenError as error:
        raise CodeUnreadable(str(path)) from error


def _only_card(held: Sequence[bytes], path: Path) -> AnyCard:
    """The one card among what codes hold: other codes may hang on the wall beside it."""
    found: list[AnyCard] = []
    for data in held:
        try:
            found.append(card.read_card(data))
        except CardNewer:
            raise
        except CardDamaged:
            continue
    if len(found) != 1:
        raise CodeUnreadable(str(path))
    return found[0]
