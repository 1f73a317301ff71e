"""Trouble with people who move from desk to desk."""

from dataclasses import dataclass

from desk_app.domain.errors.root import Trouble


@dataclass(eq=False)
class WithAnotherDesk(Trouble):
    """The person is with another desk, which alone can give her away or have her erased."""

    number: str
    desk: str


@dataclass(eq=False)
class ThereAlready(Trouble):
    """The person is at that desk already."""

    number: str
    desk: str


@dataclass(eq=False)
class OfferedAlready(Trouble):
    """The person is offered to a desk that has not answered yet."""

    number: str
    desk: str


@dataclass(eq=False)
class NotAcceptedYet(Trouble):
    """The person was offered to this desk, which has to accept before it writes about her; `desk` offers."""

    number: str
    desk: str


class AnsweredAlready(Trouble):
    """The transfer, or the request for one, does not wait for an answer any more."""


@dataclass(eq=False)
class NotContested(Trouble):
    """The person was not taken over by that desk and another one at once: there is nothing to say."""

    desk: str


@dataclass(eq=False)
class OthersAnswer(Trouble):
    """Only that desk may say this of a transfer or of a request for one."""

    desk: str
