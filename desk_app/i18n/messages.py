"""Trouble -> what happened and what to do next, in the person's language."""

from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path

from desk_app.domain.carriers import SETTING
from desk_app.domain.errors import InvalidValue, RecoveryCodeWrong, Trouble
from desk_app.domain.records import ALL
from desk_app.domain.records.consent import PURPOSE
from desk_app.domain.records.referral import STATE
from desk_app.domain.rules.roles import ACT, ROLE
from desk_app.i18n import labels
from desk_app.i18n.languages import by_code
from desk_app.i18n.message import Message
from desk_app.i18n.phrases import file_size, free_room
from desk_app.i18n.placeholders import placeholders
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Fact, Translator
from desk_app.i18n.trouble_words import BUG, OF_TROUBLES
from desk_app.i18n.trouble_words.keys import OF_RECOVERY_GROUPS
from desk_app.i18n.trouble_words.records import OF_PROBLEMS

__all__ = ["Message", "describe"]


def describe(error: BaseException, tr: Translator) -> Message:
    """The words for an error. Whatever is not a `Trouble` is a bug of ours and gets the words for bugs."""
    words = _words_for(error)
    names = placeholders(words.sentence) | placeholders(words.next_step)
    facts = {name: _fact(error, name, tr) for name in names}
    return Message(tr.text(words.sentence, **facts), tr.text(words.next_step, **facts))


def _words_for(error: BaseException) -> Message:
    if isinstance(error, InvalidValue):
        return OF_PROBLEMS[error.problem]
    if isinstance(error, RecoveryCodeWrong) and error.group in OF_RECOVERY_GROUPS:
        return OF_RECOVERY_GROUPS[error.group]
    return OF_TROUBLES[type(error)] if isinstance(error, Trouble) else BUG


def _fact(error: BaseException, name: str, tr: Translator) -> Fact:
    value = getattr(error, name)
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str) and name in _NAMED:
        return _NAMED[name](error, value, tr)
    if isinstance(value, int) and name in _SIZES:
        return _SIZES[name](value, tr)
    if isinstance(value, (tuple, frozenset)):
        return ", ".join(map(str, value))
    return value if isinstance(value, (str, int)) else _path(value)


def _path(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"a fact of type {type(value).__name__} has no words")


def _kind(_error: BaseException, name: str, tr: Translator) -> str:
    return labels.kind(ALL[name], tr) if name in ALL else name


def _field(error: BaseException, name: str, tr: Translator) -> str:
    kind = getattr(error, "kind", "")
    declared = {field.name: field for field in ALL[kind].fields} if kind in ALL else {}
    return labels.field(declared[name], tr) if name in declared else name


def _purpose(_error: BaseException, code: str, tr: Translator) -> str:
    return tr.choice(PURPOSE, code)


def _language(_error: BaseException, code: str, _tr: Translator) -> str:
    return by_code(code).own_name


def _desk(_error: BaseException, code: str, tr: Translator) -> str:
    return desk_name(code, tr)


def _state(_error: BaseException, code: str, tr: Translator) -> str:
    return tr.choice(STATE, code)


def _act(_error: BaseException, code: str, tr: Translator) -> str:
    return tr.choice(ACT, code)


def _setting(_error: BaseException, code: str, tr: Translator) -> str:
    return tr.choice(SETTING, code)


def _role(_error: BaseException, code: str, tr: Translator) -> str:
    return tr.choice(ROLE, code)


_SIZES: Mapping[str, Callable[[int, Translator], str]] = {"needed": file_size, "free": free_room}
_NAMED: Mapping[str, Callable[[BaseException, str, Translator], str]] = {
    "state": _state,
    "step": _state,
    "code": _desk,
    "desk": _desk,
    "sender": _desk,
    "kind": _kind,
    "field": _field,
    "purpose": _purpose,
    "language": _language,
    "act": _act,
    "role": _role,
    "setting": _setting,
}
"""Facts that are codes of the program: what a person reads instead."""
