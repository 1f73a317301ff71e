"""No English of Qt's own is left once our catalogues answer."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QSpinBox,
    QStyleOptionViewItem,
    QTabBar,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desk_app.i18n.languages import ENGLISH
from desk_app.ui.appearance import Appearance
from desk_app.ui.qt_messages import QT_MESSAGES
from desk_app.ui.qt_words import QtWords
from desk_app.ui.widgets.choose_files import choose_file, choose_folder, choose_new_file
from tests.ui.conftest import MARK, MarkedTranslator


@pytest.fixture
def marked(qapp: QApplication) -> Iterator[None]:
    """Our words for Qt's strings, marked."""
    words = QtWords(MarkedTranslator(ENGLISH), qapp)
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)


def unmarked(texts: Iterable[str]) -> list[str]:
    """Those of the texts that did not come from our catalogues; a key after a tab does not count."""
    words = [text.partition("\t")[0].replace("&", "") for text in texts]
    return [word for word in words if any(map(str.isalpha, word)) and not word.startswith(MARK)]


def texts_of(widget: QWidget) -> list[str]:
    """Every word on a dialog."""
    buttons = [button.text() for button in widget.findChildren(QAbstractButton)]
    labels = [label.text() for label in widget.findChildren(QLabel)]
    return buttons + labels


@pytest.mark.usefixtures("marked")
def test_every_standard_button_of_a_message_box(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    for button in QDialogButtonBox.StandardButton:
        if button is not QDialogButtonBox.StandardButton.NoButton:
            box.addButton(QMessageBox.StandardButton(button.value))
    box.setDetailedText("§ details")
    texts = texts_of(box)
    assert len(texts) >= 18
    assert unmarked(texts) == []


@pytest.mark.usefixtures("marked")
def test_every_standard_button_of_a_button_box(qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    for button in QDialogButtonBox.StandardButton:
        if button is not QDialogButtonBox.StandardButton.NoButton:
            box.addButton(button)
    assert len(box.buttons()) >= 18
    assert unmarked(texts_of(box)) == []


@pytest.mark.usefixtures("marked")
def test_the_edit_menus(qtbot: QtBot) -> None:
    line, text = QLineEdit(), QPlainTextEdit()
    for widget in (line, text):
        qtbot.addWidget(widget)
        menu = widget.createStandardContextMenu()
        actions = [action.text() for action in menu.actions()]
        assert len(actions) >= 7
        assert unmarked(actions) == []


@pytest.mark.usefixtures("marked")
def test_progress_and_file_dialogs(qtbot: QtBot) -> None:
    progress = QProgressDialog()
    files = QFileDialog()
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    for dialog in (progress, files):
        qtbot.addWidget(dialog)
        dialog.ensurePolished()
    assert unmarked(texts_of(progress)) == []
    assert unmarked(texts_of(files)) == []
    assert unmarked([files.labelText(QFileDialog.DialogLabel.FileName), files.nameFilters()[0]]) == []


@pytest.mark.usefixtures("marked")
def test_the_print_preview(qtbot: QtBot) -> None:
    dialog = QPrintPreviewDialog()
    qtbot.addWidget(dialog)
    actions = [action.text() for action in dialog.findChildren(QAction)]
    assert len(actions) >= 12
    assert unmarked([*actions, dialog.windowTitle()]) == []


def every_text(dialog: QWidget) -> Iterator[str]:
    """All that can be read, hovered over or heard on a dialog, its lists and the names of their columns included."""
    for widget in (dialog, *dialog.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QAbstractButton | QLabel):
            yield widget.text()
        elif isinstance(widget, QGroupBox):
            yield widget.title()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(place) for place in range(widget.count()))
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
        elif isinstance(widget, QTreeView):
            yield from _cells(widget)
    yield from (action.text().partition("\t")[0] for action in dialog.findChildren(QAction))


def _cells(table: QTreeView) -> Iterator[str]:
    option: Any = QStyleOptionViewItem()  # Qt's types know no members of it.
    model = table.model()
    for column in range(model.columnCount(table.rootIndex())):
        if not table.isColumnHidden(column):
            yield str(model.headerData(column, Qt.Orientation.Horizontal))
            for line in range(model.rowCount(table.rootIndex())):
                index = model.index(line, column, table.rootIndex())
                delegate: Any = table.itemDelegateForIndex(index)
                delegate.initStyleOption(option, index)
                yield str(option.text)


SHEETS = re.compile(
    r"\b(?:Letter|Legal|Executive|US|DL|Folio|Ledger|Tabloid|Extra|Plus|Small|JIS|ANSI|Architect|in|Note|Quarto|Statement"
    r"|Super|Double|Postcard|PRC|Big|Fan-fold|German|Monarch|Personal|Chou|Invite|Italian|Kaku|PDF|English|root|home|tmp)\b"
    r"|/\S*|\S+\.roh"
)
"""Names: of sheets of paper, of files and folders."""


@pytest.mark.qt_log_ignore("Cannot be used on non-native printers", extend=True)
@pytest.mark.parametrize("code", ["tg", "ru", "uz_Cyrl", "uz_Latn"])
def test_no_dialog_of_qt_speaks_english(
    code: str, qtbot: QtBot, speaking: Appearance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Флешка"
    (folder / "Ҷузвдон").mkdir(parents=True)
    (folder / "photo.roh").write_bytes(bytes(3000))
    speaking.choose_language(code)
    found: list[str] = []

    def read(dialog: QWidget) -> int:
        qtbot.addWidget(dialog)
        dialog.show()
        table = dialog.findChild(QTreeView, "treeView")
        if table is not None:
            qtbot.waitUntil(lambda: table.model().rowCount(table.rootIndex()) >= 1)
        found.extend(every_text(dialog))
        return 0

    monkeypatch.setattr(QFileDialog, "exec", read)
    parent = QWidget()
    qtbot.addWidget(parent)
    choose_folder(parent, "§", str(folder))
    choose_file(parent, "§", "§ (*)", str(folder))
    monkeypatch.setattr(QDir, "homePath", lambda: str(folder))
    choose_new_file(parent, "§", "photo.roh", "§ (*)")
    box = QMessageBox()
    for button in QDialogButtonBox.StandardButton:
        if button is not QDialogButtonBox.StandardButton.NoButton:
            box.addButton(QMessageBox.StandardButton(button.value))
    printer = QPrinter()
    dialogs = (box, QProgressDialog(), QPrintDialog(printer), QPageSetupDialog(printer), QPrintPreviewDialog(printer))
    for dialog in (*dialogs, QInputDialog(), QSpinBox(), QDateEdit()):
        read(dialog)
    for editor in (QLineEdit(), QPlainTextEdit()):
        qtbot.addWidget(editor)
        found.extend(action.text().partition("\t")[0] for action in editor.createStandardContextMenu().actions())
    assert len(found) > 300
    english = frozenset(words for of_context in QT_MESSAGES.values() for words in of_context)
    words = {text.replace("&", "") for text in found}
    assert not {one for one in words & english if speaking.look.tr.text(one) != one}
    if code != "uz_Latn":
        assert not {one for one in words if re.search("[a-z]{3}", SHEETS.sub("", one))}


def test_a_key_in_a_menu_stays_as_it_is_printed_on_the_keyboard(qtbot: QtBot, marked: None) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    assert line.createStandardContextMenu().actions()[0].text() == f"&{MARK}Undo\tCtrl+Z"
