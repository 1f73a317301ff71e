"""One target of the fuzzing campaign in a process of its own: libFuzzer ends the process when it is done.

_fuzz_one.py TARGET EXECUTIONS SEED FOLDER: faults are left in FOLDER; without the fuzzer's wheel the samples are edited
all the same, and nothing is learnt from one for the next.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import Random

_FOLDING = ("desk_app.domain.fold", "desk_app.domain.field_versions", "desk_app.domain.record_state")
EYES = {
    "header": ("desk_app.sync.bundle_header",),
    "framing": ("desk_app.sync.framing",),
    "chunk": ("desk_app.sync.bundle_changes", "desk_app.sync.plan", *_FOLDING, "desk_app.domain.records"),
    "body": (*_FOLDING, "desk_app.domain.records"),
    "vault": (
        "desk_app.storage.projection",
        "desk_app.storage.erasure",
        "desk_app.storage.alias",
        *_FOLDING,
    ),
    "merge": (
        "desk_app.usecases.merging",
        "desk_app.usecases.roster",
        "desk_app.usecases.roster_effects",
        "desk_app.usecases.roster_versions",
        "desk_app.usecases.alarms",
        "desk_app.storage.exchange",
        "desk_app.storage.partner_table",
    ),
    "packed": ("desk_app.sync.bundle",),
    "files": ("desk_app.sync.bundle_files",),
    "keys": ("desk_app.crypto.keyfile",),
    "card": ("desk_app.sync.card",),
    "roster": ("desk_app.sync.roster", "desk_app.sync.signed_roster"),
    "emergency": ("desk_app.sync.escrow_card",),
    "paper": ("desk_app.crypto.paper_digits", "desk_app.crypto.recovery", "desk_app.crypto.escrow"),
    "listing": ("desk_app.sync.carriers",),
    "mail": ("desk_app.sync.carriers.message", "email"),
}
"""The modules whose branches the fuzzer watches; what is not Python has none to show."""


def main(arguments: Sequence[str]) -> None:
    """Runs one target. Exits with 0 when nothing was found."""
    name, executions, seed, folder = arguments[0], int(arguments[1]), int(arguments[2]), Path(arguments[3])
    if find_spec("atheris") is None:
        blind(name, executions, seed, folder)
        return
    import atheris

    with watched(EYES.get(name, ())):
        from _fuzz_mutations import vary_bytes
        from _fuzz_targets import TARGETS

    target = TARGETS[name]
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, sample in enumerate(target.seeds()):
        (corpus / str(number)).write_bytes(sample)

    def vary(data: bytes, most: int, drawn: int) -> bytes:
        chance = Random(drawn)
        if chance.random() < 0.4:
            return bytes(atheris.Mutate(data, most))
        return (target.vary if chance.random() < 0.9 else vary_bytes)(data, chance)[:most]

    options = [f"-runs={executions}", f"-seed={seed}", f"-max_len={target.longest}", f"-artifact_prefix={folder}/"]
    options += ["-print_final_stats=1", "-timeout=30", "-rss_limit_mb=2000", str(corpus)]
    atheris.Setup([sys.argv[0], *options], target.read, custom_mutator=vary)
    atheris.Fuzz()


@contextmanager
def watched(eyes: tuple[str, ...]) -> Iterator[None]:
    """Imports inside of it let the fuzzer watch these modules, and for quickness no others."""
    import atheris

    if not eyes:
        yield
        return
    root = Path(__file__).parents[2] / "desk_app"
    names = [".".join(path.relative_to(root.parent).with_suffix("").parts) for path in root.rglob("*.py")]
    names = [name.removesuffix(".__init__") for name in names]
    packages = sorted({eye.partition(".")[0] for eye in eyes})
    with atheris.instrument_imports(include=packages, exclude=[name for name in names if not name.startswith(eyes)]):
        yield


def blind(name: str, executions: int, seed: int, folder: Path) -> None:
    """The same samples without eyes."""
    from _fuzz_targets import TARGETS, edited

    samples = edited(name, TARGETS[name], seed)
    for _ in range(executions):
        data = next(samples)
        try:
            TARGETS[name].read(data)
        except BaseException:
            (folder / f"crash-{seed}").write_bytes(data)
            raise
    print(f"stat::number_of_executed_units: {executions}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
