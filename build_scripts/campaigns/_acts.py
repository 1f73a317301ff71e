"""What is done to a vault under trial. Each act says beforehand what will be seen once it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from _facts import Facts, sha256
from _life import USER, Life, around, aside

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    attachments,
    backups,
    drafts,
    erasure,
    exchange,
    keys,
    merging,
    notes,
    people,
    records,
    restoring,
    users,
)
from desk_app.usecases.merge_plan import Outcome

LONGEST = 9000
"""Signs of the longest text: a few pages of the database."""
_LETTERS = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя "


@dataclass(slots=True)
class Session:
    """The opened vault that acts work on; some of them close it and open it again."""

    life: Life
    vault: Vault


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done. `stages`: what becomes visible, in this order and each whole; none for acts that show
    nothing. `do` returns the files it wrote outside the vault, with their hashes.
    """

    name: str
    do: Callable[[Session], Mapping[str, str]] = field(repr=False)
    stages: tuple[Facts, ...] = ()
    closes: bool = False
    """Whether the vault that it was given may be closed when it fails."""


Maker = Callable[[Life], Act | None]
"""Chooses by chance what to do; None when there is nothing to do it to."""


def register(life: Life) -> Act:
    """A person comes: a client and two consents in one."""
    mark = life.mark()
    client = {"given_name": "Исмоил", "surname": f"Назаров{mark}", "paper_number": mark, "address": _text(life, 250)}
    facts = {"given_on": "2026-03-05", "method": "signed"}
    answers = {"service": "given", "sharing": life.chance.choice(("given", "refused"))}
    consents = {
        f"consent {mark} {purpose}": {**facts, "client": mark, "purpose": purpose, "state": state}
        for purpose, state in answers.items()
    }

    def do(session: Session) -> Mapping[str, str]:
        people.register(session.vault, client, answers, facts)
        return {}

    return Act("save", do, ({f"client {mark}": client, **consents},))


def edit(life: Life) -> Act | None:
    """A person has another phone number and address."""
    mark = _somebody(life)
    if mark is None:
        return None
    changed = {"phone": f"+992 {life.chance.randrange(10**8, 10**9)}", "address": _text(life, 250)}

    def do(session: Session) -> Mapping[str, str]:
        records.edit(session.vault, _client(session.vault, mark), changed)
        return {}

    return Act("save", do, ({f"client {mark}": {**life.facts[f"client {mark}"], **changed}},))


def consult(life: Life) -> Act | None:
    """A consultation, some with a long text."""
    mark = _somebody(life)
    if mark is None:
        return None
    subject = life.mark()
    service = {"type": "legal", "delivered_on": "2026-03-05", "subject": subject, "what_was_done": _text(life, LONGEST)}

    def do(session: Session) -> Mapping[str, str]:
        records.add(session.vault, "service", {**service, "client": _client(session.vault, mark)})
        return {}

    return Act("save", do, ({f"service {subject}": {**service, "client": mark}},))


def type_something(life: Life) -> Act:
    """A draft is kept over its older state, or given up."""
    key = life.chance.choice(("service", "client", "need"))
    values = {"what_was_done": _text(life, LONGEST), "subject": life.mark()}
    given_up = life.chance.random() < 0.2 and f"draft {key}" in life.facts

    def do(session: Session) -> Mapping[str, str]:
        if given_up:
            drafts.drop(session.vault, key)
        else:
            drafts.keep(session.vault, key, values)
        return {}

    return Act("draft", do, ({f"draft {key}": None if given_up else values},))


def take_in(life: Life) -> Act | None:
    """One or two of the coordinator's bundles, not always the next ones: each holds all that came before it."""
    taken = life.facts["received"]
    newest = max(taken, default=0)
    left = range(newest + 1, min(newest + 4, len(life.arriving) + 1))
    if not left:
        return None
    numbers = sorted(life.chance.sample(left, min(len(left), life.chance.choice((1, 1, 2)))))
    stages, before = [], newest
    for number in numbers:
        brought: Facts = {}
        for arrived in life.arriving[before:number]:
            brought.update(arrived)
        taken, before = [*taken, number], number
        stages.append({**brought, "received": taken})

    def do(session: Session) -> Mapping[str, str]:
        plan = merging.plan_files(session.vault, [life.arrival(number) for number in numbers])
        done = merging.apply_plan(session.vault, plan, confirmed=True)
        if any(one.outcome is not Outcome.MERGED for one in done):
            raise next((one.trouble for one in done if one.trouble), RuntimeError(str(done)))
        return {}

    return Act("import", do, tuple(stages))


def write_bundle(life: Life) -> Act:
    """A bundle for the coordinator onto the stick."""

    def do(session: Session) -> Mapping[str, str]:
        return _written(life, exchange.export(session.vault, COORDINATOR, life.stick).file)

    return Act("export", do, ({"sent": life.facts["sent"] + 1},))


def add_scan(life: Life) -> Act | None:
    """A scan is put away with a client."""
    mark = _somebody(life)
    if mark is None:
        return None
    title, name = life.mark(), life.chance.choice(sorted(life.scans))

    def do(session: Session) -> Mapping[str, str]:
        values = {"type": "paper", "title": title}
        attachments.add(session.vault, _client(session.vault, mark), life.template / "scans" / name, values)
        return {}

    return Act("attachment", do, ({f"attachment {title}": {"client": mark, "content": life.scans[name]}},))


