"""A whole invented programme, made through the use cases alone: to look around in, and for tests to walk."""

from desk_app.usecases.demonstration.programme import PASSPHRASE, DeskSummary, Progress, Stage, Summary, make

__all__ = ["PASSPHRASE", "DeskSummary", "Progress", "Stage", "Summary", "make"]
