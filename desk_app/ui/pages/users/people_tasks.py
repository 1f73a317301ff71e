"""What is done with users, in the side panel: add, change roles, give a passphrase, hand a key over, remove."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.errors import LastHolder, UserNameMissing, UserNameTaken, WrongPassphrase
from desk_app.domain.rules.roles import ROLE, Role
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.users.panels import AddUserPanel, ChangePanel, RecoverPanel, ResetPanel, RolesPanel
from desk_app.ui.pages.users.read import Shown
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key, bind
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.panel import Again, SidePanel
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import keys, users
from desk_app.usecases.users import UserShown

TOLD = "user"


class PeopleTasks(QObject):
    """One task at a time. What is wrong is said beside its field, everything else as a banner."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel

    def add(self) -> None:
        """A form for a new user."""
        look, tr = self._around.look, self._around.look.tr
        form = AddUserPanel(look, self._session.is_coordinator)

        def save() -> None:
            if form.check():
                name, roles, new = form.name.field.typed(), form.roles.roles, form.new.value()
                beside = {UserNameTaken: form.name, UserNameMissing: form.name}
                self._do(
                    lambda vault: users.add_user(vault, name, new, roles),
                    tr.text("{name} can open the desk now.", name=name),
                    form,
                    beside,
                )

        self._hold(tr.text("Add a user"), form, tr.text("Add"), save, lambda page: page.people.add())

    def open(self, one: UserShown, shown: Shown) -> None:
        """Who somebody is, and what can be done."""
        tr = self._around.look.tr
        content = QWidget()
        lines = column(content, gap=Measure.BETWEEN)
        for words, value in self._facts(one):
            pair = column(gap=0)
            pair.addWidget(label(words, Text.CAPTION))
            pair.addWidget(label(value))
            lines.addLayout(pair)
        for made in self._actions(one, shown):
            lines.addWidget(made)
        if not shown.leads and one.user != shown.own:
            lines.addWidget(muted(tr.text("Only whoever leads the desk changes other users.")))
        lines.addStretch(1)
        self._panel.hold(one.name, content, again=lambda page: page.people.open(one, shown))

    def change_own(self) -> None:
        """A form for one's own passphrase."""
        tr = self._around.look.tr
        form = ChangePanel(self._around.look)

        def save() -> None:
            if form.check():
                old, new = form.old.field.typed(), form.new.value()
                self._do(
                    lambda vault: users.change_passphrase(vault, old, new),
                    tr.text("Your passphrase was changed."),
                    form,
                    {WrongPassphrase: form.old},
                )

        self._hold(
            tr.text("Change my passphrase"), form, tr.text("Change"), save, lambda page: page.people.change_own()
        )

    # Inside

    def _facts(self, one: UserShown) -> Sequence[tuple[str, str]]:
        tr = self._around.look.tr
        facts = [(tr.text("Roles"), ", ".join(tr.choice(ROLE, role) for role in one.roles))]
        if one.holds:
            facts.append((tr.text("Opens the private notes of"), self._named(one.holds)))
        if one.waits_for:
            facts.append((tr.text("Waits for the key to the private notes of"), self._named(one.waits_for)))
        return facts

    def _named(self, roles: Sequence[Role]) -> str:
        return ", ".join(self._around.look.tr.choice(ROLE, role) for role in roles)

    def _actions(self, one: UserShown, shown: Shown) -> Sequence[QPushButton]:
        if one.gone is not None:
            return ()
        tr = self._around.look.tr
        own = shown.member(shown.own)
        made: list[tuple[str, Icon, Callable[[], object]]] = []
        for role in one.waits_for:
            if own is not None and role in own.holds:
                words = tr.text("Hand over the key: {role}", role=tr.choice(ROLE, role))
                made.append((words, Icon.KEY, partial(self._hand_over, one, role)))
            if shown.leads:
                words = tr.text("Take the key from the recovery paper: {role}", role=tr.choice(ROLE, role))
                made.append((words, Icon.PAPER, partial(self._recover, one, role)))
        if shown.leads:
            made.append((tr.text("Change the roles"), Icon.EDIT, lambda: self._roles(one)))
        if shown.leads and one.user != shown.own:
            made.append((tr.text("Give a new passphrase"), Icon.KEY, lambda: self._reset(one)))
            made.append((tr.text("Remove the user"), Icon.DELETE, lambda: self._remove(one)))
        return [self._button(words, icon, act) for words, icon, act in made]

    def _button(self, words: str, icon: Icon, act: Callable[[], object]) -> QPushButton:
        made = button(self._around.look, words, icon, Weight.DANGER if icon is Icon.DELETE else Weight.PLAIN)
        made.clicked.connect(lambda: act())
        return made

    def _roles(self, one: UserShown) -> None:
        tr = self._around.look.tr
        form = RolesPanel(self._around.look, self._session.is_coordinator, one.roles)

        def save(confirmed: bool = False) -> None:
            if form.roles.check():
                roles = form.roles.roles
                self._do(
                    lambda vault: users.set_roles(vault, one.user, roles, confirmed=confirmed),
                    tr.text("The roles of {name} were changed.", name=one.name),
                    form,
                    confirm=lambda: save(confirmed=True),
                )

        title = tr.text("Roles of {name}", name=one.name)
        self._hold(title, form, tr.text("Save"), save, lambda page: page.people._roles(one))

    def _reset(self, one: UserShown) -> None:
        tr = self._around.look.tr
        form = ResetPanel(self._around.look, one.name)

        def save() -> None:
            if form.new.check():
                new = form.new.value()
                self._do(
                    lambda vault: users.reset_passphrase(vault, one.user, new),
                    tr.text("{name} has a new passphrase.", name=one.name),
                    form,
                )

        title = tr.text("A new passphrase for {name}", name=one.name)
        self._hold(title, form, tr.text("Set the new passphrase"), save, lambda page: page.people._reset(one))

    def _hand_over(self, one: UserShown, role: Role) -> None:
        words = self._around.look.tr.text("{name} opens these private notes now.", name=one.name)
        self._do(lambda vault: users.hand_over(vault, role, one.user), words, None)

    def _recover(self, one: UserShown, role: Role) -> None:
        tr = self._around.look.tr
        form = RecoverPanel(self._around.look, one.name)

        def save() -> None:
            if form.code.check():
                code = form.code.field.typed()
                self._do(
                    lambda vault: keys.recover_profession(vault, code, role, one.user),
                    tr.text("{name} opens these private notes now.", name=one.name),
                    form,
                )

        title = tr.text("The key from the recovery paper")
        self._hold(title, form, tr.text("Take the key"), save, lambda page: page.people._recover(one, role))

    def _remove(self, one: UserShown, confirmed: bool = False) -> None:
        tr = self._around.look.tr
        content = QWidget()
        lines = column(content, gap=Measure.BETWEEN)
        lines.addWidget(label(tr.text("{name} can then open the desk no more.", name=one.name)))
        lines.addWidget(muted(tr.text("What this user wrote stays, with the name.")))
        if confirmed:
            words = tr.text(
                "Only {name} opens these private notes: {roles}.", name=one.name, roles=self._named(one.holds)
            )
            lines.addWidget(label(words))
            lines.addWidget(muted(tr.text("Afterwards only the recovery paper opens them.")))
        lines.addStretch(1)

        def remove() -> None:
            self._do(
                lambda vault: users.remove_user(vault, one.user, confirmed=confirmed),
                tr.text("{name} was removed.", name=one.name),
                content,
                confirm=lambda: self._remove(one, confirmed=True),
            )

        verb = tr.text("Remove all the same") if confirmed else tr.text("Remove the user")
        title = tr.text("Remove {name}", name=one.name)
        self._hold(title, content, verb, remove, lambda page: page.people._remove(one, confirmed), Weight.DANGER)

    def _hold(
        self,
        title: str,
        content: QWidget,
        verb: str,
        act: Callable[[], object],
        again: Again,
        weight: Weight = Weight.MAIN,
    ) -> None:
        look = self._around.look
        main = button(look, verb, weight=weight, tip="" if weight is Weight.DANGER else Key.SAVE)
        main.clicked.connect(lambda: act())
        leave = button(look, look.tr.text("Cancel"), weight=Weight.QUIET)
        leave.clicked.connect(self._panel.let_go)
        if weight is not Weight.DANGER:
            bind(content, Key.SAVE, act, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._panel.hold(title, content, [main, leave], again)

    def _do(
        self,
        action: Callable[[Vault], object],
        said: str,
        form: QWidget | None,
        beside: dict[type[Exception], FieldRow] | None = None,
        confirm: Callable[[], object] | None = None,
    ) -> None:
        """Runs it once; a click while it runs changes nothing."""
        if form is not None:
            form.setEnabled(False)

        def done(_result: object) -> None:
            self._panel.let_go()
            self._around.shell.say(said)

        def failed(error: BaseException) -> None:
            if form is not None:
                form.setEnabled(True)
            row = (beside or {}).get(type(error)) if isinstance(error, Exception) else None
            if row is not None:
                row.show_error(self._around.errors.words(error))
                row.field.setFocus()
            elif isinstance(error, LastHolder) and confirm is not None:
                confirm()
            else:
                self._around.errors.show(error)

        self._session.act(action, done, TOLD, owner=self._panel, on_error=failed)
