"""Cards shown, bundles made, carried and merged, as the driver would."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from desk_app.domain.desks import COORDINATOR
from desk_app.usecases import exchange, merging, partners
from desk_app.usecases.demonstration.office import Office
from desk_app.usecases.merge_plan import Outcome


def enrol(coordinator: Office, desks: Sequence[Office], folder: Path) -> None:
    """Each desk and the coordinator admit each other, comparing the digits."""
    own = folder / f"{COORDINATOR}.card"
    digits = partners.write_card(coordinator.vault, own).digits
    for desk in desks:
        card = folder / f"{desk.code}.card"
        shown = partners.write_card(desk.vault, card)
        partners.enrol(coordinator.vault, card, " ".join(shown.digits))
        partners.enrol(desk.vault, own, " ".join(digits))


def send_in(coordinator: Office, desks: Iterable[Office], folder: Path) -> int:
    """Every desk's bundle goes to the coordinator; returns how many."""
    return _take(coordinator, [exchange.export(desk.vault, COORDINATOR, folder).file for desk in desks])


def send_out(coordinator: Office, desks: Iterable[Office], folder: Path, at: int) -> int:
    """Every desk gets the coordinator's answer and takes it in at that moment; returns how many."""
    count = 0
    for desk in desks:
        made = exchange.export(coordinator.vault, desk.code, folder).file
        desk.clock.reach(at)
        count += _take(desk, [made])
    return count


def _take(office: Office, files: Sequence[Path]) -> int:
    done = merging.merge_files(office.vault, files)
    failed = [one.outcome for one in done if one.outcome is not Outcome.MERGED]
    if failed:
        raise RuntimeError(f"a demonstration bundle was {failed[0]}")
    return len(done)
