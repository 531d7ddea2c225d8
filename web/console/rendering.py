"""Rendering the console's pages and pieces of pages, with what all of them need."""

from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Response, g, make_response, render_template, request

from bot.assistant import Assistant
from kb.model import Language
from web.console.assets import asset
from web.console.desk import Desk, desk_of
from web.console.names import Names
from web.console.words import INTERFACE_COOKIE, Words, interface_language

# What a template shows, by the names that it has for it.
Shown = dict[str, object]
# A choice that lasts; it says nothing of anybody.
_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders templates in the agent's language, moments by the clock of a time zone."""

    assistant: Assistant
    strings: dict[Language, Words]
    zone: ZoneInfo

    @property
    def interface(self) -> Language:
        """The agent's language."""
        return interface_language()

    @property
    def words(self) -> Words:
        """The console's words in the agent's language."""
        return self.strings[self.interface]

    @property
    def names(self) -> Names:
        """Names in the agent's language."""
        return Names(self.assistant.index.base, self.interface, self.zone)

    def desk(self) -> Desk:
        """The desk of the request's address."""
        return desk_of(request.args, self.assistant.index.base)

    def reply_languages(self, desk: Desk) -> list[Language]:
        """All languages, the one that the caller is written to in first."""
        first = desk.caller.reads(self.interface)
        return sorted(Language, key=lambda language: language is not first)

    def _html(self, template: str, desk: Desk, shown: Shown) -> str:
        interface = self.interface
        return render_template(
            f"console/{template}",
            words=self.words,
            names=self.names,
            asset=asset,
            interface=interface,
            other=next(language for language in Language if language is not interface),
            assistant_name=self.assistant.index.base.phrases[interface].assistant_name,
            languages=self.reply_languages(desk),
            topics=desk.base.topics,
            switched=self._switched(),
            desk=desk,
            agent=g.get("agent"),
            form_token=g.get("form_token", ""),
            **shown,
        )

    def _switched(self) -> str:
        """The address of the same page in the other language."""
        other = next(language for language in Language if language is not self.interface)
        return f"{request.path}?{urlencode({**request.args, 'interface': other.value})}"

    def page(self, template: str, desk: Desk, shown: Shown, *, status: int = 200) -> Response:
        """A page or a piece of one, with what it shows beside the desk, as a response that nothing keeps."""
        response = make_response(self._html(template, desk, shown), status)
        response.headers["Content-Language"] = self.interface.value
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Accept-Language", "Cookie"))
        if request.args.get("interface") in list(Language):
            response.set_cookie(INTERFACE_COOKIE, self.interface.value, max_age=_YEAR, httponly=True, samesite="Lax")
        return response
