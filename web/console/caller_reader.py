"""Reading what an agent types of the caller in one field: "992 2021 AT"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.assistant import Assistant
from bot.country_names import COUNTRY_CODES
from bot.slots import vehicle_events
from bot.state import DialogueState
from bot.understanding import Understanding
from kb.model import Language
from web.console.caller import Caller

_WORD = re.compile(r"[^\s,;/]+")
# What people write for a code; ISO has another.
_ALIASES = {"UK": "GB"}
_LANGUAGES = {language.value.upper(): language for language in Language}


@dataclass(frozen=True, slots=True)
class Said:
    """The caller after what was typed, and the words of it that say nothing of a caller."""

    caller: Caller
    not_read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallerReader:
    """Reads with the bot's own readers. Not shared between threads without the assistant's lock."""

    assistant: Assistant

    def read(self, typed: str, known: Caller) -> Said:
        """What is typed, added to what is known: a car that is named replaces one that it can't be."""
        caller, rest = self._codes(typed, known)
        read = self.assistant.reader.read(rest)
        state = DialogueState(vehicle=caller.vehicle)
        after = state.replay(vehicle_events(read, state, self.assistant.index.base.vehicles))
        named = read.countries.meant
        caller = replace(caller, vehicle=after.vehicle, country=named[-1] if named else caller.country)
        not_read = []
        for word in self._not_read(read):
            wish = self.assistant.reader.read(word).small_talk.wish
            caller = replace(caller, language=wish or caller.language)
            not_read += [] if wish else [word]
        return Said(caller, tuple(not_read))

    def _codes(self, typed: str, known: Caller) -> tuple[Caller, str]:
        """The caller with the codes of countries and languages among the words, and the words without them."""
        words = _WORD.findall(typed)
        rest = []
        caller = known
        for place, word in enumerate(words):
            code = _ALIASES.get(word.upper(), word.upper())
            if code in _LANGUAGES:
                caller = replace(caller, language=_LANGUAGES[code])
            elif self._is_country(word, code, last=place == len(words) - 1):
                caller = replace(caller, country=code)
            else:
                rest.append(word)
        return caller, " ".join(rest)

    def _is_country(self, word: str, code: str, *, last: bool) -> bool:
        """Whether a word is a country's code: "MY 2021" and "911 GT" are none, unlike those that have a contact."""
        return code in self.assistant.index.base.contact_of or (last and word.isupper() and code in COUNTRY_CODES)

    @staticmethod
    def _not_read(read: Understanding) -> Iterator[str]:
        for word in read.content:
            yield word.typed
