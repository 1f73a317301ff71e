"""No English of Qt's own is left once our catalogues answer."""

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desk_app.i18n.languages import ENGLISH
from desk_app.ui.qt_words import QtWords
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


def test_a_key_in_a_menu_stays_as_it_is_printed_on_the_keyboard(qtbot: QtBot, marked: None) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    assert line.createStandardContextMenu().actions()[0].text() == f"&{MARK}Undo\tCtrl+Z"
