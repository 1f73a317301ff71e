"""Translators of the checked-in catalogues, compiled afresh so that no stale .mo speaks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.i18n.languages import by_code
from desk_app.i18n.translator import Translator


@pytest.fixture(scope="session")
def speaking(catalogues: Path) -> Callable[[str], Translator]:
    """Makes the translator of a language code."""
    return lambda code: Translator(by_code(code), catalogues)
