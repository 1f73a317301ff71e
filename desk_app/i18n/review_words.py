"""Versions of a field, and the question that goes to a desk about them, in words."""

from typing import Protocol

from desk_app.domain.records.declaration import REMOVED, Field, FieldType, FieldValue
from desk_app.i18n import labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator


class Said(Protocol):
    """One version: what it says and which desk wrote it."""

    @property
    def value(self) -> FieldValue:
        """The value."""

    @property
    def desk(self) -> str:
        """The desk's code."""


class Disputed(Protocol):
    """A field with several versions; `changed` are the fields that were changed while the record was removed."""

    @property
    def field(self) -> Field:
        """The field."""

    @property
    def changed(self) -> tuple[Field, ...]:
        """The changed ones."""

    @property
    def values(self) -> tuple[Said, ...]:
        """The versions."""


def version_words(one: Disputed, version: Said, tr: Translator) -> str:
    """What a version says: a value, that the record is removed, or what was changed of it."""
    if one.field.number == REMOVED:
        if version.value is True:
            return tr.text("Removed")
        if not one.changed:
            return tr.text("Not removed")
        return tr.text("Changed: {fields}", fields=", ".join(labels.field(field, tr) for field in one.changed))
    if one.field.type is FieldType.SEALED_TEXT:
        return tr.text("A private text")
    return labels.value(one.field, version.value, tr) or tr.text("Not specified")


def question(one: Disputed, tr: Translator) -> str:
    """What a desk is asked about the versions."""
    versions = "; ".join(
        tr.text("{value} ({desk})", value=version_words(one, version, tr), desk=desk_name(version.desk, tr))
        for version in one.values
    )
    return tr.text("Which is right? {field}: {versions}", field=labels.field(one.field, tr), versions=versions)
