"""Scores of passages by words, and by words and meaning together."""

import numpy as np
import numpy.typing as npt

from index.lexical import LexicalIndex

Scores = npt.NDArray[np.float32]

# How far words count beside meaning, in standard deviations of the cosine, and how fast that falls as a question gets
# less familiar: they gain within a language and lose nothing across, by `radce eval beir --retriever hybrid` on
# tests/eval/beir (docs/evaluation/encoder.md).
WORDS_WEIGHT = 3.0
FAMILIARITY_POWER = 4


def lexical_scores(text: str, index: LexicalIndex) -> Scores:
    """How much of the text every passage covers, 0 to 1, shape (passages,).

    By character n-grams: over Czech and English they find more than stems, alone or with them
    (docs/evaluation/encoder.md), and they give the same with and without accents.
    """
    return index.ngram_scores(text)


def hybrid_scores(text: str, cosines: Scores, index: LexicalIndex) -> Scores:
    """Standardised cosines plus the coverage of the text, which counts as far as the text is familiar.

    Within a language words help; a question in another language than the passages' shares words with them by accident
    only, and its words are not familiar to them.
    """
    spread = float(cosines.std()) or 1.0
    words = WORDS_WEIGHT * index.familiarity(text) ** FAMILIARITY_POWER
    return np.asarray((cosines - cosines.mean()) / spread + words * lexical_scores(text, index), dtype=np.float32)
