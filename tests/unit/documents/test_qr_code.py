"""QR codes hold bytes exactly, and whatever else is taken for a picture of one is refused."""

import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from desk_app.documents import qr_code
from desk_app.documents.qr_code import CodeTooLongError, PictureBrokenError

CARD_SIZED = random.Random(1).randbytes(1300)
PNG = qr_code.as_png(qr_code.draw(CARD_SIZED))


@settings(max_examples=20)
@given(st.binary(min_size=1, max_size=qr_code.MOST_BYTES) | st.integers(1, 2900).map(lambda size: b"\xff" * size))
def test_a_code_holds_exactly_what_it_was_given(data: bytes) -> None:
    assert qr_code.read(qr_code.as_png(qr_code.draw(data))) == (data,)


def test_the_dots_of_a_code_make_a_square_dark_on_light_with_a_light_edge() -> None:
    code = qr_code.draw(CARD_SIZED)
    assert len(code.dots) == code.side**2
    assert set(code.dots) == {0, 255}
    assert set(code.dots[: 4 * code.side]) == {255}
    assert code == qr_code.draw(CARD_SIZED)


def test_more_than_a_code_holds_is_not_drawn() -> None:
    with pytest.raises(CodeTooLongError):
        qr_code.draw(bytes(qr_code.MOST_BYTES + 1))


def saved(picture: Image.Image, form: str, **options: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def test_a_photo_of_a_screen_is_read() -> None:
    """Askew, a little out of focus, unevenly lit, with a frame around, and packed hard."""
    code = Image.open(io.BytesIO(PNG)).convert("L").resize((1100, 1100))
    photo = Image.new("L", (2400, 1800), 120)
    photo.paste(code.point(lambda dot: 40 + dot * 0.7), (600, 300))
    photo = photo.rotate(6, fillcolor=90).filter(ImageFilter.GaussianBlur(1.2))
    assert qr_code.read(saved(photo, "JPEG", quality=60)) == (CARD_SIZED,)
    assert qr_code.read(saved(photo.rotate(90, expand=True).convert("RGB"), "PNG")) == (CARD_SIZED,)


def test_what_shines_through_is_white() -> None:
    code = Image.open(io.BytesIO(PNG)).convert("RGBA")
    clear = Image.new("RGBA", code.size, (0, 0, 0, 0))
    clear.paste(code, mask=code.convert("L").point(lambda dot: 255 - dot))
    assert qr_code.read(saved(clear, "PNG")) == (CARD_SIZED,)


def test_several_codes_are_all_read_and_none_is_nothing() -> None:
    both = Image.new("L", (2600, 1200), 255)
    for at, data in enumerate((CARD_SIZED, b"https://example.org")):
        both.paste(Image.open(io.BytesIO(qr_code.as_png(qr_code.draw(data)))).convert("L"), (at * 1300, 0))
    assert set(qr_code.read(saved(both, "PNG"))) == {CARD_SIZED, b"https://example.org"}
    assert qr_code.read(saved(Image.new("L", (300, 300), 128), "PNG")) == ()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0" + bytes(100),
        PNG[: len(PNG) // 2],
        PNG[:40] + bytes(40) + PNG[80:],
        png_of(60_000, 60_000, bytes(1000)),
        png_of(8_001, 8_000, bytes(1000)),
        png_of(2**31 - 1, 2**31 - 1, b""),
        png_of(0, 0, b""),
        saved(Image.new("L", (100, 100)), "GIF"),
        saved(Image.new("L", (100, 100)), "TIFF"),
        b"%PDF-1.4",
    ],
    ids=lambda data: f"{len(data)} bytes",
)
def test_a_hostile_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureBrokenError):
        qr_code.read(data)


@settings(max_examples=40)
@given(st.binary(max_size=300), st.integers(0, len(PNG) - 1), st.integers(1, 255))
def test_nothing_else_comes_out_of_a_bent_picture(tail: bytes, at: int, bit: int) -> None:
    bent = bytearray(PNG)
    bent[at] ^= bit
    for data in (bytes(bent), PNG[:8] + tail, b"\xff\xd8\xff" + tail):
        try:
            assert all(isinstance(one, bytes) for one in qr_code.read(data))
        except PictureBrokenError:
            continue
