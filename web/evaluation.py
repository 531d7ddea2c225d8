"""Question sets, and whether a reply is right (the format and its allowances: tests/eval/README.md)."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kb.knowledge_base import CONTACT_ENTRY
from web.errors import WebError

Kind = Literal["answer", "clarify", "contact", "no_answer", "smalltalk"]

# What a reply may be besides the kind of the row, by tag.
_KINDS_BY_TAG: dict[str, frozenset[str]] = {
    "otherlang": frozenset({"no_answer", "answer"}),
    "handoff": frozenset({"contact", "clarify"}),
    "emptyish": frozenset({"no_answer", "smalltalk", "clarify"}),
    "nonsense": frozenset({"no_answer", "smalltalk", "clarify"}),
    "insult": frozenset({"no_answer", "smalltalk", "clarify"}),
}
# Rows that may be answered in either language.
_EITHER_LANGUAGE = frozenset({"mixed", "bilingual-word"})
_FLAGS = re.IGNORECASE | re.DOTALL


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern, _FLAGS)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Question(BaseModel):
    """A row of a question set: the customer's turns, and what is expected of the reply to the last."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    qid: str
    lang: Literal["cs", "en", "other"]
    turns: Annotated[list[str], Field(min_length=1)]
    kind: Kind
    entries: list[str]
    variant: str | None
    must: list[Pattern]
    must_not: list[Pattern]
    tags: list[str]
    split: str | None = None

    def kinds(self) -> frozenset[str]:
        """The kinds that the reply may be of."""
        kinds = frozenset({self.kind}).union(*(_KINDS_BY_TAG.get(tag, ()) for tag in self.tags))
        if CONTACT_ENTRY in self.entries:
            kinds |= {"contact", "answer"}
        # Without a country (no address is expected) the country may be asked for.
        if self.kind == "contact" and not any("@" in pattern for pattern in self.must):
            kinds |= {"clarify"}
        return kinds


class ReplyFacts(BaseModel):
    """The fields of a reply that are judged."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    kind: Kind
    language: str
    entry_id: str | None
    variants: list[str]
    text: str


def read_questions(path: Path, *, split: str | None = None) -> list[Question]:
    """The rows of a file, or those of one split. Raises WebError, naming file and line, for a bad row."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WebError(f"{path}: can't be read ({error})") from error
    rows = [_question(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    return [row for row in rows if split is None or row.split == split]


def _question(path: Path, number: int, line: str) -> Question:
    try:
        return Question.model_validate(json.loads(line))
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, row['loc']))}: {row['msg']}" for row in error.errors())
        raise WebError(f"{path}:{number}: {told}; see tests/eval/README.md") from error
    except ValueError as error:
        raise WebError(f"{path}:{number}: is not JSON ({error})") from error


def faults(question: Question, reply: Mapping[str, object]) -> list[str]:
    """What is wrong with the reply (as the API tells it) to the question's last turn; empty: it is right."""
    return list(_faults(question, ReplyFacts.model_validate(reply)))


def _faults(question: Question, reply: ReplyFacts) -> Iterator[str]:
    if reply.kind not in question.kinds():
        yield f"kind {reply.kind}, not {' or '.join(sorted(question.kinds()))}"
    is_fixed = question.lang in {"cs", "en"} and not _EITHER_LANGUAGE & set(question.tags)
    if is_fixed and reply.language != question.lang:
        yield f"language {reply.language}, not {question.lang}"
    if "otherlang" in question.tags and reply.kind == "no_answer":
        return
    if _shows_entry(question, reply) and reply.entry_id not in question.entries:
        yield f"entry {reply.entry_id}, not {' or '.join(question.entries)}"
    if question.variant is not None and reply.variants != [question.variant]:
        yield f"variants {', '.join(reply.variants) or 'none'}, not {question.variant}"
    for pattern in question.must:
        if not re.search(pattern, reply.text, _FLAGS):
            yield f"lacks {pattern}"
    for pattern in question.must_not:
        if re.search(pattern, reply.text, _FLAGS):
            yield f"has {pattern}"


def confusion(question: Question, reply: Mapping[str, object]) -> tuple[str, str] | None:
    """What was expected and what was shown instead: an entry's id each, or a kind in brackets; None: as expected."""
    facts = ReplyFacts.model_validate(reply)
    other_entry = _shows_entry(question, facts) and facts.entry_id not in question.entries
    if facts.kind in question.kinds() and not other_entry:
        return None
    return next(iter(question.entries), f"({question.kind})"), facts.entry_id or f"({facts.kind})"


def _shows_entry(question: Question, reply: ReplyFacts) -> bool:
    """Whether the reply is judged by its entry: an answer, or a question back where one is expected."""
    return bool(question.entries) and (reply.kind == "answer" or reply.kind == question.kind == "clarify")
