"""What the tests of the conversation share: the readers and a way to talk, over the real index."""

from collections.abc import Callable, Sequence

import pytest

from bot.assistant import Assistant
from bot.lexicon import Lexicon, load_lexicon
from bot.message import Message
from bot.reader import Reader
from bot.reply import Reply
from bot.state import DialogueState
from kb.knowledge_base import KnowledgeBase

Talk = Callable[[Sequence[str]], tuple[Reply, DialogueState]]


@pytest.fixture(scope="session")
def base(assistant: Assistant) -> KnowledgeBase:
    return assistant.index.base


@pytest.fixture(scope="session")
def reader(assistant: Assistant) -> Reader:
    return assistant.reader


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def talk(assistant: Assistant) -> Talk:
    """Says the turns in a fresh conversation; gives the last reply and the state after it."""

    def say(turns: Sequence[str]) -> tuple[Reply, DialogueState]:
        state = DialogueState()
        for turn in turns:
            reply, state = assistant.reply(Message(turn), state)
        return reply, state

    return say
