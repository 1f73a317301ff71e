"""Windows for choosing files and folders that leave nothing behind.

They are Qt's own: the system's keep a list of recent files, and a file to be attached may carry somebody's name. Qt
itself remembers folders; what it knew before is put back.
"""

from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QDir, QFileInfo, QSettings, QSize
from PySide6.QtWidgets import (
    QFileDialog,
    QFileSystemModel,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desk_app.domain.clock import moment_of, stamp_of
from desk_app.i18n import formats
from desk_app.ui.models.indexes import AnyIndex

_GROUP = "FileDialog"
_REMEMBERED = ("history", "lastVisited")
_NAME, _SIZE, _TYPE, _CHANGED = range(4)
"""Columns of Qt's table of files."""
_LEAST_SIZE = QSize(820, 520)


class _Dates(QStyledItemDelegate):
    """When a file was last changed, as the program writes dates; Qt would write it as the system does."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """With our words."""
        super().initStyleOption(option, index)
        path = index.sibling(index.row(), 0).data(QFileSystemModel.Roles.FilePathRole)
        changed = QFileInfo(str(path)).lastModified().toMSecsSinceEpoch()
        shown: Any = option  # Qt's types know no members of it.
        shown.text = formats.moment(moment_of(stamp_of(changed)))


def choose_folder(parent: QWidget, title: str = "", start: str = "") -> Path | None:
    """A folder or a stick to write to or read from, looked for from `start` on."""
    dialog = QFileDialog(parent, title, start or QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return next(iter(_chosen(dialog)), None)


def choose_file(parent: QWidget, title: str, kinds: str, start: str = "") -> Path | None:
    """One file to read, looked for from `start` on. `kinds` as Qt writes them: `Words (*.ending)`."""
    dialog = QFileDialog(parent, title, start or QDir.homePath(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return next(iter(_chosen(dialog)), None)


def choose_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Any number of files to read."""
    dialog = QFileDialog(parent, title, QDir.homePath(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _chosen(dialog)


def choose_new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """A file to write, with the name that is proposed."""
    dialog = QFileDialog(parent, title, QDir.homePath(), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))  # For whoever types a name without an ending.
    dialog.selectFile(name)
    return next(iter(_chosen(dialog)), None)


def _chosen(dialog: QFileDialog) -> list[Path]:
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    _in_our_words(dialog)
    before = _remembered()
    try:
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        # Locked meanwhile, the window took its dialog with it.
        found = dialog.selectedFiles() if accepted and shiboken6.isValid(dialog) else []
    finally:
        if shiboken6.isValid(dialog):
            shiboken6.delete(dialog)  # It writes what it remembers when it goes.
        _put_back(before)
    return [Path(one) for one in found]


def _in_our_words(dialog: QFileDialog) -> None:
    """Names and dates alone: sizes and types are written in English, for Qt has no other words for them."""
    table = dialog.findChild(QTreeView, "treeView")
    if table is None:
        return
    table.setItemDelegateForColumn(_CHANGED, _Dates(dialog))
    head = table.header()
    for column, action in enumerate(head.actions(), start=_SIZE):
        if column in (_SIZE, _TYPE):
            table.setColumnHidden(column, True)
            head.removeAction(action)  # It would show the column again.
    head.setStretchLastSection(False)
    head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
    head.setSectionResizeMode(_CHANGED, QHeaderView.ResizeMode.ResizeToContents)
    head.setSortIndicatorShown(False)  # The arrow takes the room of the words.
    dialog.resize(dialog.sizeHint().expandedTo(_LEAST_SIZE))


def _settings() -> QSettings:
    """Where Qt's dialogs remember, of every program the same."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.beginGroup(_GROUP)
    return settings


def _remembered() -> dict[str, object]:
    settings = _settings()
    return {name: settings.value(name) for name in _REMEMBERED if settings.contains(name)}


def _put_back(before: dict[str, object]) -> None:
    settings = _settings()
    for name in _REMEMBERED:
        if name in before:
            settings.setValue(name, before[name])
        else:
            settings.remove(name)
