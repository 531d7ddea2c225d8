"""Opening what answers: encoder, current index, assistant."""

from collections.abc import Callable
from pathlib import Path

from bot.assistant import Assistant
from index.encoders import ChosenEncoder, open_encoder
from index.pointer import current_folder
from index.store import open_index
from web.settings import Settings


def open_assistant(
    settings: Settings, folder: Path | None = None, encoder: Callable[[], ChosenEncoder] | None = None
) -> Assistant:
    """The assistant over an index folder, by default the current one. One thread at a time may use it.

    `encoder`: gives the encoder of the settings, where it is being loaded already. Raises IndexingError where there is
    no index, or it was made by another encoder.
    """
    chosen = encoder() if encoder else open_encoder(settings.encoder)
    index = open_index(folder or current_folder(settings.index_dir), chosen)
    chosen.load()  # the slowest part last: what is wrong with the index is told at once
    return Assistant.of(index)
