"""What the readers know of the content's words. To count them takes longer than all else that a start computes: it is
done when an index is built, and kept in its folder.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.country_names import country_words
from bot.letters import LetterModel
from bot.lexicon import Lexicon, load_lexicon
from bot.vocabulary import Vocabulary, spoken_words
from index.passages import passages
from index.text import fold, words
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

FILE_NAME = "words.npz"
# Raised whenever the words are counted or kept in another way.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class ContentWords:
    """`known`: folded words that are never taken for a slip of a name; `in_english`: those that English texts have."""

    known: frozenset[str]
    in_english: frozenset[str]
    vocabulary: Vocabulary
    letters: LetterModel

    @classmethod
    def of(cls, base: KnowledgeBase, lexicon: Lexicon) -> "ContentWords":
        """The words, counted."""
        vocabulary = Vocabulary.of(base, lexicon)
        own = {language.value: vocabulary.all_words(language) for language in Language}
        codes = ("cs", "sk", "en", *lexicon.keys("other_languages"))
        english = (passage.text for passage in passages(base) if passage.language is Language.EN)
        return cls(known_words(base, lexicon), _words_of(english), vocabulary, LetterModel.of(codes, own))

    @classmethod
    def kept(cls, folder: Path, base: KnowledgeBase, lexicon: Lexicon) -> "ContentWords":
        """The words as an index folder has them; counted where it has none, or those of another version of the bot."""
        found = _read(folder, base, lexicon)
        return cls.of(base, lexicon) if found is None else found

    def save(self, folder: Path, key: str) -> None:
        """Write the words into a folder; who reads meanwhile finds the old ones or the new ones."""
        told = {
            "key": key,
            "known": sorted(self.known),
            "in_english": sorted(self.in_english),
            "names": sorted(self.vocabulary.names),
            "pairs": sorted(self.vocabulary.pairs),
            "counts": self.vocabulary.counts,
            "codes": self.letters.codes,
            "grams": self.letters.grams,
        }
        text = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8)
        aside = folder / f".{os.getpid()}-{FILE_NAME}"
        np.savez(aside, words=text, logs=self.letters.logs)
        aside.replace(folder / FILE_NAME)


def keep_words(base: KnowledgeBase, folder: Path) -> None:
    """Count the content's words and keep them in an index folder, unless it has them."""
    lexicon = load_lexicon()
    if _read(folder, base, lexicon) is None:
        ContentWords.of(base, lexicon).save(folder, _key(base))


def _read(folder: Path, base: KnowledgeBase, lexicon: Lexicon) -> ContentWords | None:
    try:
        with (folder / FILE_NAME).open("rb") as file, np.load(file) as arrays:
            told, logs = json.loads(arrays["words"].tobytes()), arrays["logs"]
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return None
    if told["key"] != _key(base):
        return None
    counts = {language: told["counts"][language] for language in Language}
    vocabulary = Vocabulary(
        frozenset(told["names"]), frozenset(map(tuple, told["pairs"])), counts, spoken=spoken_words(lexicon)
    )
    letters = LetterModel(told["codes"], told["grams"], logs)
    return ContentWords(frozenset(told["known"]), frozenset(told["in_english"]), vocabulary, letters)


def _key(base: KnowledgeBase) -> str:
    """Names what the words were counted in: the content, and the bot's own lists."""
    lists = hashlib.sha256(files("bot").joinpath("lexicon.json").read_bytes()).hexdigest()
    return f"{FORMAT} {base.version} {lists}"


def known_words(base: KnowledgeBase, lexicon: Lexicon) -> frozenset[str]:
    """Folded words of the content and the bot's lists: never taken for a misspelt car or a country's code."""
    texts = [
        text
        for entry in base.entries
        for language in Language
        for text in (entry.question.text(language), *entry.alternates.texts(language))
    ]
    texts += [text for subject in base.out_of_scope for text in (*subject.cs, *subject.en)]
    listed = {word for name in ("fillers", "grammar", "greeting", "thanks") for word in lexicon.single_words(name)}
    return _words_of(texts) | listed | country_words(base)


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(words("\n".join(map(fold, texts))))
