"""Pages that show every piece of the window with typical and overfull content, for `screens.py` and for tests."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.referral import REFERRAL
from desk_app.ui.background import Progress
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.models.record_table import Column, RecordTable, TableView
from desk_app.ui.page import Page, PageEntry, Surroundings
from desk_app.ui.sidebar import Status
from desk_app.ui.theme import Measure, Tone
from desk_app.ui.widgets.banner import Banner
from desk_app.ui.widgets.boxes import Card, ScrollColumn, across, column, row, rule
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.chip import StatusChip
from desk_app.ui.widgets.compare import Compare, Side
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.filters import Filter, FilterBar
from desk_app.ui.widgets.flow import Flow
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.lines import LineField, MoneyField, NumberField
from desk_app.ui.widgets.panel import WithPanel
from desk_app.ui.widgets.person import Agreement, ConsentMark, PersonFacts, PersonHeader
from desk_app.ui.widgets.progress import ProgressStrip
from desk_app.ui.widgets.row_list import Row, RowList, TimeLine
from desk_app.ui.widgets.secret import PassphraseField
from desk_app.ui.widgets.tile import FigureTile

TODAY = date(2026, 3, 5)
LONG_NAME = "Абдураҳмонзода Муҳаммадҷамшеди Ғуломҳайдариён"


def status(look: Look) -> Status:
    """The foot of the sidebar."""
    words = look.tr.text("Safe at the coordinator up to {day}.", day=date(2026, 2, 24))
    return Status(desk="Хоруғ", user="Зарина Назарова", safety=words, safe=True)


class TodayPage(Page):
    """A typical day."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        look, tr = self.look, self.look.tr
        start = button(look, tr.text("Intake"), Icon.NEW_PERSON, Weight.MAIN)
        self.body.addWidget(PageHead(look, tr.text("Today"), "Панҷшанбе, 5 март", [start]))
        scroll = ScrollColumn(look)
        banner = Banner(look, "31 записей ещё не у координатора; последний пакет — 24.02.2026.", Tone.ATTENTION, "Send")
        scroll.body.addWidget(banner)
        pair = across(look)
        left, right = column(gap=Measure.BETWEEN), column(gap=Measure.BETWEEN)
        pair.addLayout(left, 3)
        pair.addLayout(right, 2)
        left.addWidget(self._list("Now", _today_rows()))
        left.addWidget(self._list("Needs an answer", _waiting_rows()))
        left.addStretch(1)
        right.addWidget(self._list("Released soon", _release_rows()))
        right.addWidget(self._list("Drafts", [Row("d", LONG_NAME, "Consultation", "10:42", icon=Icon.DRAFT)]))
        right.addStretch(1)
        scroll.body.addLayout(pair)
        self.body.addWidget(scroll, 1)

    def _list(self, title: str, rows: Sequence[Row]) -> Card:
        words = self.look.tr.text(title)
        card = Card(self.look, words)
        rows_list = RowList(self.look, words, grows=True)
        rows_list.show_rows(rows)
        card.add_list(rows_list)
        return card


