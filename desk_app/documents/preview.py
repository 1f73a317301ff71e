"""Pages of a PDF as pictures, for the window's preview and for the printer. Nothing is written to disk."""

from dataclasses import dataclass

import pypdfium2

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in pixels: rows of `stride` bytes, each pixel blue, green, red and an unused byte."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """How many pages the file has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_image(pdf: bytes, page: int, dpi: float) -> PageImage:
    """One page, counted from 0; 96 to 150 dpi suit a screen, 300 a printer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return _rendered(document[page], dpi)
    finally:
        document.close()


def page_images(pdf: bytes, dpi: float) -> list[PageImage]:
    """Every page. A page at 300 dpi takes 33 MiB: ask for such pages one by one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_rendered(page, dpi) for page in document]
    finally:
        document.close()


def _rendered(page: pypdfium2.PdfPage, dpi: float) -> PageImage:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, prefer_bgrx=True)
    try:
        return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
        page.close()
