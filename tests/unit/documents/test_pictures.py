"""Scans and photos are made anew: nothing of the camera or the author survives, and nothing that harms gets in."""

import io
import struct
import zlib
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image, PngImagePlugin
from reportlab.pdfgen.canvas import Canvas

from desk_app.documents import pictures
from desk_app.documents.pictures import NotAPictureError, PictureTooLargeError, prepared

SECRET = "Gulnora 38.5598 N Khorugh"


def encoded(picture: Image.Image, form: str, **more: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **more)
    return file.getvalue()


def photo(size: tuple[int, int] = (300, 200), mode: str = "RGB") -> Image.Image:
    """Red at the left, blue at the right; grey where the mode is."""
    made = Image.new("RGB", size, (200, 30, 30))
    made.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    return made.convert(mode)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET
    made[0x9286] = SECRET
    gps = made.get_ifd(0x8825)
    gps[1], gps[2] = "N", (38.0, 33.0, 35.0)
    gps[29] = "2026:03:05"
    return made


def written_pdf(pages: int = 1, size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with an author, a script, a link and a hidden text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, pageCompression=0)
    canvas.setAuthor(SECRET)
    canvas.setTitle(SECRET)
    canvas.setKeywords([SECRET])
    for _ in range(pages):
        canvas.drawString(72, 72, "Seen on the page")
        canvas.rect(100, 400, 300, 200, fill=1)
        canvas.linkURL("https://example.org/leak", (0, 0, 100, 100))
        canvas.showPage()
    canvas._doc.Catalog.OpenAction = "<< /S /JavaScript /JS (app.alert\\('leak'\\)) >>"
    canvas.save()
    return file.getvalue()


# What survives


def test_place_time_and_comments_of_the_camera_are_gone() -> None:
    data = encoded(photo(), "JPEG", exif=exif(), comment=SECRET.encode(), icc_profile=SECRET.encode(), dpi=(301, 301))
    assert opened(data).getexif().get_ifd(0x8825)
    made = prepared(data)
    assert made.media == "jpeg"
    again = opened(made.content)
    assert dict(again.getexif()) == {}
    assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"Gulnora", b"Exif", b"ICC_PROFILE", b"2026:03:05"):
        assert trace not in made.content


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP"])
def test_other_forms_become_plain_jpeg_without_their_notes(form: str) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET)
    notes.add_text("Long", SECRET, zip=True)
    more: dict[str, object] = {"PNG": {"pnginfo": notes}, "TIFF": {"description": SECRET}, "WEBP": {"xmp": SECRET}}[
        form
    ]
    made = prepared(encoded(photo(), form, exif=exif(), **more))
    assert made.media == "jpeg"
    assert opened(made.content).format == "JPEG"
    assert b"Gulnora" not in made.content


def test_a_photo_is_turned_upright() -> None:
    lying = opened(prepared(encoded(photo((300, 200)), "JPEG", exif=exif(6))).content)
    assert lying.size == (200, 300)
    red, _, blue = lying.getpixel((100, 20))
    assert red > 150
    assert blue < 90


def test_long_sides_shrink_to_2000_and_short_pictures_stay() -> None:
    assert opened(prepared(encoded(photo((5000, 2500)), "JPEG")).content).size == (2000, 1000)
    assert opened(prepared(encoded(photo((1000, 4000)), "PNG")).content).size == (500, 2000)
    assert opened(prepared(encoded(photo((640, 480)), "PNG")).content).size == (640, 480)


@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_grey_scans_stay_grey(mode: str) -> None:
    assert opened(prepared(encoded(photo(mode=mode), "PNG")).content).mode == "L"


