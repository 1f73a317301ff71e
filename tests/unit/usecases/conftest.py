"""The words of letters, compiled afresh so that no stale catalogue speaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogue_files import compiled, read

from desk_app import paths
from desk_app.i18n.languages import TRANSLATED
from desk_app.i18n.translator import DOMAIN


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues of every language, compiled now."""
    folder = tmp_path_factory.mktemp("translations")
    for language in TRANSLATED:
        file = folder / language.code / "LC_MESSAGES" / f"{DOMAIN}.mo"
        file.parent.mkdir(parents=True)
        file.write_bytes(compiled(read(language)))
    return folder


@pytest.fixture(scope="module", autouse=True)
def fresh_words(catalogues: Path) -> Iterator[None]:
    """Those catalogues in place of the ones compiled at some time, for the tests of this folder alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "translations", lambda: catalogues)
        yield
