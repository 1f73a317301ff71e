"""Translators of the checked-in catalogues, compiled afresh so that no stale .mo speaks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from catalogue_files import compiled, read

from desk_app.i18n.languages import TRANSLATED, by_code
from desk_app.i18n.translator import DOMAIN, Translator


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of compiled catalogues."""
    folder = tmp_path_factory.mktemp("translations")
    for language in TRANSLATED:
        file = folder / language.code / "LC_MESSAGES" / f"{DOMAIN}.mo"
        file.parent.mkdir(parents=True)
        file.write_bytes(compiled(read(language)))
    return folder


@pytest.fixture(scope="session")
def speaking(catalogues: Path) -> Callable[[str], Translator]:
    """Makes the translator of a language code."""
    return lambda code: Translator(by_code(code), catalogues)
