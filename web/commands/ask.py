"""`radce ask`."""

import json
import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.message import Message
    from bot.reply import Reply
    from bot.state import DialogueState


@click.command()
@click.argument("messages", nargs=-1, required=True)
@click.option("--language", type=click.Choice(["cs", "en", "auto"]), default="auto", help="Language of the reply.")
@click.option("--country", help="The customer's country, ISO 3166-1 alpha-2, such as CZ.")
@click.option("--vehicle", help='The customer\'s car, such as "taycan", "911 992 2021" or "911:992:2021".')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def ask(messages: tuple[str, ...], language: str, country: str | None, vehicle: str | None, as_json: bool) -> None:
    """Answer MESSAGES, the turns of one conversation. With --json: the reply, or the list of replies to several."""
    from bot.country_names import COUNTRY_CODES
    from bot.state import DialogueState
    from web.chat_reply import reply_fields
    from web.service import open_assistant
    from web.settings import Settings

    if not all(message.strip() for message in messages):
        raise click.BadParameter("is blank", param_hint="MESSAGES")
    if country is not None and country.upper() not in COUNTRY_CODES:
        raise click.BadParameter("is no country code; give one of ISO 3166-1, such as CZ", param_hint="--country")
    assistant = open_assistant(Settings.from_environment(os.environ))
    state = _state_of_car(assistant, vehicle) if vehicle is not None else DialogueState()
    replies = []
    for text in messages:
        reply, state = assistant.reply(_message(text, language, country), state)
        replies.append(reply)
        if not as_json:
            _print(reply, heading=text if len(messages) > 1 else None)
    if as_json:
        fields = [reply_fields(reply) for reply in replies]
        click.echo(json.dumps(fields if len(fields) > 1 else fields[0], ensure_ascii=False, indent=2))


def _message(text: str, language: str, country: str | None) -> "Message":
    from bot.message import ABSENT, Message
    from kb.model import Language

    return Message(
        text,
        language=None if language == "auto" else Language(language),
        country=country.upper() if country is not None else ABSENT,
    )


def _state_of_car(assistant: "Assistant", vehicle: str) -> "DialogueState":
    """The state of a conversation in which that car was named; the words are read as a message is."""
    from bot.slots import vehicle_events
    from bot.state import DialogueState

    read = assistant.reader.read(vehicle.replace(":", " "))
    events = vehicle_events(read, DialogueState(), assistant.index.base.vehicles)
    if not events:
        models = ", ".join(assistant.index.base.vehicles.model_of)
        raise click.BadParameter(f"names no car that is known; models: {models}", param_hint="--vehicle")
    return DialogueState().replay(events)


def _print(reply: "Reply", *, heading: str | None) -> None:
    if heading:
        click.echo(f"> {heading}\n")
    click.echo(reply.text)
    labels = [row.label for row in reply.quick_replies]
    if labels:
        click.echo("\n" + " ".join(f"[{label}]" for label in labels))
    if reply.suggestions:
        click.echo()
    for suggestion in reply.suggestions:
        click.echo(f"-> {suggestion.question}")
    click.echo(f"\n({reply.kind}, {reply.entry_id or 'no entry'}, confidence {reply.confidence:.2f})", err=True)
    if heading:
        click.echo()
