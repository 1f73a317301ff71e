"""The offer to read a text as Tajik that was typed in one of the old fonts."""

from desk_app.ui.look import Look
from desk_app.ui.widgets.remark import Remark

_PREVIEW = 80
"""Characters of the converted text that are shown before anybody decides."""


def old_font_remark(look: Look, typed: str) -> Remark | None:
    """The offer with a preview, or None for a text that was not typed in an old font."""
    if typed.isascii():
        return None
    # What compares names is large and not needed before the first name is typed.
    from desk_app.domain.names import convert_old_font, old_font

    font = old_font(typed)
    if font is None:
        return None
    converted = convert_old_font(typed, font)
    shown = converted if len(converted) <= _PREVIEW else f"{converted[:_PREVIEW]}…"
    words = look.tr.text(
        "This was typed in an old Tajik font. Converted it reads: {words}", words=" ".join(shown.split())
    )
    return Remark(words, converted)
