"""English source words -> the words of one language, with the facts filled in."""

import copy
import gettext
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Self

from desk_app import paths
from desk_app.domain.vocabulary import SHIPPED, OwnChoices, Vocabulary, is_own_code
from desk_app.i18n import formats
from desk_app.i18n.languages import ENGLISH, Language
from desk_app.i18n.placeholders import PLACEHOLDER

DOMAIN = "desk_app"
"""The name of the catalogue files."""

Fact = str | int | Decimal | date
"""What may fill a placeholder. Text stands as it is; numbers and dates are written the language's way.

A year, a letter's number or any other digits that are a name and not an amount are passed as text.
"""

_OWN_ORDER = ("tg", "ru", "uz_Latn", "uz_Cyrl", "en")
"""In which language an own choice is shown to whom it has no words for."""


class Translator:
    """The words of one language. Immutable; a letter has its own, whatever the window speaks."""

    __slots__ = ("_catalogue", "language", "own")

    def __init__(self, language: Language, folder: Path | None = None) -> None:
        """Reads the compiled catalogue under the folder; by default the program's own, and over it what was corrected
        on this computer.

        Raises FileNotFoundError when the catalogue was not compiled: that is a broken installation, not a trouble.
        """
        self.language = language
        self.own = SHIPPED
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if language is not ENGLISH:
            file = (folder or paths.translations()) / language.code / "LC_MESSAGES" / f"{DOMAIN}.mo"
            with file.open("rb") as stream:
                self._catalogue = gettext.GNUTranslations(stream)
            if folder is None and paths.corrections().is_dir():
                self._correct()

    def text(self, msgid: str, **facts: Fact) -> str:
        """The sentence in this language. Raises LookupError when a placeholder has no fact."""
        return self._filled(self._catalogue.gettext(msgid) if msgid else "", facts)

    def plural(self, one: str, many: str, count: int, **facts: Fact) -> str:
        """The sentence for this many, with `{count}` filled. Raises LookupError when a placeholder has no fact."""
        return self._filled(self._catalogue.ngettext(one, many, count), {"count": count, **facts})

    def knowing(self, own: OwnChoices) -> Self:
        """The same words, and those of the choices that coordinators added: they belong to a vault."""
        made = copy.copy(self)
        made.own = own
        return made

    def choice(self, vocabulary: Vocabulary, code: str) -> str:
        """The words of a choice. An own one whose words have not arrived is shown by its code, with a mark; a code
        that a newer version made as it stands.
        """
        words = self.known_choice(vocabulary, code)
        return words or (self.text("{code} (no words yet)", code=code) if is_own_code(code) else code)

    def known_choice(self, vocabulary: Vocabulary, code: str) -> str:
        """The words of a choice; empty where there are none. Of an own one in another language, where it has none in
        this one.
        """
        words = vocabulary.words.get(code)
        return self.own.words(vocabulary, code, self._own_order()) if words is None else self.text(words)

    def _correct(self) -> None:
        # Where nobody corrected anything, neither the door nor a command waits for what reads corrections.
        from desk_app.i18n.catalogue.corrections import corrected
        from desk_app.i18n.catalogue.writing import compiled

        corrections = corrected(self.language, paths.corrections())
        if corrections.entries:
            above = gettext.GNUTranslations(io.BytesIO(compiled(corrections)))
            above.add_fallback(self._catalogue)
            self._catalogue = above

    def _own_order(self) -> tuple[str, ...]:
        """The same language in the other script before another language."""
        code = self.language.code
        alike = [other for other in _OWN_ORDER if other[:2] == code[:2]]
        return (code, *alike, *_OWN_ORDER)

    def _filled(self, words: str, facts: dict[str, Fact]) -> str:
        return PLACEHOLDER.sub(lambda match: self._shown(facts[match[1]]), words)

    def _shown(self, fact: Fact) -> str:
        if isinstance(fact, str):
            return fact
        if isinstance(fact, datetime):
            return formats.moment(fact)
        if isinstance(fact, date):
            return formats.day(fact)
        return formats.number(fact, self.language)
