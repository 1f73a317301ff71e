"""The forms of courses and their participants."""

from desk_app.domain.ids import RecordId
from desk_app.domain.records.course import COURSE, PARTICIPANT
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.pages.courses.read import Courses
from desk_app.ui.pages.record_panel import Task
from desk_app.usecases import records
from desk_app.usecases.records import Saved

NEW = "course"


def new_course(tr: Translator) -> Task:
    """A course that nobody wrote down yet."""
    return Task(
        tr.text("New course"),
        COURSE,
        NEW,
        lambda vault, values: records.add(vault, COURSE.name, values),
        tr.text("The course was saved."),
        undo=_remove,
    )


def edit_course(course: Record, tr: Translator) -> Task:
    """A course that is there."""
    return Task(
        tr.text("Edit the course"),
        COURSE,
        f"course:{course.id}",
        lambda vault, values: records.edit(vault, course.id, values),
        tr.text("The course was saved."),
        start=_own(course),
        changes_only=True,
    )


def new_participant(course: RecordId, known: Courses, tr: Translator) -> Task:
    """Somebody more takes part; Ctrl+Enter goes on with the next."""
    return Task(
        tr.text("New participant"),
        PARTICIPANT,
        f"participant:{course}",
        lambda vault, values: records.add(vault, PARTICIPANT.name, values),
        tr.text("The participant was saved."),
        without=("course",),
        fixed={"course": course},
        start={"state": "enrolled"},
        undo=_remove,
        options={"client": known.clients},
        repeats=True,
    )


def edit_participant(one: Record, known: Courses, tr: Translator) -> Task:
    """How it went for somebody: state, certificate, name."""
    return Task(
        known.name_of(one) or tr.text("Participant"),
        PARTICIPANT,
        f"participant:{one.id}",
        lambda vault, values: records.edit(vault, one.id, values),
        tr.text("The participant was saved."),
        without=("course",),
        start=_own(one),
        changes_only=True,
        options={"client": known.clients},
    )


def _own(one: Record) -> Values:
    shown: dict[str, FieldValue] = dict(one.values)
    return shown


def _remove(vault: Vault, saved: Saved) -> Saved:
    return records.remove(vault, saved.id)
