"""The teacher: what the student is drawn to are its vectors of English texts."""

from collections.abc import Iterable

import torch
from sentence_transformers import SentenceTransformer

from index.training.trainer import embed

MOST_TOKENS = 128


class Teacher:
    """Gives the vectors of English texts, each computed once."""

    def __init__(self, model: SentenceTransformer) -> None:
        self.model = model.eval()
        self._known: dict[str, torch.Tensor] = {}

    def vectors(self, texts: Iterable[str]) -> torch.Tensor:
        """The texts' unit vectors, shape (texts, dimensions), without gradient."""
        wanted = list(texts)
        new = [text for text in dict.fromkeys(wanted) if text not in self._known]
        if new:
            with torch.no_grad():
                self._known.update(zip(new, embed(self.model, new, most_tokens=MOST_TOKENS).half(), strict=True))
        return torch.stack([self._known[text] for text in wanted]).float()
