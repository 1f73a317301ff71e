"""The style sheet that dresses Fusion: rules by role and measure, colours filled in from a theme."""

from pathlib import Path
from string import Template

from desk_app.ui.theme import FAMILY, Measure, Role, Text, Theme

_RULES = Template("""
* { font-family: "$family"; font-size: ${body_pt}pt; color: $text; outline: none; }
QMainWindow, QDialog, QWidget#page, QWidget#window { background: $paper; }
QLabel, QCheckBox, QRadioButton { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget#ground { background: transparent; border: none; }
QToolTip { background: $text; color: $surface; border: none; padding: 4px 8px; font-size: ${caption_pt}pt; }

QLabel[look="caption"] { font-size: ${caption_pt}pt; color: $muted; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="section"] { font-size: ${section_pt}pt; font-weight: 600; }
QLabel[look="title"] { font-size: ${title_pt}pt; font-weight: 600; }
QLabel[look="figure"] { font-size: ${figure_pt}pt; font-weight: 600; }
QLabel[look="label"] { font-size: ${caption_pt}pt; font-weight: 600; color: $text; }
QLabel[look="muted"] { color: $muted; }
QLabel[tone="primary"] { color: $primary; }
QLabel[tone="attention"] { color: $attention; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="done"] { color: $done; }

QFrame[look="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[look="rule"] { background: $line; border: none; }
QFrame[look="panel"] { background: $surface; border: none; border-left: 1px solid $line; }
QFrame[look="head"] { background: $paper; border: none; border-bottom: 1px solid $line; }
QFrame[look="foot"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[look="snack"] { background: $text; border: none; border-radius: ${radius}px; }
QFrame[look="snack"] QLabel { color: $surface; }
QFrame[look="snack"] QPushButton { background: transparent; border: 1px solid $surface; color: $surface;
  font-weight: 600; }
QFrame[look="snack"] QPushButton:focus { border: 2px solid $surface; }

QFrame[look="chip"] { border: none; border-radius: 12px; }
QFrame[look="chip"] QLabel { font-size: ${caption_pt}pt; font-weight: 600; }
QFrame[side="beside"] { border: none; border-left: 1px solid $line; }
QFrame[side="below"] { border: none; border-top: 1px solid $line; }
QFrame[look="banner"] { border-radius: ${radius}px; }
QFrame[ground="plain"] { background: $sunken; border: 1px solid $line; }
QFrame[ground="primary"] { background: $primary_soft; border: 1px solid $primary_soft; }
QFrame[ground="attention"] { background: $attention_soft; border: 1px solid $attention_soft; }
QFrame[ground="danger"] { background: $danger_soft; border: 1px solid $danger_soft; }
QFrame[ground="done"] { background: $done_soft; border: 1px solid $done_soft; }

QPushButton { background: $surface; border: 1px solid $line; border-radius: 6px; padding: 0 11px;
  min-height: ${control_in}px; }
QPushButton:hover { background: $sunken; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $primary; padding: 0 10px; min-height: ${control_ring}px; }
QPushButton:disabled { color: $muted; background: $sunken; }
QPushButton[weight="main"] { background: $primary; color: $on_primary; border-color: $primary; font-weight: 600; }
QPushButton[weight="main"]:hover, QPushButton[weight="main"]:pressed { border-color: $text; }
QPushButton[weight="main"]:focus { border: 2px solid $text; }
QPushButton[weight="main"]:disabled { background: $sunken; color: $muted; border-color: $line; }
QPushButton[weight="quiet"] { background: transparent; border-color: transparent; }
QPushButton[weight="quiet"]:hover { background: $sunken; }
QPushButton[weight="quiet"]:focus { border-color: $primary; }
QPushButton[weight="danger"] { color: $danger; border-color: $danger; }
QPushButton[weight="danger"]:hover { background: $danger_soft; }
QPushButton[weight="icon"] { background: transparent; border-color: transparent; padding: 0;
  min-width: ${target_in}px; max-width: ${target_in}px; min-height: ${target_in}px; max-height: ${target_in}px; }
QPushButton[weight="icon"]:hover { background: $sunken; }
QPushButton[weight="icon"]:focus { border-color: $primary; min-width: ${target_ring}px; max-width: ${target_ring}px;
  min-height: ${target_ring}px; max-height: ${target_ring}px; }
QPushButton[weight="letter"] { padding: 0; min-width: ${target_in}px; max-width: ${target_in}px;
  min-height: ${target_in}px;
  max-height: ${target_in}px; color: $primary; font-weight: 600; }
QPushButton[weight="letter"]:focus { min-width: ${target_ring}px; max-width: ${target_ring}px;
  min-height: ${target_ring}px;
  max-height: ${target_ring}px; }
QPushButton[weight="filter"] { border-radius: 14px; min-height: ${target_in}px; padding: 0 11px; }
QPushButton[weight="filter"]:checked { background: $primary_soft; border-color: $primary; color: $primary;
  font-weight: 600; }
QPushButton[weight="filter"]:focus { border: 2px solid $primary; padding: 0 10px; min-height: ${target_ring}px; }
QPushButton[weight="segment"] { border-radius: 0; }
QPushButton[weight="segment"][place="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QPushButton[weight="segment"][place="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QPushButton[weight="segment"][place="middle"], QPushButton[weight="segment"][place="last"] { margin-left: -1px; }
QPushButton[weight="segment"]:checked { background: $primary_soft; border-color: $primary; color: $primary;
  font-weight: 600; }
QPushButton::menu-indicator { width: 0; }

QPushButton[weight="tile"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; padding: 0;
  text-align: left; }
QPushButton[weight="tile"]:hover { background: $surface; border-color: $primary; }
QPushButton[weight="tile"]:focus { border: 2px solid $primary; }

QFrame#sidebar { background: $surface; border: none; border-right: 1px solid $line; }
QPushButton[weight="page"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
  text-align: left; padding: 0 9px;
  min-height: ${page_in}px; color: $muted; }
QPushButton[weight="page"]:hover { background: $sunken; color: $text; }
QPushButton[weight="page"]:focus { border: 2px solid $primary; padding: 0 8px; min-height: ${page_ring}px; }
QPushButton[weight="page"]:checked { background: $primary_soft; color: $primary; font-weight: 600; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $surface; border: 1px solid $line;
  border-radius: 6px;
  padding: 0 8px; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${control_in}px; }
QLineEdit[look="search"] { padding: 0 2px; }
QLineEdit[look="search"]:focus { padding: 0 1px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $primary; padding: 0 7px;
  min-height: ${control_ring}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $primary; padding: 3px; }
QTextEdit[look="reading"] { background: transparent; border-color: transparent; }
QTextEdit[look="reading"]:focus { border-color: $primary; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $sunken; color: $muted; }
QLineEdit[readOnly="true"] { background: $sunken; }
QComboBox::drop-down { border: none; width: ${target}px; }
QComboBox::down-arrow { image: url("$marks/chevron-down.svg"); width: ${arrow}px; height: ${arrow}px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; padding: 4px;
  selection-background-color: $primary_soft;
  selection-color: $text; }
QComboBox QAbstractItemView { border-radius: 0; }
QComboBox QAbstractItemView:focus { border: 1px solid $line; }
QComboBoxPrivateContainer { border: none; background: $surface; }
QComboBox QAbstractItemView::item { min-height: ${target}px; padding: 0 4px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: ${target}px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${tick}px; height: ${tick}px; background: $surface;
  border: 1px solid $muted; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: ${tick_round}px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$marks/tick.svg"); }
QRadioButton::indicator:checked { background: $surface; border-color: $primary; image: url("$marks/dot.svg"); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus, QCheckBox::indicator:hover, QRadioButton::indicator:hover {
  border: 2px solid $primary; width: ${tick_ring}px; height: ${tick_ring}px; }
QCheckBox:focus, QRadioButton:focus { color: $primary; }

QTableView, QListView, QTreeView { background: $surface; alternate-background-color: $paper;
  border: 1px solid $line; border-radius: ${radius}px;
  gridline-color: $line; selection-background-color: $primary_soft; selection-color: $text; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $primary; }
QTableView::item { padding: 0 5px; border: none; border-bottom: 1px solid $line; }
QTableView::item:selected, QListView::item:selected { background: $primary_soft; color: $text; }
QTableView QTableCornerButton::section { background: $sunken; border: none; }
QListView[look="choices"] { border: none; background: transparent; }
QHeaderView { background: $sunken; border: none; border-top-left-radius: ${radius}px;
  border-top-right-radius: ${radius}px; }
QHeaderView::section { background: $sunken; color: $muted; font-size: ${caption_pt}pt; font-weight: 600; border: none;
  border-bottom: 1px solid $line; padding: 0 8px; min-height: ${row}px; }
QHeaderView::section:first { border-top-left-radius: ${radius}px; }
QHeaderView::section:last { border-top-right-radius: ${radius}px; }

QTabBar { background: transparent; }
QTabWidget::tab-bar { left: 12px; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $muted; padding: 0 8px; min-height: ${control}px;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $primary; border-bottom: 2px solid $primary; font-weight: 600; }
QTabBar::tab:focus { background: $primary_soft; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $sunken; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $primary; border-radius: 4px; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $primary_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QSplitter::handle { background: $line; width: 1px; }
QGroupBox { border: none; margin: 0; padding: 0; }

QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 4px 8px; font-weight: 600; }
QCalendarWidget QToolButton:hover { background: $sunken; }
QCalendarWidget QToolButton:focus { border-color: $primary; }
QCalendarWidget QToolButton::menu-indicator { width: 0; }
QCalendarWidget QAbstractItemView { border: none; border-radius: 0; selection-background-color: $primary;
  selection-color: $on_primary; }
""")


def style_sheet(theme: Theme, icons: Path) -> str:
    """The whole style sheet for a theme; `icons` is the folder of the shipped icons."""
    sizes = {f"{kind}_pt": f"{theme.points(kind):g}" for kind in Text}
    control, target, page, tick = (theme.px(n) for n in (Measure.CONTROL, Measure.TARGET, 36, 16))
    page = (page + 72) // 3  # Eight pages must fit below one another at any text size.
    return _RULES.substitute(
        {role.value: theme.code(role) for role in Role},
        **sizes,
        family=FAMILY,
        marks=(icons / "controls" / ("dark" if theme.dark else "light")).as_posix(),
        radius=Measure.RADIUS,
        row=theme.px(Measure.ROW),
        control=control,
        control_in=control - 2,
        control_ring=control - 4,
        target=target,
        target_in=target - 2,
        target_ring=target - 4,
        page_in=page - 2,
        page_ring=page - 4,
        arrow=theme.px(16),
        tick=tick,
        tick_ring=tick - 2,
        tick_round=tick // 2 + 1,
    )
