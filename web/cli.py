"""The command line: `radce`."""

import click

from index.errors import IndexingError
from kb.errors import KbError
from web.commands.ask import ask
from web.commands.backup import backup
from web.commands.calibrate import calibrate
from web.commands.config_check import config_check
from web.commands.encoder_train import encoder_train
from web.commands.eval_beir import eval_beir
from web.commands.eval_chat import eval_chat
from web.commands.eval_robustness import eval_robustness
from web.commands.index_build import index_build
from web.commands.index_inspect import index_inspect
from web.commands.kb_lint import kb_lint
from web.commands.mail import mail
from web.commands.purge import purge
from web.commands.search import search
from web.commands.serve import serve
from web.commands.users import users
from web.errors import WebError


class _Radce(click.Group):
    """Tells the errors that a command expects as one message, without a stack trace."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (KbError, IndexingError, WebError) as error:
            click.echo(f"radce: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Radce, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(package_name="radce")
def main() -> None:
    """Radce: a Czech and English support chatbot that shows only what its knowledge base says.

    Settings come from the environment (docs/settings.md). Exit codes: 0, 1 (it did not hold), 2 (wrong use).
    """


@main.group()
def index() -> None:
    """The search index."""


@main.group()
def encoder() -> None:
    """The sentence encoder."""


@main.group()
def kb() -> None:
    """The knowledge base."""


@main.group()
def config() -> None:
    """The settings."""


@main.group(name="eval")
def evaluate() -> None:
    """Measuring on question sets."""


main.add_command(serve)
main.add_command(backup)
main.add_command(ask)
main.add_command(search)
main.add_command(calibrate)
main.add_command(mail)
main.add_command(purge)
main.add_command(users)
config.add_command(config_check)
index.add_command(index_build)
index.add_command(index_inspect)
encoder.add_command(encoder_train)
kb.add_command(kb_lint)
evaluate.add_command(eval_beir)
evaluate.add_command(eval_chat)
evaluate.add_command(eval_robustness)


if __name__ == "__main__":
    main(prog_name="radce")
