"""The page of figures: tiles, one chart a question with its table, the records behind each number, the report."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.clock import today
from desk_app.domain.ids import RecordId
from desk_app.domain.rules.indicators import indicator_of
from desk_app.i18n import formats, labels
from desk_app.i18n.languages import LANGUAGES
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.figures.behind import Line, lines_behind
from desk_app.ui.pages.figures.counted import Counted, change_words, count, coverage_words
from desk_app.ui.pages.figures.period_bar import PeriodBar
from desk_app.ui.pages.figures.question_card import QuestionCard
from desk_app.ui.pages.figures.questions import TILES, Behind, questions_of
from desk_app.ui.pages.figures.report_view import (
    XLSX,
    ReportView,
    file_name,
    make_report,
    save_report,
    say_saved,
    with_ending,
)
from desk_app.ui.pages.targets import COURSES, PERSON, OpenPerson
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure
from desk_app.ui.widgets.boxes import ScrollColumn, column, empty_layout, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.choices import PlainCombo
from desk_app.ui.widgets.choose_files import choose_new_file
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.row_list import RowList
from desk_app.ui.widgets.text import label, muted
from desk_app.ui.widgets.tile import FigureTile

COUNTED_KINDS = frozenset({"client", "service", "referral", "need", "course", "participant", "consent", "target"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What was chosen on the page."""

    period: tuple[str, str, str]
    language: str
    """The report's, where it is not the window's."""
    picked: dict[str, str] = field(default_factory=dict)


