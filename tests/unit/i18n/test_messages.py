"""Every trouble has its words, filled from its facts."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import desk_app
from desk_app.domain import errors
from desk_app.domain.errors import InvalidValue, Problem, Trouble
from desk_app.domain.records.consent import PURPOSE
from desk_app.i18n import trouble_words
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.message import Message
from desk_app.i18n.messages import describe
from desk_app.i18n.placeholders import placeholders
from desk_app.i18n.translator import Translator
from desk_app.i18n.trouble_words import OF_TROUBLES
from desk_app.i18n.trouble_words.records import OF_PROBLEMS


def all_troubles() -> Iterator[type[Trouble]]:
    for module in pkgutil.walk_packages(desk_app.__path__, "desk_app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = Trouble.__subclasses__()
    while waiting:
        trouble = waiting.pop()
        waiting += trouble.__subclasses__()
        if trouble.__module__.startswith("desk_app."):
            yield trouble


def test_every_trouble_has_words() -> None:
    worded = {*OF_TROUBLES, InvalidValue}
    assert {trouble.__qualname__ for trouble in all_troubles() if trouble not in worded} == set()
    assert set(OF_PROBLEMS) == set(Problem)


def test_words_stand_in_the_module_that_is_called_as_that_of_the_class() -> None:
    subjects = [module.name for module in pkgutil.iter_modules(trouble_words.__path__)]
    assert len(subjects) > 5
    for subject in subjects:
        words = importlib.import_module(f"{trouble_words.__name__}.{subject}").WORDS
        assert {trouble.__module__ for trouble in words} == {f"{errors.__name__}.{subject}"}


@pytest.mark.parametrize("trouble", OF_TROUBLES, ids=lambda trouble: trouble.__name__)
def test_words_name_only_facts_that_the_trouble_carries(trouble: type[Trouble]) -> None:
    words = OF_TROUBLES[trouble]
    facts = {fact.name for fact in dataclasses.fields(trouble)} if dataclasses.is_dataclass(trouble) else set()
    assert placeholders(words.sentence) | placeholders(words.next_step) <= facts


@pytest.mark.parametrize("words", [*OF_TROUBLES.values(), *OF_PROBLEMS.values()], ids=lambda words: words.sentence[:30])
def test_a_message_is_whole_sentences_without_shouting(words: Message) -> None:
    for sentence in (words.sentence, words.next_step):
        assert sentence.endswith(".")
        assert "!" not in sentence


def test_facts_stand_in_the_sentence() -> None:
    message = describe(errors.FileExists(str(Path("out") / "letter.pdf")), Translator(ENGLISH))
    assert "letter.pdf" in message.sentence
    assert message.next_step == "Choose another name."


def test_codes_of_the_program_are_said_in_words(speaking: Callable[[str], Translator]) -> None:
    refused = describe(InvalidValue("client", "surname", Problem.TOO_LONG, 300), speaking("tg"))
    assert "Насаб" in refused.sentence
    assert "300" in refused.sentence
    missing = describe(errors.FieldMissing("client", "surname"), speaking("ru"))
    assert "Фамилия" in missing.sentence
    assert "Клиент" in missing.sentence
    consent = describe(errors.ConsentMissing("sharing"), speaking("en"))
    assert PURPOSE.words["sharing"] in consent.sentence


def test_a_field_nobody_declared_is_named_as_it_was_typed() -> None:
    assert "“colour”" in describe(errors.UnknownField("client", "colour"), Translator(ENGLISH)).sentence


@pytest.mark.parametrize("group", [0, 3, 9])
def test_a_recovery_code_says_which_group_is_wrong(group: int) -> None:
    message = describe(errors.RecoveryCodeWrong(group), Translator(ENGLISH))
    assert ("Group 3" in message.sentence) == (group == 3)


def test_a_bug_gets_one_sentence_that_gives_nothing_away() -> None:
    message = describe(ZeroDivisionError("Каримов"), Translator(ENGLISH))
    assert "Каримов" not in message.sentence + message.next_step
    assert "safe" in message.sentence
