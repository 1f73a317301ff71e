"""Trouble: what a person at the desk can act on. Carries facts, never sentences.

`desk_app.i18n.messages` turns each class into a sentence and a next step in her language. Everything that is not
a `Trouble` is a bug of ours and is kept, without personal data, in the log. The classes are not frozen, because Python
itself writes to an exception while it travels, and compare by identity, as exceptions do.

A new one goes into the module of its subject.
"""

from desk_app.domain.errors.carriers import *
from desk_app.domain.errors.exchange import *
from desk_app.domain.errors.files import *
from desk_app.domain.errors.keys import *
from desk_app.domain.errors.records import *
from desk_app.domain.errors.root import *
from desk_app.domain.errors.roster import *
from desk_app.domain.errors.transfers import *
from desk_app.domain.errors.vaults import *
