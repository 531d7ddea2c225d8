"""What a search found, as the API and the command line tell it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from bot.assistant import Assistant
from bot.compose import Composer
from bot.search import FoundEntry, FoundPassage, SearchPage
from index.retriever import Scored
from index.scoring import Scoring, Term
from index.suggest import Completion
from web.parameters import SearchParameters

Fields = dict[str, object]

# Places behind the point; what a reader can tell apart.
_DIGITS = 4


def search_fields(assistant: Assistant, asked: SearchParameters, page: SearchPage) -> Fields:
    """A page of entries with what the request asked for, as plain JSON values."""
    composer = assistant.composers[page.language]
    card = composer.contact_card(asked.country)
    scoring = assistant.index.retriever.scoring
    explained = page.scored if asked.explain else None
    fields: Fields = {
        "query": asked.q,
        "searched": page.scored.text if page.scored else asked.q,
        "language": page.language.value,
        "kb_version": assistant.index.base.version,
        "total": page.total,
        "limit": asked.limit,
        "offset": asked.offset,
        "none_of_them": round(float(page.scored.probabilities[-1]), _DIGITS) if page.scored else 1.0,
        "contact": asdict(card) if card else None,
        "entries": [_entry_fields(composer, found, scoring, explained) for found in page.entries],
    }
    if explained:
        terms = scoring.outside_terms(explained.outside_features[0])
        fields["explanation"] = _explanation(terms, scoring.outside_constant)
    return fields


def _entry_fields(composer: Composer, found: FoundEntry, scoring: Scoring, explained: Scored | None) -> Fields:
    entry = found.entry
    fields: Fields = {
        "entry_id": entry.id,
        "topic": entry.topic,
        "confidence": round(found.confidence, _DIGITS),
        "question": entry.question.text(composer.language),
        **_vehicle_fields(composer, found),
        "passages": [_passage_fields(row, explained) for row in found.passages],
    }
    if explained:
        fields["explanation"] = _explanation(scoring.entry_terms(explained.features[found.row]), constant=0.0)
    return fields


def _vehicle_fields(composer: Composer, found: FoundEntry) -> Fields:
    """Whether the entry holds for the car, and its variants that do."""
    entry, shown = found.entry, found.shown
    variants = [
        {
            "variant_id": variant_id,
            "label": composer.label(entry.variant(variant_id)),
            "blocks": [asdict(block) for block in composer.variant(entry, variant_id, shown)],
        }
        for variant_id in shown.variants
    ]
    how_to_tell = shown.how_to_tell.text(composer.language) if shown.how_to_tell else None
    return {"coverage": found.coverage.value, "variants": variants, "how_to_tell": how_to_tell}


def _passage_fields(found: FoundPassage, explained: Scored | None) -> Fields:
    passage = found.passage
    fields: Fields = {
        "language": passage.language.value,
        "kind": passage.kind.value,
        "variant_id": passage.variant_id,
        "text": passage.text,
        "highlights": _spans(found.highlights),
    }
    if explained:
        scores = explained.scores
        searches = {"dense": scores.dense, "stems": scores.stems, "ngrams": scores.ngrams}
        fields["scores"] = {name: round(float(row[found.number]), _DIGITS) for name, row in searches.items()}
    return fields


def suggest_fields(version: str, completions: Iterable[Completion]) -> Fields:
    """Completions of what is typed, as plain JSON values."""
    rows = [
        {
            "entry_id": row.entry_id,
            "question": row.question,
            "language": row.language.value,
            "highlights": _spans(row.highlights),
        }
        for row in completions
    ]
    return {"kb_version": version, "suggestions": rows}


def _spans(highlights: Iterable[tuple[int, int]]) -> list[list[int]]:
    return [[start, end] for start, end in highlights]


def _explanation(terms: Sequence[Term], constant: float) -> Fields:
    """A score, of which the softmax over all entries and "none of them" makes probabilities, and what adds up to it."""
    rows = [
        {
            "feature": term.feature,
            "value": round(term.value, _DIGITS),
            "weight": term.weight,
            "product": round(term.product, _DIGITS),
        }
        for term in terms
    ]
    score = constant + sum(term.product for term in terms)
    return {"score": round(score, _DIGITS), "constant": constant, "terms": rows}
