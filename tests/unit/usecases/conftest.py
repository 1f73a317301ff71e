"""The words of letters, compiled afresh so that no stale catalogue speaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app import paths


@pytest.fixture(scope="module", autouse=True)
def fresh_words(catalogues: Path) -> Iterator[None]:
    """Those catalogues in place of the ones compiled at some time, for the tests of this folder alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "translations", lambda: catalogues)
        yield
