"""This project: the retriever of the assistant, with what it reads in the question, and its fitted weights."""

import tempfile
from pathlib import Path

import numpy as np

from bench.retrieval.system import DEPTH, Found
from bot.assistant import Assistant
from index.encoder import BUNDLED_ENCODER
from index.encoders import open_encoder
from index.store import build, open_index
from kb.knowledge_base import BUNDLED_CONTENT


class Radce:
    """Search as a turn does it, up to the decision."""

    def __init__(self) -> None:
        encoder = open_encoder(str(BUNDLED_ENCODER))
        with tempfile.TemporaryDirectory() as folder:
            self._assistant = Assistant.of(open_index(build(BUNDLED_CONTENT, Path(folder), encoder), encoder))
        self._entries = [entry.id for entry in self._assistant.index.base.entries]

    def search(self, text: str) -> list[Found]:
        """The entries by their probability."""
        query = self._assistant.reader.read(text).query
        probabilities = self._assistant.index.retriever.score(query).probabilities[:-1]
        order = np.argsort(-probabilities, kind="stable")[:DEPTH]
        return [Found(self._entries[row], float(probabilities[row])) for row in order]
