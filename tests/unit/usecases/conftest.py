"""The words of letters, compiled afresh so that no stale catalogue speaks."""

from collections.abc import Iterator

import pytest
from catalogue_files import compiled, read

from desk_app import paths
from desk_app.i18n.languages import TRANSLATED
from desk_app.i18n.translator import DOMAIN


@pytest.fixture(scope="session", autouse=True)
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Catalogues of every language, in place of those that were compiled at some time."""
    folder = tmp_path_factory.mktemp("translations")
    for language in TRANSLATED:
        file = folder / language.code / "LC_MESSAGES" / f"{DOMAIN}.mo"
        file.parent.mkdir(parents=True)
        file.write_bytes(compiled(read(language)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "translations", lambda: folder)
        yield
