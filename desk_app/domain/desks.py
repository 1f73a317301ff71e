"""The programme's desks: permanent code, the letters of its human numbers, and its place in the list of districts."""

import re
from dataclasses import dataclass

from desk_app.domain.errors import DeskCodeWrong
from desk_app.domain.ids import DeskCode

COORDINATOR = DeskCode("coordinator")
SECOND_COORDINATOR = DeskCode("coordinator_2")
_OTHER_COORDINATOR = re.compile("coordinator_([2-9])")


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk of the programme. `letters` start its clients' numbers; `district`: a code of resources/districts.csv."""

    code: DeskCode
    letters: str
    district: str


DESKS = (
    Desk(DeskCode("dushanbe"), "DUS", "TJ-DU-01"),
    Desk(DeskCode("khorugh"), "KHG", "TJ-GB-01"),
    Desk(DeskCode("khujand"), "KHJ", "TJ-SU-01"),
    Desk(DeskCode("bokhtar"), "BKT", "TJ-KT-01"),
    Desk(DeskCode("vahdat"), "VHD", "TJ-RA-01"),
    Desk(DeskCode("gafurov"), "GHF", "TJ-SU-16"),
    Desk(DeskCode("vose"), "VOS", "TJ-KT-08"),
    Desk(DeskCode("panjakent"), "PNJ", "TJ-SU-05"),
    Desk(DeskCode("devashtich"), "DVS", "TJ-SU-11"),
    Desk(DeskCode("jaihun"), "JHN", "TJ-KT-23"),
)
_BY_CODE = {desk.code: desk for desk in DESKS}


def is_coordinator(code: str) -> bool:
    """Whether a code is that of the coordinator, or of one of up to eight more: `coordinator_2` to `coordinator_9`."""
    return code == COORDINATOR or _OTHER_COORDINATOR.fullmatch(code) is not None


def coordinator_number(code: str) -> int:
    """Which of the coordinators it is, from 1; 0 for a desk."""
    other = _OTHER_COORDINATOR.fullmatch(code)
    return int(other[1]) if other else int(code == COORDINATOR)


def desk_code(text: str) -> DeskCode:
    """A desk's code. A desk that opens later may use any code of small letters. Raises `DeskCodeWrong`."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", text):
        raise DeskCodeWrong(text)
    return DeskCode(text)


def desk_letters(code: DeskCode) -> str:
    """The letters that start the numbers a desk gives."""
    known = _BY_CODE.get(code)
    number = coordinator_number(code)
    if number > 1:
        return f"CO{number}"
    return known.letters if known else code[:3].upper()
