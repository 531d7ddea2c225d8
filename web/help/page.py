"""What every page of the help has around its content."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.blocks import Paragraph
from kb.model import Entry, Language
from web.help.addresses import Place
from web.help.edition import Edition
from web.help.entry_view import EntryView
from web.help.structured import breadcrumb, faq_page, json_ld
from web.help.typography import shortened

# Characters of a description that search engines show.
_DESCRIPTION = 160


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page's frame: its title, its place, the pages above it.

    `origin`: scheme and host before every full address; `listed`: whether search engines may list the page.
    """

    edition: Edition
    origin: str
    title: str
    place: Place
    crumbs: tuple[Crumb, ...] = ()
    description: str = ""
    structured: Markup | None = None
    listed: bool = True

    @property
    def canonical(self) -> str:
        """The full address of the page without parameters."""
        return self.address(self.edition.language)

    def address(self, language: Language | None) -> str:
        """The full address of the page, without parameters, in a language; without one: in the visitor's."""
        return self.origin + self.place.canonical.path(language)


def start_page(edition: Edition, origin: str) -> Page:
    """The frame of the list of topics."""
    return Page(edition, origin, edition.words("help"), Place(), description=edition.words("topics_lead"))


def plain_page(edition: Edition, origin: str, title: str, place: Place, *, listed: bool) -> Page:
    """The frame of a page right below the list of topics."""
    return Page(edition, origin, title, place, (_start(edition),), listed=listed)


def search_page(edition: Edition, origin: str, place: Place) -> Page:
    """The frame of the search, which is for visitors only."""
    return plain_page(edition, origin, edition.words("search_title"), place, listed=False)


def contacts_page(edition: Edition, origin: str, place: Place) -> Page:
    """The frame of the contacts."""
    return plain_page(edition, origin, edition.words("contacts"), place, listed=True)


def entry_page(edition: Edition, origin: str, place: Place, view: EntryView) -> Page:
    """The frame of an entry, with what search engines read of it."""
    crumbs = (_start(edition), _topic(edition, view.entry))
    title = view.entry.question.text(edition.language)
    address = origin + place.canonical.path(edition.language)
    named = [
        (crumb.name, origin + crumb.path) for crumb in (*crumbs, Crumb(title, place.canonical.path(edition.language)))
    ]
    faq = faq_page(view, edition.language, address, edition.base.edited)
    things = [thing for thing in (faq, breadcrumb(named)) if thing]
    first = next((block.text for block in view.lead if isinstance(block, Paragraph)), "")
    description = shortened(first, _DESCRIPTION)
    return Page(edition, origin, title, place, crumbs, description, json_ld(things))


def _start(edition: Edition) -> Crumb:
    return Crumb(edition.words("help"), Place().path(edition.language))


def _topic(edition: Edition, entry: Entry) -> Crumb:
    topic = next(row for row in edition.base.topics if row.id == entry.topic)
    return Crumb(edition.topic(topic), f"{Place().path(edition.language)}#{topic.id}")
