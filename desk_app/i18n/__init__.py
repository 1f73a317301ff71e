"""Words: catalogues, languages, formats, labels, and the sentence for every trouble. No Qt."""

from desk_app.i18n.languages import LANGUAGES, Language, by_code
from desk_app.i18n.translator import Translator

__all__ = ["LANGUAGES", "Language", "Translator", "by_code"]
