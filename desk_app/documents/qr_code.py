"""QR codes: drawn as dots for a window or as a PNG, and read out of a picture that somebody took.

A picture comes from outside and may be meant to harm: formats are two, sizes are looked at before anything is unpacked,
and what a code holds is bytes to be read by whoever knows their form.
"""

import io
import math
import warnings
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image

MOST_PIXELS = 64_000_000
MOST_BYTES = 2_900
"""A little less than what the largest QR code holds (ISO/IEC 18004, version 40, level L)."""
LONGEST_SIDE = 4000
"""Dots to which a larger picture is brought down: a code that fills a third of it still has several dots a module."""
_PNG_DOTS = 8
_QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


class CodeTooLongError(Exception):
    """More bytes than one QR code holds."""


class PictureBrokenError(Exception):
    """The bytes are no PNG or JPEG that can be read, or have more dots than a photo has."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code as dots: `side` rows of `side` bytes, 0 for dark and 255 for light, one a module, its light edge included.

    To be shown enlarged without smoothing, always dark on light.
    """

    side: int
    dots: bytes


def draw(data: bytes) -> QrCode:
    """The code that holds exactly these bytes. Raises `CodeTooLongError`."""
    if len(data) > MOST_BYTES:
        raise CodeTooLongError
    made = zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    # It can be read as a buffer, which the library's types do not say.
    picture: Any = made.to_image(scale=1, add_quiet_zones=True)
    dots = bytes(memoryview(picture))
    return QrCode(math.isqrt(len(dots)), dots)


def as_png(code: QrCode) -> bytes:
    """The code as a picture to be sent or printed."""
    picture = Image.frombytes("L", (code.side, code.side), code.dots)
    side = code.side * _PNG_DOTS
    file = io.BytesIO()
    picture.resize((side, side), Image.Resampling.NEAREST).convert("1").save(file, "PNG")
    return file.getvalue()


def read(data: bytes) -> tuple[bytes, ...]:
    """What the QR codes in a PNG or JPEG hold, none twice. Raises `PictureBrokenError`."""
    found = zxingcpp.read_barcodes(_grey(data), formats=_QR_CODE)
    return tuple(dict.fromkeys(one.bytes for one in found if one.valid))


def _grey(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PictureBrokenError
                opened.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
                return _plain(opened)
    except PictureBrokenError:
        raise
    except Exception as error:  # Readers of pictures fail in a hundred ways on what is not as it should be.
        raise PictureBrokenError from error


def _plain(opened: Image.Image) -> Image.Image:
    """Grey dots on white ground, no more than are needed."""
    if opened.has_transparency_data:
        above = opened.convert("RGBA")
        ground = Image.new("RGBA", above.size, "white")
        ground.alpha_composite(above)
        opened = ground
    grey = opened.convert("L")
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=3.0)
    return grey
