"""Everything that may be said in a language, to find what stands in a reply and nowhere else."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files

from bot.blocks import Block, BulletList, ContactBlock, MenuPathBlock, Steps
from bot.reply import Reply
from kb.fields import MenuPath
from kb.knowledge_base import KnowledgeBase
from kb.model import Language


def texts_of(base: KnowledgeBase, language: Language) -> set[str]:
    """Every text that the knowledge base may show in a language."""
    texts: set[str] = set()
    for entry in base.entries:
        texts.add(entry.question.text(language))
        texts |= {overlap.how_to_tell.text(language) for overlap in entry.overlaps}
        for part in entry.parts():
            text = part.text(language)
            if not part.hidden:
                texts |= set(text) if isinstance(text, tuple) else {str(text), str(text).removesuffix(":")}
    texts |= {generation.how_to_tell.text(language) for generation in base.vehicles.generations}
    return texts


def phrases_of(base: KnowledgeBase, language: Language) -> list[re.Pattern[str]]:
    """The fixed phrases of the bot and the brand; a blank stands for anything."""
    brand = base.phrases[language]
    own = json.loads(files("bot").joinpath(f"phrases.{language}.json").read_text(encoding="utf-8"))
    said = [phrase for name, phrase in own.items() if name not in {"from", "to", "range"}]  # words within phrases
    phrases = [*said, *(getattr(brand, name) for name in brand.__slots__)]
    # The examples are questions, shown by the page alone.
    return [
        re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(phrase))) for phrase in phrases if isinstance(phrase, str)
    ]


def lines_of(block: Block) -> Iterator[str]:
    if isinstance(block, Steps | BulletList):
        yield from block.items
    elif isinstance(block, MenuPathBlock):
        yield str(MenuPath(block.path, block.before, block.after))
    elif not isinstance(block, ContactBlock):
        yield block.text


class Known:
    """Everything that may be said in a language."""

    def __init__(self, base: KnowledgeBase, language: Language) -> None:
        self.texts = texts_of(base, language)
        self.phrases = phrases_of(base, language)

    def strange_lines(self, reply: Reply) -> list[str]:
        """The lines of a reply that stand neither in the knowledge base nor among the phrases."""
        lines = [line for block in reply.blocks for line in lines_of(block)]
        return [row for row in lines if row not in self.texts and not any(one.fullmatch(row) for one in self.phrases)]
