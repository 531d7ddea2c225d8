"""The words of the help pages: the same in both languages, all of them used, none missing."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from bot.phrases import load_phrases
from kb.model import Language, Origin

HELP = Path(__file__).parents[2] / "web" / "help"
STRINGS = {
    language: json.loads((HELP / f"strings.{language}.json").read_text(encoding="utf-8")) for language in Language
}
SOURCES = [path.read_text(encoding="utf-8") for path in (*HELP.glob("*.py"), *HELP.glob("templates/help/*.html"))]
# Those whose names are put together: of origins, of what is shown, of pages for errors, of fields that an error names.
COMPOSED = {
    *(f"origin_{origin}" for origin in (*Origin, "mixed")),
    *("holds_for", "possible_for"),
    *(f"{name}{part}" for name in ("missing", "bad", "failed") for part in ("", "_title")),
    *("model", "generation", "model_year", "country", "q"),
}


def named() -> set[str]:
    """The phrases that modules and templates name."""
    return {name for text in SOURCES for name in re.findall(r"words\(\s*[\"'](\w+)[\"']", text)}


def test_both_languages_have_the_same_phrases_with_the_same_blanks() -> None:
    blanks = {
        language: {name: {blank for _, blank, _, _ in Formatter().parse(text) if blank} for name, text in rows.items()}
        for language, rows in STRINGS.items()
    }
    assert blanks[Language.CS] == blanks[Language.EN]


@pytest.mark.parametrize("language", Language)
def test_every_phrase_is_used_and_none_is_missing(language: Language) -> None:
    own, bots = set(STRINGS[language]), set(load_phrases()[language].texts)
    needed = COMPOSED | named()
    assert needed - own - bots == set()
    assert own - needed - bots == set()


@pytest.mark.parametrize("language", Language)
def test_a_page_does_not_speak_as_a_person(language: Language) -> None:
    persons = re.compile(r"\b(nemám|mám|neznám|najdu|I have|I can|my|mi)\b")
    own = [text for text in STRINGS[language].values() if text not in {"I don't know", "nevím"}]
    assert [text for text in own if persons.search(text)] == []
