"""Invented people for the benches: the same in every run, from the names that the program ships."""

import csv
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

FIELDS = (
    "surname",
    "given_name",
    "father_name",
    "sex",
    "birth_date",
    "phone",
    "address",
    "language",
    "paper_number",
    "stage",
)


def people(count: int, seed: int = 1) -> list[tuple[str, ...]]:
    """As many people as asked for, each with the ten fields."""
    chance = random.Random(seed)
    with (ROOT / "resources" / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    surnames = [row["tg"] for row in rows if row["kind"] == "surname" and row["tg"]]
    given = [row["tg"] for row in rows if row["kind"] == "given" and row["tg"]]
    return [
        (
            chance.choice(surnames),
            chance.choice(given),
            chance.choice(given) + "ович",
            chance.choice(("male", "male", "female")),
            f"{chance.randint(1950, 2004)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            phone(chance),
            f"кӯчаи {chance.choice(surnames)}, {chance.randint(1, 200)}",
            chance.choice(("tg", "ru", "uz")),
            f"A{chance.randint(0, 99_999_999):08}",
            chance.choice(("in_custody", "released", "probation")),
        )
        for _ in range(count)
    ]


def phone(chance: random.Random) -> str:
    """An invented number in the country's form."""
    return f"+992 {chance.randint(900_000_000, 999_999_999)}"
