"""What a bundle made of a record, and why, in words."""

from collections.abc import Sequence

from desk_app.domain.errors import Problem
from desk_app.domain.records.declaration import Field
from desk_app.domain.vocabulary import N_, Vocabulary
from desk_app.i18n import labels
from desk_app.i18n.translator import Translator
from desk_app.i18n.trouble_words.records import OF_PROBLEMS

BECAME = Vocabulary(
    "record_outcome",
    {
        "quarantined": N_("Set aside"),
        "disagreement": N_("Two versions"),
        "erased": N_("Erased"),
        "removed": N_("Removed"),
        "waiting": N_("Kept for later"),
        "new": N_("New"),
        "updated": N_("Updated"),
        "same": N_("Nothing new"),
    },
)
_WHY = {
    "erased": N_("It was erased for good, and whatever comes of it later stays out."),
    "removed": N_("It was removed there. It is hidden here, and can be shown again."),
    "waiting": N_("A newer version of the program wrote it. It is kept, and shown once this program is updated."),
    "same": N_("All of it was here already."),
}

Fields = Sequence[tuple[Field | None, str]]


def why(became: str, fields: Fields, tr: Translator) -> str:
    """Why that became of a record; empty for what is plainly new or updated."""
    if became == "disagreement":
        names = ", ".join(labels.field(field, tr) for field, _ in fields if field is not None)
        return tr.text("Somebody has to say which is right: {fields}.", fields=names)
    if became == "quarantined":
        return " ".join([*(_refused(field, code, tr) for field, code in fields), tr.text("It is kept, but not shown.")])
    return tr.text(_WHY[became]) if became in _WHY else ""


def _refused(field: Field | None, code: str, tr: Translator) -> str:
    if code == "shut_out":
        return tr.text("It was written after its computer was shut out.")
    if code == "not_entitled":
        return tr.text("It says whose a person or a record is, and its desk may not say so.")
    if field is None:
        return tr.text("A change of it came without what it says.")
    words = labels.field(field, tr)
    if code in {one.value for one in Problem}:
        return tr.text(OF_PROBLEMS[Problem(code)].sentence, field=words, limit=field.limit)
    return tr.text("What was said in “{field}” cannot be read.", field=words)
