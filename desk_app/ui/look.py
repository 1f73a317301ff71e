"""What every widget is made with: the words of one language, one theme, its icons. Immutable.

Another language, theme or text size is another `Look`; the window then builds its pages again (see `desk_app.ui`).
"""

from dataclasses import dataclass

from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icons
from desk_app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """Words, colours and icons, passed to each widget when it is made."""

    tr: Translator
    theme: Theme
    icons: Icons
