"""What takes long on the page of the exchange, as work with progress that can be stopped between two files."""

from collections.abc import Sequence
from pathlib import Path

from desk_app.domain.errors import FileUnwritable
from desk_app.domain.vocabulary import N_
from desk_app.storage import files
from desk_app.storage.vault import Vault
from desk_app.ui.background import Cancelled, Job
from desk_app.usecases import exchange, exchange_overview, fetching, merging
from desk_app.usecases.exchange import Exported
from desk_app.usecases.exchange_overview import Written
from desk_app.usecases.fetching import Arrived, Fetched
from desk_app.usecases.merge_plan import FilePlan, Plan

READING = N_("Reading file {done} of {total}")
TAKING = N_("Taking in file {done} of {total}")
SEALING = N_("Sealing bundle {done} of {total}")


def read(paths: Sequence[Path], vault: Vault, job: Job) -> Plan:
    """A plan that was stopped is none: nothing was changed, and half of it would mislead."""
    plan = fetching.plan_paths(vault, paths, reporting(job, READING))
    job.check()
    return plan


def read_fetched(fetched: Sequence[Fetched], vault: Vault, job: Job) -> Arrived:
    """The same of what ways brought; what was left unread is fetched again."""
    arrived = fetching.plan(vault, fetched, reporting(job, READING))
    job.check()
    return arrived


def take_in(plan: Plan, arrived: Arrived | None, confirmed: bool, vault: Vault, job: Job) -> tuple[FilePlan, ...]:
    """What was taken in until the person stopped; `arrived` where the files were fetched."""
    done = merging.apply_plan(vault, plan, reporting(job, TAKING), confirmed=confirmed)
    if arrived is not None:
        fetching.note_taken(vault, arrived, done)
    return done


def write(code: str, folder: Path, full: bool, vault: Vault, _job: Job) -> Exported:
    """A bundle in a chosen folder. Raises `FileUnwritable` where it is gone, and what `exchange.export` raises."""
    if not files.is_folder(folder):  # A stick that was pulled: its name must not become a file's.
        raise FileUnwritable(str(folder))
    return exchange.export(vault, code, folder, full)


def write_all(folder: Path, vault: Vault, job: Job) -> tuple[list[Written], int]:
    """What was written, and how many were left when the person stopped."""
    asked = 0

    def progress(done: int, total: int) -> bool:
        nonlocal asked
        asked = total
        return reporting(job, SEALING)(done, total)

    written = exchange_overview.write_all(vault, folder, progress)
    return written, asked - len(written) if job.cancelled else 0


def reporting(job: Job, words: str) -> merging.Progress:
    """Progress for the strip. A file that has begun is finished; then the work stops and tells what it did."""

    def report(done: int, total: int) -> bool:
        try:
            job.report(min(done + 1, total), total, words)
        except Cancelled:
            return False
        return True

    return report
