'''The window: the only place with Qt. What whoever writes a page needs to know.

Look
    Each widget is made with a `look.Look`: `look.tr` (words), `look.theme` (colours by `Role`, measures, fonts),
    `look.icons`. A widget names no colour and no size in points: it uses the pieces in `widgets/`, or sets a `look`,
    `weight` or `tone` property that `style_sheet` knows. A `Look` never changes. When the person chooses another
    language, theme or text size, the window makes every page again and hands over what the former one kept:
    return it from `Page.kept` (a form's `typed()`, the id that is open) and put it back in `Page.take_back`.
    So no widget has a method for another language, and nothing typed is lost.

Pages
    A page is a `page.Page` with a `PageHead` and its content in `self.body`. It is known by a `page.PageEntry`, whose
    `build` closes over the use cases it needs. It reads in `reload`, which is called when it is made, and after a
    change of one of its `kinds`. `around.shell` opens other pages (`go`), says what was done (`say`, with Undo), puts
    up a banner (`warn`), runs long work with progress and Cancel (`work`).
    The handbook has a chapter of the page's key (`handbook/`): F1 opens it there, or at `Page.help_place`.

Work
    What takes longer than a blink runs in the one worker: `around.background.run(work, on_done, on_error, owner=self)`.
    `work(job)` touches no widget, reports by `job.report(done, total, msgid, **facts)`, and stops when that raises.
    `around.errors.show` is the `on_error` for everything that is not beside a field. After a write,
    `around.changes.tell("client", ...)`, once.

Forms
    `forms.record_form.RecordForm(look, kind)` makes every input from the declaration. `check()` shows what is wrong
    beside the fields, `values()` is what to store, `typed()` is everything for a draft, `draft_due` asks to keep it.
    `show_errors` is for what a use case found.

Pieces (`widgets/`)
    text.label muted picture, buttons.button icon_button Weight, boxes.Card ScrollColumn row column across rule,
    flow.Flow, head.PageHead, chip.StatusChip, person.PersonHeader, row_list.RowList TimeLine Row, tile.FigureTile,
    search.SearchBox, filters.FilterBar, panel.WithPanel SidePanel, field.FieldRow, lines, choices, dates, letters,
    secret, empty.EmptyState, banner.Banner, snack.Snack, progress.ProgressStrip, compare.Compare;
    `models.record_table` for tables of any length.

A page:

    class DirectoryPage(Page):
        """Organisations, with a form at the right."""

        kinds = frozenset({"organisation"})

        def __init__(self, around: Surroundings, session: Session) -> None:
            super().__init__(around)
            look, tr = self.look, self.look.tr
            self._session = session
            add = button(look, tr.text("Add an organisation"), Icon.ADD, Weight.MAIN)
            add.clicked.connect(lambda: self._edit({}))
            self.body.addWidget(PageHead(look, tr.text("Directory"), actions=[add]))
            self._list = RowList(look, tr.text("Organisations"))
            self._list.opened.connect(self._open)
            self._beside = WithPanel(look, self._list)
            self.body.addWidget(self._beside, 1)
            self._form: RecordForm | None = None

        def reload(self) -> None:
            self._session.ask(organisations, self._show, owner=self)

        def kept(self) -> object:
            return self._form.typed() if self._form is not None else None

        def take_back(self, kept: object) -> None:
            self._edit(kept)

        def back(self) -> bool:
            was_open = self._beside.panel.isVisible()
            self._beside.panel.put_away()
            return was_open

        def _edit(self, typed: Mapping[str, str]) -> None:
            self._form = RecordForm(self.look, ORGANISATION)
            self._form.set_typed(typed)
            self._form.save_asked.connect(self._save)
            save = button(self.look, self.look.tr.text("Save"), weight=Weight.MAIN, tip=Key.SAVE)
            save.clicked.connect(self._save)
            self._beside.panel.hold(self.look.tr.text("Organisation"), self._form, [save])

        def _save(self) -> None:
            if self._form.check():
                values = self._form.values()
                save = partial(add_organisation, values=values)
                self._session.act(save, self._saved, "organisation", owner=self)

        def _saved(self, _record: object) -> None:
            self._beside.panel.let_go()
            self._form = None
            self.around.shell.say(self.look.tr.text("Saved."))
'''
