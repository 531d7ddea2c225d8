"""The console's own words: whole in both languages, all of them used, blanks the same."""

import re
from pathlib import Path
from string import Formatter

import pytest

import web.console
from kb.model import Language, Origin
from web.console.words import load_words

CONSOLE = Path(web.console.__file__).parent
TEMPLATES = CONSOLE.parent / "templates" / "console"


def blanks(text: str) -> set[str]:
    """The names of the blanks of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", ["strings", "mail"])
def test_both_languages_have_the_same_texts_with_the_same_blanks(name: str) -> None:
    words = load_words(name)
    czech, english = words[Language.CS].texts, words[Language.EN].texts
    assert list(czech) == list(english)
    assert {key: blanks(text) for key, text in czech.items()} == {key: blanks(text) for key, text in english.items()}


def test_every_text_is_used() -> None:
    files = [*TEMPLATES.glob("*.html"), *CONSOLE.glob("*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    prefixes = tuple(re.findall(r'words\("(\w+_)" \+', source))
    by_value = {*Language, *Origin, *(f"{told}_text" for told in ("refused", "not_found", "not_for_agents"))}
    for name in load_words("strings")[Language.EN].texts:
        assert f'"{name}"' in source or name in by_value or name.startswith(prefixes), name


def test_texts_name_no_brand() -> None:
    texts = " ".join(
        text for name in ("strings", "mail") for words in load_words(name).values() for text in words.texts.values()
    )
    assert "Porsche" not in texts
