"""The input for the number of a passport or an identity card."""

import re

from desk_app.ui.widgets.lines import LineField

_CYRILLIC_LETTER = re.compile(r"\s*[АаAa](?=[\s№-]*[0-9])")


class PaperNumberField(LineField):
    """Its letter A is written in Latin on leaving: on paper it is, and on this keyboard it looks the same."""

    def tidy(self) -> None:
        self.set_typed(_CYRILLIC_LETTER.sub("A", self.typed(), count=1))
