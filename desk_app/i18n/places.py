"""What the programme's desks are called: by their city or district, in every language, from resources/districts.csv."""

import csv
from collections.abc import Mapping
from functools import lru_cache

from desk_app import paths
from desk_app.domain.desks import COORDINATOR, DESKS, coordinator_number
from desk_app.i18n.translator import Translator


def desk_name(code: str, tr: Translator) -> str:
    """The desk's name in the translator's language; a desk that opened later is shown by its code."""
    if code == COORDINATOR:
        return tr.text("Coordinator")
    if number := coordinator_number(code):
        return tr.text("Coordinator {number}", number=str(number))
    district = next((desk.district for desk in DESKS if desk.code == code), None)
    return places()[district][f"name_{tr.language.code}"] if district else code


@lru_cache(maxsize=1)
def places() -> Mapping[str, Mapping[str, str]]:
    """The country's divisions: code -> the columns of its row."""
    with (paths.resources() / "districts.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
