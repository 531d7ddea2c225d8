"""A copy of the real content to break, and a content folder of a few lines to say anything with."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.errors import Fault, KbError
from kb.knowledge_base import KnowledgeBase
from kb.load import BUNDLED_CONTENT, load

QUESTIONS = {
    language: [f"{language} question {number}" for number in range(1, 11)] for language in ("cs", "en")
}  # fmt: skip

PHRASES: dict[str, Any] = dict.fromkeys(
    (
        "assistant_name", "knowledge_base_name", "disclaimer", "storage_notice", "greeting", "scope", "partner",
        "no_phone",
    ),
    "words",
) | dict.fromkeys(("contact_purpose", "no_contact_listed"), "words for {country}")  # fmt: skip
PHRASES["examples"] = ["one?", "two?", "three?"]


def _generation(code: str, model: str, first: int, last: int) -> dict[str, Any]:
    words = {"cs": code, "en": code}
    row = {"code": code, "model": model, "from": first, "to": last}
    return row | {"name": words, "short": words, "how_to_tell": words}


FILES: dict[str, Any] = {
    "topics.yaml": [{"id": "topic", "cs": "téma", "en": "topic"}],
    "vehicles.yaml": {
        "latest_model_year": 2027,
        "models": [{"id": "car", "name": "Car"}, {"id": "van", "name": "Van"}],
        "generations": [
            _generation("old", "car", 2000, 2009),
            _generation("new", "car", 2009, 2020),
            _generation("van", "van", 2015, 2016),
        ],
        "names": [],
        "drives": {"electric": ["electric"], "combustion": ["petrol"]},
    },
    "contacts.yaml": [],
    "countries.yaml": {},
    "out_of_scope.yaml": [],
    "other_names.yaml": [],
    "synonyms.yaml": {},
    "contradictions.yaml": [],
    "source.yaml": {"not_held": 1},
    "phrases.cs.yaml": PHRASES,
    "phrases.en.yaml": PHRASES,
}


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """The real knowledge base."""
    return load()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the real content folder."""
    return Path(shutil.copytree(BUNDLED_CONTENT, tmp_path / "content"))


@pytest.fixture
def faults_of() -> Callable[[Path], list[Fault]]:
    """The faults of a content folder."""

    def faults(content: Path) -> list[Fault]:
        try:
            load(content)
        except KbError as error:
            return error.faults
        return []

    return faults


@pytest.fixture
def entry() -> Callable[..., dict[str, Any]]:
    """An entry as YAML has it, with other fields where they are given."""

    def make(name: str = "contact-by-country", **fields: Any) -> dict[str, Any]:
        words = {language: f"{language} title of {name}" for language in ("cs", "en")}
        questions = {language: [f"{question} of {name}" for question in texts] for language, texts in QUESTIONS.items()}
        answer = [{"cs": "Odpověď.", "en": "Answer."}]
        return {"id": name, "topic": "topic", "question": words, "alternates": questions, "answer": answer} | fields

    return make


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[..., Path]:
    """A content folder of these entries and this source text; other files as `FILES` has them, or as given."""

    def write(*entries: dict[str, Any], text: str = "title", **files: Any) -> Path:
        folder = tmp_path / "tiny"
        (folder / "entries").mkdir(parents=True)
        (folder / "source").mkdir()
        (folder / "source" / "source.txt").write_text(text, encoding="utf-8")
        named = {f"entries/{entry['id']}.yaml": entry for entry in entries}
        given = {f"{name}.yaml": tree for name, tree in files.items()}
        for name, tree in (FILES | named | given).items():
            # JSON is YAML
            (folder / name).write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
        return folder

    return write