class PeoplePage(Page):
    """A list, a person, a form at the right."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        look, tr = self.look, self.look.tr
        self.body.addWidget(PageHead(look, tr.text("People"), "исмоил · 3"))
        split = QWidget()
        line = row(split, gap=0)
        people = RowList(look, tr.text("People"))
        shelf = QWidget()
        shelf.setFixedWidth(look.theme.width(296))
        column(shelf, margin=Measure.INSIDE).addWidget(people)
        people.show_rows(_people_rows())
        people.pick("1")
        line.addWidget(shelf)
        line.addWidget(rule(upright=True))
        line.addWidget(self._person(), 1)
        beside = WithPanel(look, split, least=600)
        self.form = RecordForm(look, CLIENT, without={"institution"}, today=lambda: TODAY)
        self.form.set_values({"surname": "Исмоилов", "given_name": "Исмоил", "birth_date": "1973", "sex": "male"})
        self.form.set_typed({"release_date": "31.02.2026"})
        save = button(look, tr.text("Save"), weight=Weight.MAIN)
        beside.panel.hold(tr.text("Client"), self.form, [save, button(look, tr.text("Cancel"), weight=Weight.QUIET)])
        self.body.addWidget(beside, 1)

    def _person(self) -> QWidget:
        look, tr = self.look, self.look.tr
        scroll = ScrollColumn(look, margin=Measure.BETWEEN)
        consents = [
            ConsentMark(tr.text("Service"), Agreement.GIVEN, "Service: given 3 March"),
            ConsentMark(tr.text("Letter"), Agreement.NOT_ASKED, "Letter: not asked yet"),
            ConsentMark(tr.text("Health"), Agreement.REFUSED, "Health: refused"),
        ]
        facts = PersonFacts(LONG_NAME, "KHG-2026-12", "1973", "Хоруғ", [tr.text("At risk from others")], consents)
        scroll.body.addWidget(PersonHeader(look, facts))
        actions = QWidget()
        flow = Flow(actions)
        for words, icon in (("Consultation", Icon.NOTE), ("Refer", Icon.REFERRALS), ("Print", Icon.PRINT)):
            flow.addWidget(button(look, tr.text(words), icon))
        scroll.body.addWidget(actions)
        line = TimeLine(look, tr.text("Time line"), grows=True)
        line.show_rows(_line_rows())
        scroll.body.addWidget(line)
        return scroll


class PiecesPage(Page):
    """Every other piece."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        look, tr = self.look, self.look.tr
        self.body.addWidget(PageHead(look, tr.text("Figures"), "01.01.2026 – 31.03.2026", back=True))
        scroll = ScrollColumn(look)
        tiles = row(gap=Measure.BETWEEN)
        tiles.addWidget(FigureTile(look, "1 104", tr.text("Unique clients"), "+86", Tone.DONE))
        tiles.addWidget(FigureTile(look, "319", "Шиноснома гирифта шуд", "+12"))
        tiles.addWidget(FigureTile(look, "16", tr.text("No answer yet"), "+4", Tone.ATTENTION))
        tiles.addWidget(FigureTile(look, "30 %", tr.text("Women")))
        scroll.body.addLayout(tiles)
        filters = FilterBar(
            look, tr.text("Status"), [Filter("a", "All", 412), Filter("b", "Sent", 31), Filter("c", "Closed")]
        )
        filters.choose("a")
        scroll.body.addWidget(filters)
        scroll.body.addWidget(self._chips())
        grid = QGridLayout()
        grid.setSpacing(Measure.BETWEEN)
        grid.addWidget(self._inputs(), 0, 0)
        grid.addWidget(self._compare(), 0, 1)
        scroll.body.addLayout(grid)
        for tone in (Tone.PRIMARY, Tone.DANGER, Tone.DONE):
            scroll.body.addWidget(Banner(look, f"{tone.value}: {LONG_NAME}", tone))
        self.body.addWidget(scroll, 1)
        strip = ProgressStrip(look)
        strip.follow(Progress(312, 980, "Reading bundle from {desk}, {done} of {total} records", {"desk": "Vose"}))
        self.body.addWidget(strip)
        strip.show()

    def _chips(self) -> QWidget:
        made = QWidget()
        flow = Flow(made)
        for words, icon, tone in (
            ("Draft", Icon.DRAFT, Tone.PLAIN),
            ("Sent", Icon.REFERRALS, Tone.PRIMARY),
            ("No answer, 16 days", Icon.DUE, Tone.ATTENTION),
            ("Declined", Icon.REFUSED, Tone.DANGER),
            ("Service completed", Icon.DONE, Tone.DONE),
        ):
            flow.addWidget(StatusChip(self.look, self.look.tr.text(words), icon, tone))
        for weight in Weight:
            flow.addWidget(button(self.look, weight.value.title(), Icon.SAVE, weight))
        off = button(self.look, "Off", Icon.SAVE)
        off.setEnabled(False)
        flow.addWidget(off)
        return made

    def _inputs(self) -> Card:
        card = Card(self.look, "Inputs")
        passphrase = PassphraseField(self.look)
        passphrase.set_typed("somewhere over")
        money, count = MoneyField(self.look), NumberField(self.look)
        money.set_value(int(Decimal("125050")))
        count.set_value(12)
        wrong = FieldRow(self.look, "Text", LineField(self.look), "Help below the field.", required=True)
        for made in (
            FieldRow(self.look, "Passphrase", passphrase),
            FieldRow(self.look, "Value", money),
            FieldRow(self.look, "Copies", count),
            wrong,
        ):
            card.body.addWidget(made)
        wrong.check()
        return card

    def _compare(self) -> QWidget:
        left = Side("05.03.1973", ("Зарина Назарова, Хоруғ", "03.03.2026 10:12"))
        right = Side("03.05.1973", ("Фирӯз Каримов, Ваҳдат", "04.03.2026 15:40"))
        made = Compare(self.look, "Date of birth", left, right, can_keep_both=True)
        outer = QWidget()
        lines = column(outer)
        lines.addWidget(made)
        lines.addStretch(1)
        return outer


class TablePage(Page):
    """A long table with a form, and an empty list."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        look, tr = self.look, self.look.tr
        self.body.addWidget(PageHead(look, tr.text("Referrals"), tr.text("{count} records", count=500)))
        columns = [
            Column(tr.text("Number"), 130),
            Column(tr.text("Client")),
            Column(tr.text("Receiving organisation"), 260),
            Column("Days", 80, number=True),
        ]
        model = RecordTable(columns, lambda ids: [(f"Д-{i}/2026", LONG_NAME, "Маркази ёрии ҳуқуқӣ", i) for i in ids])
        table = TableView(look, tr.text("Referrals"), model)
        table.show_ids([str(number) for number in range(1, 501)])
        table.selectRow(2)
        ground = QWidget()
        column(ground, margin=Measure.BETWEEN).addWidget(table)
        beside = WithPanel(look, ground)
        form = RecordForm(
            look,
            REFERRAL,
            only=("organisation", "service_asked", "reason", "priority", "shared", "answer_due", "escorted"),
            options={"organisation": [("1", "Маркази ёрии ҳуқуқӣ")]},
            today=lambda: TODAY,
        )
        beside.panel.hold(tr.text("Referral"), form, [button(look, tr.text("Save"), weight=Weight.MAIN)])
        self.body.addWidget(beside, 1)


class EmptyPage(Page):
    """Nothing yet."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        tr = self.look.tr
        self.body.addWidget(PageHead(self.look, tr.text("Courses")))
        self.body.addWidget(EmptyState(self.look, "No course has been planned yet.", "Plan a course"), 1)


