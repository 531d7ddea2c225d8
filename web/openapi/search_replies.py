"""What the routes of search answer, as models: from them come the schemas of the OpenAPI document."""

from typing import Annotated

from pydantic import BaseModel, Field

from bot.reply import ContactCard
from bot.search import Coverage
from index.passages import PassageKind
from kb.model import Language
from web.openapi.chat_replies import Blocks, Probability

Span = Annotated[list[int], Field(min_length=2, max_length=2, description="Start and end, in characters.")]


class SearchTerm(BaseModel):
    """A summand of a score."""

    feature: str
    value: float
    weight: float
    product: float


class Explanation(BaseModel):
    """A score, of which the softmax over all entries makes probabilities, and what adds up to it."""

    score: float
    constant: float
    terms: list[SearchTerm]


class PassageScores(BaseModel):
    """What each search thinks of a passage."""

    dense: float
    stems: float
    ngrams: float


class FoundText(BaseModel):
    """A passage that matches, with the places of the query's words."""

    language: Language
    kind: PassageKind
    variant_id: str | None
    text: str
    highlights: list[Span]
    scores: Annotated[PassageScores | None, Field(description="With explain=true only.")] = None


class ShownVariant(BaseModel):
    """A variant that holds for the vehicle."""

    variant_id: str
    label: str
    blocks: Blocks


class FoundRow(BaseModel):
    """An entry that may be meant."""

    entry_id: str
    topic: str
    confidence: Probability
    question: str
    coverage: Coverage
    variants: list[ShownVariant]
    how_to_tell: str | None
    passages: list[FoundText]
    explanation: Annotated[Explanation | None, Field(description="With explain=true only.")] = None


class SearchReply(BaseModel):
    """A page of entries, ranked."""

    query: str
    searched: Annotated[str, Field(description="The query as it was searched: slips put right.")]
    language: Language
    kb_version: str
    total: int
    limit: int
    offset: int
    none_of_them: Probability
    contact: ContactCard | None
    entries: list[FoundRow]
    explanation: Annotated[Explanation | None, Field(description="With explain=true only.")] = None


class CompletedQuestion(BaseModel):
    """A question that completes what is typed."""

    entry_id: str
    question: str
    language: Language
    highlights: list[Span]


class SuggestReply(BaseModel):
    """Questions that complete what is typed."""

    kb_version: str
    suggestions: list[CompletedQuestion]
