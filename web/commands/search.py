"""`radce search`."""

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from bot.search import FoundEntry, FoundPassage, SearchPage
    from index.scoring import Scoring
    from kb.knowledge_base import KnowledgeBase
    from web.parameters import SearchParameters


@click.command()
@click.argument("query")
@click.option("--language", help="Language of questions and passages: cs or en.  [default: the query's]")
@click.option("--model", help="The car's model, such as 911 or taycan.")
@click.option("--generation", help="Its generation's code, such as 992.")
@click.option("--model-year", help="Its model year.")
@click.option("--country", help="ISO 3166-1 alpha-2, such as CZ: its contact is shown, too.")
@click.option("--topic", help="Entries of this topic only, such as connectivity.")
@click.option("--limit", default="10", help="The most entries to show, 1-50.")
@click.option("--offset", default="0", help="Entries to leave out.")
@click.option("--explain", is_flag=True, help="Show the scores, features and weights behind every entry.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as GET /api/v1/search does.")
def search(query: str, as_json: bool, **filters: str | bool | None) -> None:
    """Show the entries that QUERY may mean, the most probable first."""
    from bot.search import EntrySearch
    from web.search_reply import search_fields
    from web.service import open_assistant
    from web.settings import Settings

    assistant = open_assistant(Settings.from_environment(os.environ))
    given = {name: value for name, value in {"q": query, **filters}.items() if value is not None}
    asked = _checked(given, assistant.index.base)
    page = EntrySearch(assistant).search(asked.request())
    if as_json:
        click.echo(json.dumps(search_fields(assistant, asked, page), ensure_ascii=False, indent=2))
    else:
        _print(page, assistant.index.retriever.scoring, asked)
        card = assistant.composers[page.language].contact_card(asked.country)
        if asked.country:
            click.echo(f"{card.name}: {card.email}" if card else f"{asked.country}: no contact")


def _checked(given: Mapping[str, object], base: "KnowledgeBase") -> "SearchParameters":
    """The parameters. Raises BadParameter, naming the option, for the first that can't be used."""
    from pydantic import ValidationError

    from web.parameters import SearchParameters

    try:
        return SearchParameters.model_validate(given, context=base)
    except ValidationError as error:
        row = error.errors()[0]
        name = str(row["loc"][0])
        hint = "QUERY" if name == "q" else "--" + name.replace("_", "-")
        raise click.BadParameter(row["msg"], param_hint=hint) from error


def _print(page: "SearchPage", scoring: "Scoring", asked: "SearchParameters") -> None:
    from rich.console import Console
    from rich.table import Column, Table

    entry, vehicle = Column("entry", no_wrap=True), Column("for the vehicle", overflow="fold")
    table = Table("", "confidence", entry, "question", vehicle, "best passages")
    for place, found in enumerate(page.entries, start=asked.offset + 1):
        question = found.entry.question.text(page.language)
        passages = _joined([_highlighted(row) for row in found.passages])
        table.add_row(str(place), f"{found.confidence:.4f}", found.entry.id, question, _coverage(found), passages)
    console = Console()
    console.print(table)
    click.echo(f"{len(page.entries)} of {page.total} entries")
    if page.scored and asked.explain:
        click.echo(f"none of them: {page.scored.probabilities[-1]:.4f}")
        console.print(_explanation(page, scoring))


def _coverage(found: "FoundEntry") -> str:
    variants = ", ".join(found.shown.variants)
    return f"{found.coverage}: {variants}" if variants else found.coverage.value


def _highlighted(found: "FoundPassage") -> "Text":
    from rich.text import Text

    text = Text(found.passage.text)
    for start, end in found.highlights:
        text.stylize("bold", start, end)
    return text


def _joined(lines: list["Text"]) -> "Text":
    from rich.text import Text

    return Text("\n").join(lines)


def _explanation(page: "SearchPage", scoring: "Scoring") -> "Table":
    """A row a feature, a column an entry: value by weight is product."""
    from rich.table import Table

    columns = [scoring.entry_terms(page.scored.features[found.row]) for found in page.entries] if page.scored else []
    table = Table("feature", "weight", *(found.entry.id for found in page.entries))
    for terms in zip(*columns, strict=True):
        products = [f"{term.value:.3f} -> {term.product:.3f}" for term in terms]
        table.add_row(terms[0].feature, str(terms[0].weight), *products)
    return table
