"""What is said of catalogues: what is wrong with a translation, who signed a language."""

from datetime import date

from desk_app.i18n.catalogue.checks import FAULT, Complaint
from desk_app.i18n.catalogue.coverage import Coverage
from desk_app.i18n.catalogue.taking import Taken
from desk_app.i18n.translator import Translator


def told(complaint: Complaint, tr: Translator) -> str:
    """A complaint in words."""
    words = tr.choice(FAULT, complaint.fault)
    return tr.text("{label}: {value}", label=words, value=complaint.about) if complaint.about else words


def translated(coverage: Coverage, tr: Translator) -> str:
    """How much of a language is translated."""
    return tr.text("{count} of {whole} sentences", count=coverage.translated, whole=coverage.sentences)


def signed(coverage: Coverage, tr: Translator) -> str:
    """Whether a native reader answers for the words of a language."""
    signature = coverage.signature
    if signature is None:
        return tr.text("No native reader has signed it yet.")
    day = date.fromisoformat(signature.on)
    if coverage.stands:
        return tr.text("Signed by {name} on {day}.", name=signature.by, day=day)
    return tr.text("Signed by {name} on {day}; words were changed since then.", name=signature.by, day=day)


def result(taken: Taken, tr: Translator) -> str:
    """What came of a catalogue that was taken back."""
    accepted = tr.plural("{count} sentence was taken.", "{count} sentences were taken.", len(taken.changed))
    refused = tr.plural("{count} sentence was refused.", "{count} sentences were refused.", len(taken.refused))
    return f"{accepted} {refused}" if taken.refused else accepted