def write_note(life: Life) -> Act | None:
    """A note that only lawyers open."""
    mark = _somebody(life)
    if mark is None:
        return None
    title = life.mark()
    text = f"{title} {_text(life, 3000)}"

    def do(session: Session) -> Mapping[str, str]:
        notes.write(session.vault, _client(session.vault, mark), {"profession": "lawyer", "text": text})
        return {}

    return Act("save", do, ({f"note {title}": {"client": mark, "text": text}},))


def change_passphrase(life: Life) -> Act:
    """Another passphrase for who works here."""
    old, new = life.facts["passphrase"], f"кадом калид {life.mark()}"

    def do(session: Session) -> Mapping[str, str]:
        users.change_passphrase(session.vault, old, new, FLOOR_PARAMETERS)
        return {}

    return Act("passphrase", do, ({"passphrase": new},))


def rotate(_life: Life) -> Act:
    """Everything is sealed with a new key; nothing else changes."""

    def do(session: Session) -> Mapping[str, str]:
        keys.rotate_data_key(session.vault, lambda _done, _steps: None)
        return {}

    return Act("rotation", do, closes=True)


def erase(life: Life) -> Act | None:
    """A client and all that is about him."""
    mark = _somebody(life)
    if mark is None:
        return None
    gone = {key: None for key, value in life.facts.items() if key == f"client {mark}" or _client_of(value) == mark}

    def do(session: Session) -> Mapping[str, str]:
        erased = erasure.erase(session.vault, _client(session.vault, mark), "asked")
        if erased and erased.trouble:
            raise erased.trouble
        return {}

    return Act("erasure", do, (gone,))


def back_up(life: Life) -> Act:
    """A backup, into the vault's own folder or with everything onto the stick."""
    target = life.chance.choice((None, life.stick))

    def do(session: Session) -> Mapping[str, str]:
        return _written(life, backups.back_up(session.vault, target).file)

    return Act("backup", do)


def restore(life: Life) -> Act | None:
    """A backup takes the vault's place. What was erased since stays erased, where one passphrase opens both."""
    there = sorted(name for name in life.backups if (life.folder / name).is_file() and _may_replace(life, name))
    if not there:
        return None
    name = life.chance.choice(there)
    kept = life.backups[name]
    restored = {key: kept.get(key) for key in {*life.facts, *kept}}
    if kept["passphrase"] == life.facts["passphrase"]:
        restored["sent"] = life.facts["sent"]
        gone = {key.split()[1] for key in kept if key.startswith("client ") and key not in life.facts}
        restored |= {key: None for key, value in kept.items() if key.split()[-1] in gone or _client_of(value) in gone}

    def do(session: Session) -> Mapping[str, str]:
        session.vault.close()
        restoring.restore(life.folder / name, life.vault, USER, kept["passphrase"], around(), replace=True)
        session.vault = life.unlock(kept["passphrase"])
        return {}

    return Act("restore", do, (restored,), closes=True)


def _may_replace(life: Life, name: str) -> bool:
    """Where the replaced vault does not open, the program leaves out as many numbers as a desk gives in a day: so that
    happens only to the first one, and with hardly anybody registered since.
    """
    kept = life.backups[name]
    others = {key for key in kept.keys() ^ life.facts.keys() if key.startswith("client ")}
    return kept["passphrase"] == life.facts["passphrase"] or (not any(aside(life)) and len(others) <= 3)


def open_again(life: Life) -> Act:
    """Lock and unlock: nothing changes."""

    def do(session: Session) -> Mapping[str, str]:
        session.vault.close()
        session.vault = life.unlock()
        return {}

    return Act("lock", do, closes=True)


LIGHT: tuple[Maker, ...] = (*(register, edit, consult, type_something, write_note) * 3, add_scan)
"""What happens around the act that is on trial."""

ON_TRIAL: Mapping[str, tuple[Maker, ...]] = {
    "save": (register, edit, consult, write_note),
    "draft": (type_something,),
    "import": (take_in,),
    "export": (write_bundle,),
    "lock": (open_again,),
    "attachment": (add_scan,),
    "passphrase": (change_passphrase,),
    "rotation": (rotate,),
    "erasure": (erase,),
    "backup": (back_up,),
    "restore": (restore,),
}
"""By name; what cannot be done at the moment gives way to a save."""


NEEDED: Mapping[str, Maker] = {"restore": back_up, "erasure": register, "attachment": register}
"""What has to be there before."""


def choose(life: Life, makers: tuple[Maker, ...]) -> Act:
    """One of the acts; if it cannot be done now, somebody is registered."""
    return life.chance.choice(makers)(life) or register(life)


def _written(life: Life, path: Path) -> Mapping[str, str]:
    return {path.relative_to(life.folder).as_posix(): sha256(path.read_bytes())}


def _somebody(life: Life) -> str | None:
    marks = sorted(key.split()[1] for key in life.facts if key.startswith("client "))
    return life.chance.choice(marks) if marks else None


def _client(vault: Vault, mark: str) -> RecordId:
    return records.find_all(vault, "client", {"paper_number": mark})[0].id


def _client_of(fact: object) -> object:
    return fact.get("client") if isinstance(fact, dict) else None


def _text(life: Life, longest: int) -> str:
    count = int(longest ** life.chance.random())
    return "".join(life.chance.choices(_LETTERS, k=count)).strip() or "а"