class WidePage(Page):
    """A form in the middle of a page, with room for errors beside."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        look, tr = self.look, self.look.tr
        save = button(look, tr.text("Save"), Icon.SAVE, Weight.MAIN, tip="Ctrl+S")
        self.body.addWidget(PageHead(look, tr.text("Intake"), "", [save], back=True))
        scroll = ScrollColumn(look, width=Measure.COLUMN)
        card = Card(look)
        self.form = RecordForm(look, CLIENT, columns=2, today=lambda: TODAY)
        self.form.set_typed({"surname": "Ғуломҳайдарзода", "birth_date": "31.02.1973", "safety": "at_risk"})
        card.body.addWidget(self.form)
        scroll.body.addWidget(card)
        self.body.addWidget(scroll, 1)


def _today_rows() -> list[Row]:
    return [
        Row("1", "Назарова Зулфия", "Ҳуқуқшинос · қарз", "10:00", "", Icon.LEGAL),
        Row("2", LONG_NAME, "Равоншинос", "11:30", "", Icon.PSYCHOLOGICAL),
        Row("3", "Исмоилов Исмоил", "Follow-up after referral", "14:00", "2 days late", Icon.DUE, Tone.ATTENTION),
    ]


def _waiting_rows() -> list[Row]:
    return [
        Row("1", "Каримов Саид", "Маркази ёрии ҳуқуқӣ", "Д-14/2026", "16 days", Icon.WAITING, Tone.ATTENTION),
        Row("2", "Ismoilova Zuhro", "Маркази шуғли аҳолӣ", "Д-9/2026", "11 days", Icon.WAITING, Tone.ATTENTION),
        Row("3", LONG_NAME, "Маркази наркологӣ", "Д-7/2026", "6 days", Icon.WAITING),
        Row("4", "Раҳмонов Фирӯз", "Шуъбаи шиносномавӣ", "Д-2/2026", "5 days", Icon.WAITING),
    ]


def _release_rows() -> list[Row]:
    return [
        Row("1", "Саидова Мавҷуда", "Нурек 3/8", "12.03.2026", "7 days", Icon.CALENDAR),
        Row("2", "Ҳакимов Ҷамшед", "Ёвон 3/6", "30.03.2026", "25 days", Icon.CALENDAR),
    ]


def _people_rows() -> list[Row]:
    return [
        Row("1", "Исмоилов Исмоил", "1973 · Хоруғ · KHG-2026-12"),
        Row("2", "Исмаилов Исмаил", "1973 · Ваҳдат · written in Russian"),
        Row("3", "Ismoilova Zuhro Abdurahmon qizi", "1991 · Хуҷанд"),
        Row("4", LONG_NAME, "1980 · Хоруғ", icon=Icon.RISK, tone=Tone.DANGER),
    ]


def _line_rows() -> list[Row]:
    return [
        Row("5", "Legal consultation", "A money claim by the authority; answer written", "03.03.2026", "", Icon.LEGAL),
        Row("4", "Referral Д-14/2026", "Маркази ёрии ҳуқуқӣ", "17.02.2026", "16 days", Icon.REFERRALS, Tone.ATTENTION),
        Row("3", "Consent given", "Keeping a record and giving help", "10.02.2026", "", Icon.DONE, Tone.DONE),
        Row("2", "Intake", "Came by himself", "10.02.2026", "", Icon.NEW_PERSON),
        Row("1", "Released", "Amnesty", "02.02.2026", "", Icon.FLAG),
    ]


ENTRIES = (
    PageEntry("today", "Today", Icon.TODAY, TodayPage),
    PageEntry("people", "People", Icon.PEOPLE, PeoplePage),
    PageEntry("referrals", "Referrals", Icon.REFERRALS, TablePage),
    PageEntry("courses", "Courses", Icon.COURSES, EmptyPage),
    PageEntry("directory", "Directory", Icon.DIRECTORY, EmptyPage),
    PageEntry("figures", "Figures", Icon.FIGURES, PiecesPage),
    PageEntry("exchange", "Exchange", Icon.EXCHANGE, EmptyPage),
    PageEntry("settings", "Settings", Icon.SETTINGS, EmptyPage),
    PageEntry("intake", "Intake", Icon.NEW_PERSON, WidePage, in_sidebar=False),
)
"""The gallery as the window takes it."""
