"""Opening what answers: encoder, current index, assistant."""

from pathlib import Path

from bot.assistant import Assistant
from index.encoders import open_encoder
from index.pointer import current_folder
from index.store import open_index
from web.settings import Settings


def open_assistant(settings: Settings, folder: Path | None = None) -> Assistant:
    """The assistant over an index folder, by default the current one. One thread at a time may use it.

    Raises IndexingError where there is no index, or it was made by another encoder.
    """
    encoder = open_encoder(settings.encoder)
    index = open_index(folder or current_folder(settings.index_dir), encoder)
    encoder.load()  # the slowest part last: what is wrong with the index is told at once
    return Assistant.of(index)
