"""Scans and photos as they are put away: made anew from their dots, so that nothing else in the file survives.

What comes in may be meant to harm. Sizes are looked at before anything is unpacked, formats are few, and what goes out
is a plain JPEG, or a PDF of such pictures: no place, name or time of the camera, no script, link or embedded file.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desk_app.documents import preview

FILE_CAP = 40 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PAGES = 50
LONGEST_SIDE = 2000
PDF_DPI = 150
QUALITY = 80
JPEG, PDF = "jpeg", "pdf"
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_POINTS_PER_INCH = 72
_DEPTHS = (255.0, 4095.0, 65535.0)
_PDF_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
"""Bytes before the magic that readers of PDF put up with."""


class NotAPictureError(Exception):
    """The bytes are no picture and no PDF that can be read."""


class PictureTooLargeError(Exception):
    """It has more dots, pages or bytes than a scan has."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is put away: `media` is a code of the vocabulary `media`."""

    media: str
    content: bytes


def prepared(data: bytes) -> Picture:
    """A picture or PDF made anew. Raises `NotAPictureError`, `PictureTooLargeError`."""
    if len(data) > FILE_CAP:
        raise PictureTooLargeError
    with _as_refusal():
        if _PDF_MAGIC in data[:_MAGIC_WITHIN]:
            made = Picture(PDF, _bound(list(_pdf_pages(data))))
        else:
            pages = list(_frames(data))
            made = Picture(JPEG, pages[0]) if len(pages) == 1 else Picture(PDF, _bound(pages))
    if len(made.content) > FILE_CAP:
        raise PictureTooLargeError
    return made


def page_count(picture: Picture) -> int:
    """How many pages there are to turn. Raises `NotAPictureError`, `PictureTooLargeError`."""
    if picture.media == JPEG:
        return 1
    with _as_refusal():
        count = preview.page_count(picture.content)
        if count > MOST_PAGES:
            raise PictureTooLargeError
        return count


def page(picture: Picture, number: int) -> preview.PageImage:
    """One page, counted from 0, to be shown. What another desk sent is looked at with the same care as a new file.

    Raises `NotAPictureError`, `PictureTooLargeError`.
    """
    with _as_refusal():
        if picture.media == JPEG:
            with Image.open(io.BytesIO(picture.content), formats=("JPEG",)) as opened:
                _check_pixels(opened.width, opened.height)
                dots = opened.convert("RGB")
        else:
            document = pypdfium2.PdfDocument(picture.content)
            try:
                dots = _drawn(document, number).convert("RGB")
            finally:
                document.close()
    return preview.PageImage(dots.width, dots.height, dots.width * 4, dots.tobytes("raw", "BGRX"))


@contextmanager
def _as_refusal() -> Iterator[None]:
    """Readers of pictures fail in a hundred ways on what is not as it should be, and all of them mean one thing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (NotAPictureError, PictureTooLargeError):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as error:
        raise PictureTooLargeError from error
    except Exception as error:
        raise NotAPictureError from error


def _frames(data: bytes) -> Iterator[bytes]:
    """The picture as a JPEG; of a scan with several pages each one."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        # What moves is shown as it begins; only TIFF keeps pages side by side.
        count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
        if count > MOST_PAGES:
            raise PictureTooLargeError
        for number in range(count):
            if count > 1:
                opened.seek(number)
            _check_pixels(opened.width, opened.height)
            if opened.format in ("JPEG", "MPO"):
                opened.draft(opened.mode, (LONGEST_SIDE, LONGEST_SIDE))
            yield _jpeg(_plain(ImageOps.exif_transpose(opened)))


def _pdf_pages(data: bytes) -> Iterator[bytes]:
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > MOST_PAGES:
            raise PictureTooLargeError
        if not len(document):
            raise NotAPictureError
        # What was typed into a form is drawn too. This library has no engine for scripts.
        document.init_forms()
        for number in range(len(document)):
            yield _jpeg(_drawn(document, number))
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number]
    try:
        longest = max(page.get_size())
        scale = min(PDF_DPI / _POINTS_PER_INCH, LONGEST_SIDE / longest)
        bitmap = page.render(scale=scale)
        try:
            picture: Image.Image = bitmap.to_pil().convert("RGB")
        finally:
            bitmap.close()
    finally:
        page.close()
    return picture.convert("L") if _is_grey(picture) else picture


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(green, blue).getbbox()


def _check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureTooLargeError


def _plain(picture: Image.Image) -> Image.Image:
    """Grey or coloured dots on white ground, nothing that shines through."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return _from_deep(picture)
    if picture.has_transparency_data:
        above = picture.convert("RGBA")
        ground = Image.new("RGBA", above.size, "white")
        ground.alpha_composite(above)
        return ground.convert("L" if picture.mode == "LA" else "RGB")
    return picture.convert("L" if picture.mode in ("1", "L", "LA") else "RGB")


def _from_deep(picture: Image.Image) -> Image.Image:
    """Scans with more than 8 bits a dot: brought to 8 from the depth they use."""
    deep = picture.convert("F")
    _, high = deep.getextrema()
    if not isinstance(high, float):
        raise NotAPictureError
    top = next((depth for depth in _DEPTHS if high <= depth), high)
    return deep.point(lambda value: value * (255.0 / top)).convert("L")


def _jpeg(picture: Image.Image) -> bytes:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=3.0)
    # On a sheet of its own: what a reader noted beside the dots, a writer would write again.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    file = io.BytesIO()
    clean.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _bound(pages: list[bytes]) -> bytes:
    """A PDF of these pictures, a page each, that says nothing else."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for setter in (canvas.setTitle, canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setProducer):
        setter("")
    for page in pages:
        reader = ImageReader(io.BytesIO(page))
        width, height = (side * _POINTS_PER_INCH / PDF_DPI for side in reader.getSize())
        canvas.setPageSize((width, height))
        canvas.drawImage(reader, 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
