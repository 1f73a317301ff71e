"""Places in Qt's models."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

AnyIndex = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
"""The place above all rows, which Qt gives as the parent of each row of a plain list or table."""
