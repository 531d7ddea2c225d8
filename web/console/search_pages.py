"""Search, entries and the caller: the pages, and the pieces of them that scripts ask for."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from bot.assistant import Assistant
from kb.model import Entry
from web.console.caller_panel import caller_panel
from web.console.caller_reader import CallerReader
from web.console.copies import Copier
from web.console.desk import Desk
from web.console.entry_view import Views
from web.console.guard import signed_in
from web.console.pins import Pins
from web.console.rendering import Renderer, Shown
from web.console.results import Finder, Listing
from web.thinking import Thinking

# So much is read of what is typed of a caller.
MOST_TYPED = 200


@dataclass(frozen=True, slots=True)
class SearchPages:
    """Answers the routes; `thinking` is held while the assistant reads; `origin`: scheme and host of copied links."""

    renderer: Renderer
    finder: Finder
    reader: CallerReader
    views: Views
    copier: Copier
    pins: Pins
    thinking: Thinking
    origin: Callable[[], str]

    @property
    def _assistant(self) -> Assistant:
        return self.renderer.assistant

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.get("", strict_slashes=False)(self.search)
        blueprint.get("/results")(self.results)
        blueprint.get("/completions")(self.completions)
        blueprint.get("/caller")(self.caller)
        blueprint.get("/entries/<entry_id>")(self.entry)
        blueprint.get("/entries/<entry_id>/view")(self.view)

    def search(self) -> Response:
        """The search, with the best entry beside it where something is searched."""
        desk = self.renderer.desk()
        listing = self._listing(desk)
        best = self._entry(listing.rows[0].entry_id) if desk.q and listing.rows else None
        return self._page(desk, listing, best)

    def entry(self, entry_id: str) -> Response:
        """One entry, with the search that led to it."""
        desk = self.renderer.desk()
        return self._page(desk, self._listing(desk), self._entry(entry_id), opened=True)

    def results(self) -> Response:
        """The list of what was found."""
        desk = self.renderer.desk()
        return self.renderer.page("_results.html", desk, {"listing": self._listing(desk)})

    def completions(self) -> Response:
        """The list of what completes the words that are being typed."""
        desk = self.renderer.desk()
        listing = self.finder.completed(desk, self.renderer.interface)
        return self.renderer.page("_results.html", desk, {"listing": listing})

    def view(self, entry_id: str) -> Response:
        """One entry as a piece of the page."""
        desk = self.renderer.desk()
        return self.renderer.page("_entry.html", desk, self._shown(self._entry(entry_id), desk))

    def caller(self) -> AnyResponse:
        """Back to the page, with what was typed and chosen of the caller."""
        desk = self.renderer.desk()
        typed = request.args.get("said", "")[:MOST_TYPED]
        with self.thinking:
            said = self.reader.read(typed, desk.caller)
        entry_id = request.args.get("entry", "")
        path = f"/entries/{entry_id}" if entry_id in desk.base.entry_of else ""
        more = {"not_read": " ".join(said.not_read)} if said.not_read else {}
        return redirect(desk.of(said.caller).address(path, **more), 303)

    def _page(self, desk: Desk, listing: Listing, entry: Entry | None, *, opened: bool = False) -> Response:
        shown = self._shown(entry, desk) if entry else self._start(desk)
        around = {
            "listing": listing,
            "panel": caller_panel(self._assistant, desk, self.renderer.interface),
            "not_read": request.args.get("not_read", "")[:MOST_TYPED],
            "opened": opened,
        }
        return self.renderer.page("desk.html", desk, shown | around)

    def _listing(self, desk: Desk) -> Listing:
        return self.finder.ranked(desk, self.renderer.interface)

    def _entry(self, entry_id: str) -> Entry:
        entry = self._assistant.index.base.entry_of.get(entry_id)
        if entry is None:
            raise NotFound
        return entry

    def _start(self, desk: Desk) -> Shown:
        """What is shown where no entry is: those that are pinned. One may be gone from the content."""
        entries = (desk.base.entry_of.get(entry_id) for entry_id in self.pins.of(signed_in()))
        return {"view": None, "pinned": [entry for entry in entries if entry]}

    def _shown(self, entry: Entry, desk: Desk) -> Shown:
        """What the template of an entry shows."""
        interface = self.renderer.interface
        languages = self.renderer.reply_languages(desk)
        return {
            "view": self.views.of(entry, desk, interface),
            "copies": [self.copier.of(entry, desk, language, site=f"{self.origin()}/") for language in languages],
            "pins": self.pins.of(signed_in()),
            "related": [desk.base.entry_of[entry_id] for entry_id in entry.related],
        }
