"""Writing a referral: the form at the left, the letter itself at the right, as it will print."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.domain.clock import today
from desk_app.domain.errors import FieldMissing, InvalidValue
from desk_app.domain.ids import RecordId
from desk_app.domain.names import sort_key
from desk_app.domain.records.declaration import FieldValue
from desk_app.domain.records.referral import LETTER_LANGUAGE, REFERRAL
from desk_app.i18n import labels
from desk_app.i18n.places import desk_name
from desk_app.storage.vault import Vault
from desk_app.ui.changes import DRAFT
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.draft_keeper import DraftKeeper
from desk_app.ui.pages.referrals.live_letter import LiveLetter
from desk_app.ui.pages.referrals.questions import Subject, Wanted
from desk_app.ui.pages.referrals.share_field import ShareField
from desk_app.ui.pages.targets import PERSON, OpenPerson
from desk_app.ui.pages.transfers.words import desk_choices
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import ScrollColumn, column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField, SegmentField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.find_field import FindField
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.letter_preview import LetterPreview
from desk_app.ui.widgets.text import label
from desk_app.usecases import directory, drafts, people, records, referrals
from desk_app.usecases.records import Saved

_FIELDS = ("organisation", "to_desk", "service_asked", "reason", "shared", "priority", "answer_due", "escorted")
_LANGUAGE = "letter_language"
"""Under this name the draft holds the language of the letter."""
_RECEIVER = "receiver"
"""Under this name the draft holds whether an organisation or a desk is written to."""
_ORGANISATION, _DESK = "organisation", "to_desk"


class ReferralWriting(QWidget):
    """One referral being written. `saved(id)` after Save, `print_asked(id, language)` after saving for the printer."""

    saved = Signal(str)
    print_asked = Signal(str, str)
    left = Signal()

    def __init__(self, around: Surroundings, session: Session, subject: Subject) -> None:
        super().__init__()
        self._around = around
        self._look = look = around.look
        self._session = session
        self.subject = subject
        self._saving = False
        self.form = self._make_form()
        self.receiver = self._make_receiver()
        self.languages = self._make_languages()
        self.preview = LetterPreview(look)
        self.preview.acted.connect(self._open_consent)
        self.keeper = DraftKeeper(session, subject.draft_key, self.typed, self)
        self.letter = LiveLetter(look, session, around.errors, self.preview, self._wanted)
        if subject.referral is not None:
            self.form.set_values(subject.referral.values)
            self.receive(_DESK if subject.referral.text(_DESK) else _ORGANISATION)
        else:
            self.receive(_ORGANISATION)
        self.set_typed(subject.draft)
        self.form.edited.connect(self._edited)
        self.form.save_asked.connect(self.save)
        self._lay_out()
        self.setFocusProxy(self.form)

    def typed(self) -> dict[str, str]:
        """Everything that was typed, and the letter's language."""
        typed = self.form.typed()
        more = {_LANGUAGE: self.language, _RECEIVER: self.receiver.typed()}
        return {**typed, **more} if any(typed.values()) else typed

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed."""
        self.form.set_typed(typed)
        if typed.get(_LANGUAGE) in LETTER_LANGUAGE:
            self.languages.choose(typed[_LANGUAGE])
        if typed.get(_RECEIVER) in (_ORGANISATION, _DESK):
            self.receive(typed[_RECEIVER])

    def receive(self, by: str) -> None:
        """Write to an organisation, or to another desk: the field of the other is put away."""
        self.receiver.set_typed(by)
        self.letter.to_desk = by == _DESK
        self.form.leave_out(_ORGANISATION, by == _DESK)
        self.form.leave_out(_DESK, by != _DESK)

    @property
    def language(self) -> str:
        """The code of the letter's language."""
        return next(iter(self.languages.codes))

    def flush(self) -> None:
        """Keep the draft now if one waits."""
        self.keeper.flush()

    def save(self, *, for_printer: bool = False) -> None:
        """Check and save; what is wrong is said beside its field."""
        if self._saving or not self.form.check():
            return
        self._saving = True  # Until it is answered: a second click must not make a second referral.
        self.keeper.stop()
        subject, key, values = self.subject, self.subject.draft_key, self.form.changed_values()

        def action(vault: Vault) -> Saved:
            if subject.referral is not None:
                done = records.edit(vault, subject.referral.id, values)
            else:
                done = referrals.refer(vault, {**values, "client": subject.client.id})
            drafts.drop(vault, key)
            return done

        self._session.act(
            action,
            lambda done: self._saved(done, for_printer),
            "referral",
            DRAFT,
            owner=self,
            on_error=self._refused,
        )

    def _saved(self, done: Saved, for_printer: bool) -> None:
        self._saving = False
        if for_printer:
            self.print_asked.emit(done.id, self.language)
            return
        self._around.shell.say(self._look.tr.text("Saved as {number}.", number=done.number))
        self.saved.emit(done.id)

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, InvalidValue | FieldMissing) and error.field in self.form.typed():
            self.form.show_errors({error.field: self._around.errors.words(error)})
            self.form.input(error.field).setFocus()
        else:
            self._around.errors.show(error)

    def _throw_away(self) -> None:
        self.keeper.forget()
        self.left.emit()

    def _edited(self) -> None:
        self.keeper.touch()
        self.letter.touch()

    def _wanted(self) -> Wanted:
        referral = self.subject.referral
        values: dict[str, FieldValue] = {"client": self.subject.client.id}
        values |= {field.name: None for field in self.form.fields if self.form.leaves_out(field.name)}
        for field in self.form.fields:
            made = self.form.input(field.name)
            if field.name not in values and not made.trouble():
                values[field.name] = made.value()
        return Wanted(referral.id if referral is not None else None, values, self.language, self.preview.dots_per_inch)

    def _make_form(self) -> RecordForm:
        look, session = self._look, self._session
        return RecordForm(
            look,
            REFERRAL,
            only=_FIELDS,
            own={
                _ORGANISATION: self._organisations(),
                _DESK: self._desks(),
                "shared": ShareField(look, self.subject.sharable),
            },
            today=lambda: today(session.now()),
        )

    def _make_receiver(self) -> SegmentField:
        tr = self._look.tr
        made = SegmentField(self._look, {_ORGANISATION: tr.text("An organisation"), _DESK: tr.text("Another desk")})
        made.edited.connect(self._receiver_chosen)
        return made

    def _receiver_chosen(self) -> None:
        self.receive(self.receiver.typed() or _ORGANISATION)
        self._edited()

    def _desks(self) -> ChoiceField:
        tr = self._look.tr
        names = desk_choices(self.subject.desks, tr)
        return ChoiceField(self._look, names, tr.text("Choose"), others=lambda code: desk_name(code, tr))

    def _organisations(self) -> FindField:
        language, known = self._look.tr.language.code, self.subject.organisations
        names = {one.id: directory.called(one.record, language) for one in known}

        def find(text: str) -> Sequence[tuple[str, str]]:
            found = ((one.id, names[one.id]) for one in directory.matching(known, text))
            return sorted(found, key=lambda one: sort_key(one[1], language))

        return FindField(
            self._look,
            find,
            lambda wanted: names.get(RecordId(wanted), ""),
            self._look.tr.text("Type a part of its name, in any script"),
        )

    def _make_languages(self) -> FilterBar:
        tr = self._look.tr
        made = FilterBar(
            self._look,
            tr.text("Language of the letter"),
            [Filter(code, words) for code, words in labels.choices(LETTER_LANGUAGE, tr)],
        )
        window = tr.language.code
        first = (*self.subject.languages, window if window in LETTER_LANGUAGE else "tg")[0]
        made.choose(first)
        made.chosen.connect(lambda _codes: self._edited())
        return made

    def _lay_out(self) -> None:
        look, tr = self._look, self._look.tr
        lines = column(self, gap=0)
        number = self.subject.referral.text("number") if self.subject.referral is not None else ""
        title = tr.text("Referral {number}", number=number) if number else tr.text("New referral")
        save = button(look, tr.text("Save"), Icon.SAVE, tip=Key.SAVE)
        save.clicked.connect(lambda: self.save())
        paper = button(look, tr.text("Print"), Icon.PRINT, Weight.MAIN, Key.PRINT)
        paper.clicked.connect(lambda: self.save(for_printer=True))
        head = PageHead(look, title, people.display_name(self.subject.client), [save, paper], back=True)
        head.went_back.connect(self.left)
        lines.addWidget(head)
        beside = row(gap=0)
        self._side = ScrollColumn(look, margin=Measure.EDGE)
        self._side.body.addWidget(FieldRow(look, tr.text("Who receives the letter"), self.receiver))
        self._side.body.addWidget(self.form)
        throw = button(look, tr.text("Throw away"), weight=Weight.QUIET)
        throw.clicked.connect(self._throw_away)
        self._side.body.addWidget(throw)
        beside.addWidget(self._side)
        beside.addWidget(rule(upright=True))
        right = column(gap=0)
        choice = QWidget()
        choices = column(choice, margin=Measure.BETWEEN, gap=4)
        choices.setContentsMargins(Measure.EDGE, Measure.BETWEEN, Measure.EDGE, Measure.INSIDE)
        caption = label(tr.text("Language of the letter"), Text.CAPTION)
        caption.setProperty("look", "label")
        choices.addWidget(caption)
        choices.addWidget(self.languages)
        right.addWidget(choice)
        right.addWidget(self.preview, 1)
        beside.addLayout(right, 1)
        lines.addLayout(beside, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form is as wide as a panel, and never more than half."""
        super().resizeEvent(event)
        self._side.setFixedWidth(min(self._look.theme.width(Measure.PANEL), self.width() // 2))

    def _open_consent(self) -> None:
        self._around.shell.go(PERSON, OpenPerson(self.subject.client.id, f"ask:{self.letter.missing_consent}"))
