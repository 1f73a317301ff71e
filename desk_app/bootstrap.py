"""Builds the real objects once and hands them over; the only place that knows all of them."""

import locale
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desk_app import paths
from desk_app.i18n import Language, Translator, by_code
from desk_app.i18n.languages import ENGLISH, RUSSIAN, TAJIK, UZBEK_CYRILLIC, UZBEK_LATIN

if TYPE_CHECKING:
    from desk_app.storage.vault import Surroundings

LANGUAGE_VARIABLE = "DESK_APP_LANGUAGE"


def surroundings() -> "Surroundings":
    """The declared kinds, the machine's clock, the system's randomness and the place of its user."""
    # The unlock window needs only words; the database comes after it.
    from desk_app.usecases.vaults import real_surroundings

    return real_surroundings(paths.profile_folder())


def translator(language: Language | None = None) -> Translator:
    """The words of a language; without one, of the language that this person's system speaks."""
    return Translator(language or spoken_language(os.environ))


def spoken_language(environment: Mapping[str, str]) -> Language:
    """The language of `DESK_APP_LANGUAGE`, else the system's, else English."""
    try:
        return by_code(environment[LANGUAGE_VARIABLE])
    except LookupError:
        return _language_of(_system_locale(environment))


def _system_locale(environment: Mapping[str, str]) -> str:
    if sys.platform == "win32":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return next((said for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := environment.get(name))), "")


def _language_of(locale_name: str) -> Language:
    # Uzbek speakers in Tajikistan write Cyrillic unless their system says otherwise.
    if locale_name.startswith("uz"):
        return UZBEK_LATIN if "latn" in locale_name.lower() else UZBEK_CYRILLIC
    return {"tg": TAJIK, "ru": RUSSIAN}.get(locale_name[:2], ENGLISH)
