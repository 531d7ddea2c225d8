"""`radce index build`."""

import json
import os

import click


@click.command(name="build")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def index_build(as_json: bool) -> None:
    """Build the index of the content folder and make it current; unchanged content is not built again."""
    from bot.content_words import keep_words
    from index.encoders import open_encoder
    from index.manifest import Manifest
    from index.store import build
    from kb.load import load
    from web.settings import Settings

    settings = Settings.from_environment(os.environ)
    load(settings.content)  # tells the content's faults before the encoder, which takes seconds to load
    if not as_json:
        click.echo(f"Building the index of {settings.content} (about half a minute where it changed) ...", err=True)
    before = set(settings.index_dir.glob("*"))
    folder = build(settings.content, settings.index_dir, open_encoder(settings.encoder), keep=keep_words)
    manifest = Manifest.open(folder)
    if as_json:
        made = {"folder": str(folder), "built": folder not in before, "kb_version": manifest.kb_version}
        click.echo(json.dumps({**made, "entries": manifest.entries, "passages": manifest.passages}))
    else:
        state = "built" if folder not in before else "unchanged"
        click.echo(f"{folder} ({state}): {manifest.entries} entries, {manifest.passages} passages")
