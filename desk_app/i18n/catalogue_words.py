"""What is said of catalogues: what is wrong with a translation, who signed a language."""

from datetime import date

from desk_app.i18n.catalogue.checks import FAULT, Complaint
from desk_app.i18n.catalogue.coverage import Coverage
from desk_app.i18n.translator import Translator


def told(complaint: Complaint, tr: Translator) -> str:
    """A complaint in words."""
    words = tr.choice(FAULT, complaint.fault)
    return tr.text("{label}: {value}", label=words, value=complaint.about) if complaint.about else words


def signed(coverage: Coverage, tr: Translator) -> str:
    """Whether a native reader answers for the words of a language."""
    signature = coverage.signature
    if signature is None:
        return tr.text("No native reader has signed it yet.")
    day = date.fromisoformat(signature.on)
    if coverage.stands:
        return tr.text("Signed by {name} on {day}.", name=signature.by, day=day)
    return tr.text("Signed by {name} on {day}; words were changed since then.", name=signature.by, day=day)
