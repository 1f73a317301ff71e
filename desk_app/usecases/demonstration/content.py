"""What the demonstration is written with, from resources/demonstration.toml and resources/names.csv."""

import csv
import tomllib
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from desk_app import paths

Spelled = Mapping[str, str]
"""The same words in tg, ru, uz_Cyrl and uz_Latn."""


class OfficeWords(msgspec.Struct, frozen=True):
    """A service desk or the coordinator, as its letterhead says it."""

    name_tg: str
    name_ru: str
    address: str
    post: str


class OrganisationWords(msgspec.Struct, frozen=True):
    """An organisation that every city has, and what people are referred to it for."""

    category: str
    name_tg: str
    name_ru: str
    name_uz: str
    street: str
    asked: Spelled
    reason: Spelled


class ServiceWords(msgspec.Struct, frozen=True):
    """A consultation: its subject and what was done."""

    subject: Spelled
    done: Spelled


class CourseWords(msgspec.Struct, frozen=True):
    """A course held in prison; `hours` of teaching."""

    title: str
    course_kind: str
    hours: int


class PrisonWords(msgspec.Struct, frozen=True):
    """An institution, the desk that looks after it, and its share of all participants, in tenths."""

    desk: str
    place: str
    sex: str
    share: int
    courses: tuple[CourseWords, ...]


class GatheringWords(msgspec.Struct, frozen=True):
    """A training, tour or event that the coordinator holds for so many people."""

    title: str
    course_kind: str
    place: str
    people: int


class TargetWords(msgspec.Struct, frozen=True):
    """A target of the whole programme; one that `grows` is lower in a smaller demonstration."""

    baseline: int
    value: int
    grows: bool = False


class Content(msgspec.Struct, frozen=True):
    """Everything that resources/demonstration.toml holds."""

    desk: OfficeWords
    coordinator: OfficeWords
    offices: tuple[OrganisationWords, ...]
    services: Mapping[str, ServiceWords]
    needs: Mapping[str, Spelled]
    notes: Mapping[str, Spelled]
    streets: tuple[str, ...]
    prisons: tuple[PrisonWords, ...]
    gatherings: tuple[GatheringWords, ...]
    targets: Mapping[str, TargetWords]


class NameRow(msgspec.Struct, frozen=True, rename={"uz_latn": "uz_Latn", "uz_cyrl": "uz_Cyrl"}):
    """One name in its spellings: a given name (m, f) or a surname."""

    kind: str
    sex: str
    tg: str
    ru: str
    ru_alt: str
    uz_latn: str
    uz_cyrl: str
    passport_latn: str
    tg_zoda: str
    tg_fem: str
    ru_fem: str


@lru_cache(maxsize=1)
def content() -> Content:
    """The words of the demonstration."""
    with (paths.resources() / "demonstration.toml").open("rb") as file:
        return msgspec.convert(tomllib.load(file), Content)


@lru_cache(maxsize=1)
def names() -> tuple[NameRow, ...]:
    """The names of resources/names.csv."""
    with (paths.resources() / "names.csv").open(encoding="utf-8", newline="") as file:
        return tuple(msgspec.convert(row, NameRow) for row in csv.DictReader(file))
