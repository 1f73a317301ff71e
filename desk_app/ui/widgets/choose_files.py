"""The system's windows for choosing files and folders. Nothing that was chosen is remembered by the program."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """A folder or a stick to write to or read from."""
    found = QFileDialog.getExistingDirectory(parent, title, "")
    return Path(found) if found else None


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """One file to read. `kinds` as Qt writes them: `Words (*.ending)`."""
    found, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(found) if found else None


def choose_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Any number of files to read."""
    found, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(one) for one in found]


def choose_new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """A file to write, with the name that is proposed."""
    found, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(found) if found else None
