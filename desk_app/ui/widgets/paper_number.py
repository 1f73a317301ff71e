"""The input for the number of a passport or an identity card."""

import re

from desk_app.ui.widgets.lines import LineField

_LETTER = re.compile(r"^\s*[АаAa](?=[\s№-]*[0-9])")


class PaperNumberField(LineField):
    """A letter A at its beginning is written in Latin on leaving: on paper it is, and on this keyboard it looks the
    same. What papers of other countries begin with stays as it was typed."""

    def tidy(self) -> None:
        self.set_typed(_LETTER.sub("A", self.typed()))
