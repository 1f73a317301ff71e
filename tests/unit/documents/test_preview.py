from desk_app.documents.letter_pdf import render_letter
from desk_app.documents.letters import Fact
from desk_app.documents.preview import PageImage, page_count, page_image, page_images
from tests.unit.documents.samples import letter


def dark_share(image: PageImage) -> float:
    """The share of pixels that are ink."""
    blue = image.pixels[::4]
    return sum(value < 128 for value in blue) / len(blue)


def test_an_a4_page_at_72_dpi() -> None:
    (image,) = page_images(render_letter(letter("tg")), 72)
    assert (image.width, image.height) == (596, 842)
    assert image.stride >= image.width * 4
    assert len(image.pixels) == image.stride * image.height
    assert 0.01 < dark_share(image) < 0.2


def test_pages_come_in_order_and_alone() -> None:
    pdf = render_letter(letter("tg", facts=(Fact("Ном", "Ғ" * 8000),)))
    images = page_images(pdf, 40)
    assert len(images) == page_count(pdf) > 1
    assert page_image(pdf, 1, 40) == images[1] != images[0]


def test_more_dots_make_a_larger_picture() -> None:
    pdf = render_letter(letter("ru"))
    assert page_image(pdf, 0, 144).width == 1191