class FiguresPage(Page):
    """What the desk's or the programme's work comes to in a period."""

    kinds = COUNTED_KINDS

    def __init__(self, around: Surroundings, session: Session) -> None:
        super().__init__(around)
        self._session = session
        self.counted: Counted | None = None
        self.tiles: dict[str, FigureTile] = {}
        self.cards: list[QuestionCard] = []
        self._picked: dict[str, str] = {}
        self._lines_behind: dict[str, Line] = {}
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        self._stack.addWidget(self._make_main())
        self.report = ReportView(around, session)
        self.report.left.connect(self._close_report)
        self._stack.addWidget(self.report)

    def reload(self) -> None:
        """Count again."""
        period, tr = self.period_bar.period, self.look.tr
        self._session.ask(lambda vault: count(vault, period, tr), self._show, owner=self)

    def kept(self) -> object:
        """The period, the report's language, which indicator each table shows."""
        own = self.language if self.language != self.look.tr.language.code else ""
        return Kept(self.period_bar.kept(), own, dict(self._picked))

    def take_back(self, kept: object) -> None:
        """Choose them again."""
        if isinstance(kept, Kept):
            self.period_bar.take_back(kept.period)
            if kept.language:
                self.languages.setCurrentIndex(self.languages.findData(kept.language))
            self._picked = dict(kept.picked)
            self.reload()

    def enter(self) -> None:
        """To the first figure; a careless key on the list of languages would change the report's."""
        for tile in self.tiles.values():
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def back(self) -> bool:
        """Close the report, then the panel."""
        if self._stack.currentWidget() is self.report:
            self._close_report()
        elif not self.panel.isHidden():
            self.panel.put_away()
        else:
            return False
        return True

    @property
    def language(self) -> str:
        """The code of the report's language."""
        return str(self.languages.currentData())

    def print_page(self) -> None:
        """Ctrl+P: make the report and show it as it will print."""
        if self._stack.currentWidget() is self.report:
            self.report.print_pages()
            return
        period, language = self.period_bar.period, self.language
        self.around.shell.work(
            self.look.tr.text("Preparing the report"),
            self._session.work(lambda vault, _job: make_report(vault, period, language, ".pdf")),
            self._show_report,
            owner=self,
        )

    def save_table(self) -> None:
        """Write the report as a spreadsheet where the person wants it."""
        period, language, tr = self.period_bar.period, self.language, self.look.tr
        chosen = choose_new_file(
            self, tr.text("Save the report"), file_name(period, language) + XLSX, f"XLSX (*{XLSX})"
        )
        if chosen is None:
            return
        path = with_ending(chosen, XLSX)
        self.around.shell.work(
            tr.text("Preparing the report"),
            self._session.work(lambda vault, _job: save_report(vault, period, language, path)),
            lambda _none: say_saved(self.around, path),
            owner=self,
        )

    def open_behind(self, key: str) -> None:
        """Show the records behind a number in the panel."""
        asked, tr = Behind.of(key), self.look.tr
        period = self.counted.period if self.counted else self.period_bar.period
        self._session.ask(
            lambda vault: lines_behind(vault, asked, period, tr),
            lambda lines: self._show_lines(asked, lines),
            owner=self,
        )

    # Inside

    def _make_main(self) -> QWidget:
        tr = self.look.tr
        made = QWidget()
        lines = column(made, gap=0)
        table = button(self.look, tr.text("Save as XLSX"), Icon.SAVE)
        table.clicked.connect(self.save_table)
        paper = button(self.look, tr.text("Print"), Icon.PRINT, tip=Key.PRINT)
        paper.clicked.connect(self.print_page)
        self.head = PageHead(self.look, tr.text("Figures"), actions=[self._language_box(), table, paper])
        lines.addWidget(self.head)
        self.period_bar = PeriodBar(self.look, lambda: today(self._session.now()))
        self.period_bar.chosen.connect(lambda _period: self.reload())
        scroll = ScrollColumn(self.look)
        scroll.body.addWidget(self.period_bar)
        self._content = column(gap=Measure.BETWEEN)
        scroll.body.addLayout(self._content)
        with_panel = WithPanel(self.look, scroll, least=520)
        self.panel = with_panel.panel
        lines.addWidget(with_panel, 1)
        return made

    def _language_box(self) -> QWidget:
        tr = self.look.tr
        box = QWidget()
        line = row(box)
        words = tr.text("Language of the report")
        line.addWidget(muted(words, wrap=False))
        self.languages = PlainCombo()
        self.languages.setAccessibleName(words)
        for language in LANGUAGES:
            self.languages.addItem(language.own_name, language.code)
        self.languages.setCurrentIndex(self.languages.findData(tr.language.code))
        line.addWidget(self.languages)
        return box

    def _show(self, counted: Counted) -> None:
        self.counted = counted
        tr = self.look.tr
        empty_layout(self._content)
        self.tiles, self.cards = {}, []
        line = row(gap=Measure.BETWEEN)
        for code in TILES:
            line.addWidget(self._tile(counted, code))
        self._content.addLayout(line)
        self._content.addWidget(muted(coverage_words(counted, tr)))
        for question in questions_of(counted.now):
            card = QuestionCard(
                self.look, question, counted.now, counted.inside(tr), self._picked.get(question.words, "")
            )
            card.opened.connect(self.open_behind)
            card.picked.connect(lambda code, words=question.words: self._picked.update({words: code}))
            self.cards.append(card)
            self._content.addWidget(card)

    def _tile(self, counted: Counted, code: str) -> FigureTile:
        tr, figure = self.look.tr, counted.now[code]
        number = formats.number(figure.whole.total, tr.language)
        made = FigureTile(self.look, number, labels.indicator(figure.indicator, tr), change_words(counted, code, tr))
        made.clicked.connect(lambda: self.open_behind(Behind(code).key))
        self.tiles[code] = made
        return made

    def _show_lines(self, asked: Behind, lines: list[Line]) -> None:
        tr = self.look.tr
        indicator = indicator_of(asked.code)
        self._lines_behind = {one.row.key: one for one in lines}
        content = QWidget()
        box = column(content)
        where = [desk_name(asked.desk, tr)] if asked.desk else []
        where += [_sex_words(asked.sex, tr)] if asked.sex else []
        box.addWidget(label(" · ".join([tr.plural("{count} record", "{count} records", len(lines)), *where])))
        box.addWidget(muted(tr.text(indicator.explanation)))
        self.behind = RowList(self.look, labels.indicator(indicator, tr), grows=True)
        self.behind.show_rows([one.row for one in lines])
        self.behind.opened.connect(self._open_record)
        box.addWidget(self.behind)
        content.setFocusProxy(self.behind)
        self.panel.hold(labels.indicator(indicator, tr), content, again=lambda page: page.open_behind(asked.key))
        self.behind.pick_first()

    def _open_record(self, key: str) -> None:
        line = self._lines_behind[key]
        if line.client:
            self.around.shell.go(PERSON, OpenPerson(RecordId(line.client)))
        elif line.course:
            self.around.shell.go(COURSES, line.course)

    def _show_report(self, pdf: bytes) -> None:
        self._stack.setCurrentWidget(self.report)
        self.report.show_report(pdf, self.period_bar.period, self.language)

    def _close_report(self) -> None:
        self._stack.setCurrentIndex(0)


def _sex_words(sex: str, tr: Translator) -> str:
    return {"female": tr.text("Women"), "male": tr.text("Men")}.get(sex, tr.text("Not known"))