def test_scans_of_16_bits_keep_black_and_white() -> None:
    deep = Image.new("I;16", (40, 40), 65535)
    deep.paste(0, (0, 0, 20, 40))
    grey = opened(prepared(encoded(deep, "PNG")).content)
    assert grey.mode == "L"
    assert grey.getpixel((5, 20)) < 20
    assert grey.getpixel((35, 20)) > 235


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "CMYK"])
def test_what_shines_through_stands_on_white_and_odd_colours_are_read(mode: str) -> None:
    clear = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    picture = clear.convert(mode) if mode != "CMYK" else Image.new("CMYK", (60, 60), (0, 0, 0, 0))
    form = "TIFF" if mode == "CMYK" else "PNG"
    made = opened(prepared(encoded(picture, form, **({"transparency": 0} if mode == "P" else {}))).content)
    assert made.convert("L").getpixel((30, 30)) > 240


def test_a_scan_of_several_pages_becomes_a_pdf_of_them() -> None:
    pages = [photo(mode="L"), photo((200, 300)), photo()]
    made = prepared(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert made.media == "pdf"
    document = pypdfium2.PdfDocument(made.content)
    assert len(document) == 3
    document.close()


def test_of_a_pdf_only_what_is_seen_survives() -> None:
    data = written_pdf(2)
    for trace in (b"Gulnora", b"JavaScript", b"example.org", b"Seen on the page"):
        assert trace in data or trace == b"Gulnora"
    made = prepared(data)
    assert made.media == "pdf"
    document = pypdfium2.PdfDocument(made.content)
    assert len(document) == 2
    assert not any(document.get_metadata_dict()[name] for name in ("Author", "Title", "Subject", "Keywords", "Creator"))
    page = document[0]
    assert page.get_textpage().get_text_bounded() == ""
    dots = page.render(scale=1).to_pil().convert("L")
    assert dots.getpixel((200, 340)) < 40
    assert dots.getpixel((50, 300)) > 235
    assert [round(side) for side in page.get_size()] == [595, 842]
    document.close()
    for trace in (
        b"/JavaScript",
        b"/JS",
        b"/OpenAction",
        b"/URI",
        b"/Annots",
        b"Gulnora",
        b"/EmbeddedFile",
        b"example",
    ):
        assert trace not in made.content


def test_the_same_scan_gives_the_same_bytes() -> None:
    data = written_pdf()
    assert prepared(data).content == prepared(data).content


# What is refused


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes of PNG that claim a picture of that size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(8000, 8000), (12000, 12000), (60000, 60000), (2**31 - 1, 1)])
def test_a_picture_that_unpacks_to_too_many_dots_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(PictureTooLargeError):
        prepared(png_claiming(width, height))


def test_a_note_that_unpacks_without_end_is_refused() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("bomb", "0" * 80_000_000, zip=True)
    with pytest.raises((NotAPictureError, PictureTooLargeError)):
        prepared(encoded(photo(), "PNG", pnginfo=notes))


def test_too_many_pages_and_too_many_bytes_are_refused() -> None:
    with pytest.raises(PictureTooLargeError):
        prepared(written_pdf(pictures.MOST_PAGES + 1))
    with pytest.raises(PictureTooLargeError):
        prepared(bytes(pictures.FILE_CAP + 1))


def test_a_page_as_large_as_a_house_is_drawn_small() -> None:
    made = prepared(written_pdf(size=(14400, 14400)))
    document = pypdfium2.PdfDocument(made.content)
    assert max(document[0].get_size()) <= pictures.LONGEST_SIDE * 72 / pictures.PDF_DPI + 1
    document.close()


def animated() -> bytes:
    return encoded(photo(), "GIF")


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"Dear colleague",
        lambda: b"%PDF-1.7 and nothing more",
        lambda: encoded(photo(), "JPEG")[:900],
        lambda: encoded(photo(), "BMP"),
        animated,
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    ],
)
def test_what_is_no_scan_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(NotAPictureError):
        prepared(make())


def test_flipped_bytes_never_bring_out_another_error() -> None:
    for data in (encoded(photo((40, 40)), "JPEG"), encoded(photo((40, 40)), "TIFF"), encoded(photo((40, 40)), "WEBP")):
        for at in range(0, len(data), max(len(data) // 150, 1)):
            spoilt = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            try:
                assert opened(prepared(spoilt).content).format == "JPEG"
            except (NotAPictureError, PictureTooLargeError):
                continue
