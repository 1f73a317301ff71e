"""The page of courses: the list, and a course with its participants in the panel."""

from PySide6.QtWidgets import QWidget

from desk_app.domain.ids import RecordId
from desk_app.domain.records.course import COURSE_KIND
from desk_app.i18n import labels
from desk_app.storage.rows import Record
from desk_app.ui.changes import DRAFT
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.courses.course_panel import CoursePanel
from desk_app.ui.pages.courses.read import Courses, course_row, read_courses
from desk_app.ui.pages.courses.tasks import NEW, edit_course, edit_participant, new_course, new_participant
from desk_app.ui.pages.record_panel import RecordPanel, Task
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import column, empty_layout
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import RowList

ALL = ""


class CoursesPage(Page):
    """A course opens beside the list; its forms take the place of its participants and give it back."""

    kinds = frozenset({"course", "participant", "client", DRAFT})

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self._known: Courses | None = None
        self._course = ""
        self._wanted = ""
        self._chosen = ALL
        tr = self.look.tr
        add = button(self.look, tr.text("Add a course"), Icon.ADD, Weight.MAIN)
        add.clicked.connect(self.add_course)
        self.head = PageHead(self.look, tr.text("Courses"), actions=[add])
        self.body.addWidget(self.head)
        main = QWidget()
        lines = column(main, gap=Measure.BETWEEN)
        lines.setContentsMargins(Measure.EDGE, Measure.EDGE, Measure.EDGE, 0)
        self._filters = column()
        lines.addLayout(self._filters)
        self.rows = RowList(self.look, tr.text("Courses"))
        self.rows.opened.connect(self.open_course)
        lines.addWidget(self.rows, 1)
        self._empty = EmptyState(
            self.look, tr.text("No course is written down yet."), tr.text("Add a course"), Icon.COURSES
        )
        self._empty.acted.connect(self.add_course)
        lines.addWidget(self._empty, 1)
        self._empty.hide()
        with_panel = WithPanel(self.look, main)
        self.panel = with_panel.panel
        self.records = RecordPanel(around, session, self.panel)
        self.panel.closed.connect(self._panel_closed)
        self.body.addWidget(with_panel, 1)

    def reload(self) -> None:
        """Read the courses again."""
        language = self.look.tr.language.code
        self._session.ask(lambda vault: read_courses(vault, language), self._show, owner=self)

    def arrive(self, target: object) -> None:
        """A course's id, or the key of a draft of this page."""
        if isinstance(target, str):
            self._wanted = target
            self._go_on()

    def kept(self) -> object:
        """Which course is open and which kind is shown; what was typed goes into the draft."""
        self.flush()
        return self.records.key or self._course, self._chosen

    def take_back(self, kept: object) -> None:
        """Open them again."""
        match kept:
            case (str() as course, str() as chosen):
                self._wanted, self._chosen = course, chosen

    def flush(self) -> None:
        """Keep the open form's draft."""
        self.records.flush()

    def enter(self) -> None:
        """Into the list."""
        self.rows.pick_first()

    def back(self) -> bool:
        """Close the panel."""
        if self.panel.isHidden():
            return False
        self.panel.put_away()
        return True

    def add_course(self) -> None:
        """Open an empty form."""
        self._open(new_course(self.look.tr))

    def open_course(self, record: str) -> None:
        """Show a course and its participants."""
        known = self._known
        course = known.course(record) if known is not None else None
        if known is None or course is None:
            return
        self._course = course.id
        self.rows.pick(course.id)
        self.records.close()
        look, tr = self.look, self.look.tr
        content = CoursePanel(look, course, known)
        content.opened.connect(self._open_participant)
        content.add_asked.connect(lambda: self._add_participant(course))
        add = button(look, tr.text("Add a participant"), Icon.NEW_PERSON, Weight.MAIN)
        add.clicked.connect(lambda: self._add_participant(course))
        edit = button(look, tr.text("Edit"), Icon.EDIT)
        edit.clicked.connect(lambda: self._open(edit_course(course, tr)))
        self.panel.hold(course.text("title"), content, [add, edit])

    # Inside

    def _open(self, task: Task) -> None:
        self.records.open(task)

    def _add_participant(self, course: Record) -> None:
        if self._known is not None:
            self._open(new_participant(course.id, self._known, self.look.tr))

    def _open_participant(self, record: str) -> None:
        known = self._known
        one = known.participant(record) if known is not None else None
        if known is not None and one is not None:
            self._course = one.text("course")
            self._open(edit_participant(one, known, self.look.tr))

    def _panel_closed(self) -> None:
        if self.records.form is None:
            self._course = ""

    def _show(self, known: Courses) -> None:
        same = known == self._known
        self._known = known
        self._show_filters(known)
        self._show_rows()
        if self._wanted:
            self._go_on()
        elif self._course and self.records.form is None and not (same and self._shows_course()):
            self.open_course(self._course)

    def _shows_course(self) -> bool:
        return isinstance(self.panel.content, CoursePanel)

    def _go_on(self) -> None:
        """Open what the person came for, once the courses are read."""
        known, wanted = self._known, self._wanted
        if known is None or not wanted:
            return
        self._wanted = ""
        kind, _, record = wanted.partition(":")
        course = known.course(record)
        if wanted == NEW:
            self.add_course()
        elif kind == "course" and course is not None:
            self.open_course(course.id)
            self._open(edit_course(course, self.look.tr))
        elif kind == "participant" and course is not None:
            self._add_participant(course)
        elif kind == "participant":
            self._open_participant(record)
        else:
            self.open_course(RecordId(wanted))

    def _show_rows(self) -> None:
        known = self._known
        if known is None:
            return
        shown = [one for one in known.courses if self._chosen in (ALL, one.text("course_kind"))]
        tr = self.look.tr
        self.rows.show_rows([course_row(one, len(known.participants.get(one.id, ())), tr) for one in shown])
        self.rows.setVisible(bool(known.courses))
        self._empty.setVisible(not known.courses)
        self.head.set_context(
            tr.plural("{count} course", "{count} courses", len(known.courses)) if known.courses else ""
        )

    def _show_filters(self, known: Courses) -> None:
        tr = self.look.tr
        kinds = [one.text("course_kind") for one in known.courses]
        there = labels.in_use(COURSE_KIND, kinds, tr)
        if self._chosen not in there:
            self._chosen = ALL
        empty_layout(self._filters)
        if len(there) < 2:
            return
        chips = [Filter(ALL, tr.text("All"), len(kinds))]
        chips += [Filter(code, words, kinds.count(code)) for code, words in there.items()]
        bar = FilterBar(self.look, tr.text("Type"), chips)
        bar.choose(self._chosen)
        bar.chosen.connect(self._choose)
        self._filters.addWidget(bar)

    def _choose(self, codes: frozenset[str]) -> None:
        self._chosen = next(iter(codes))
        self._show_rows()
