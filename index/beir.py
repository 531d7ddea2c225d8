"""Data sets in BEIR's layout: passages, questions, and which passages answer which question.

Thakur et al. 2021, "BEIR: a heterogeneous benchmark for zero-shot evaluation of information retrieval models",
https://arxiv.org/abs/2104.08663. A folder holds `corpus.jsonl` (rows of _id, title, text), `queries.jsonl` (rows of
_id, text) and `qrels/test.tsv` (a header and rows of query-id, corpus-id, score, divided by tabs).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from index.errors import IndexingError

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"
JUDGEMENTS = "qrels/test.tsv"
HEADER = ["query-id", "corpus-id", "score"]


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A question and the gain of every passage that answers it: the passage's number to a score above 0."""

    query_id: str
    text: str
    gains: dict[int, int]


@dataclass(frozen=True, slots=True)
class BeirSet:
    """The texts of the passages, whose numbers are their places, and the questions that some passage answers."""

    name: str
    passages: tuple[str, ...]
    queries: tuple[JudgedQuery, ...]


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank")
    return text


Filled = Annotated[str, AfterValidator(_filled)]


class _QueryRow(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    row_id: Annotated[Filled, Field(alias="_id")]
    text: Filled


class _PassageRow(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    row_id: Annotated[Filled, Field(alias="_id")]
    title: str | None = None
    text: str

    @property
    def searchable(self) -> str:
        return f"{self.title}. {self.text}" if self.title else self.text


_Row = TypeVar("_Row", _QueryRow, _PassageRow)


def read_beir(folder: Path) -> BeirSet:
    """The data set in a folder, without questions that no passage answers.

    Raises IndexingError, naming file and line, for a file that is missing and for a row that can't be used.
    """
    passages: dict[str, _PassageRow] = _rows(folder / CORPUS, _PassageRow)
    queries: dict[str, _QueryRow] = _rows(folder / QUERIES, _QueryRow)
    gains = _gains(folder / JUDGEMENTS, passages, queries)
    judged = tuple(JudgedQuery(name, row.text, gains[name]) for name, row in queries.items() if name in gains)
    if not judged:
        raise IndexingError(f"{folder / JUDGEMENTS}: no judgement has a score above 0; add one row a right answer")
    return BeirSet(folder.resolve().name, tuple(row.searchable for row in passages.values()), judged)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines that are not blank, each after its place ("corpus.jsonl:3")."""
    try:
        # Not splitlines(): JSON may hold line separators of Unicode as they are.
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{path}:{number}", line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        wanted = f"{CORPUS}, {QUERIES} and {JUDGEMENTS}, all in UTF-8"
        raise IndexingError(f"{path}: can't be read ({error}); a data set in BEIR's layout has {wanted}") from error


def _rows(path: Path, kind: type[_Row]) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for place, line in _lines(path):
        row = _row(place, line, kind)
        if row.row_id in rows:
            raise IndexingError(f"{place}: the _id {row.row_id!r} stands in a row above; give every row its own")
        rows[row.row_id] = row
    if not rows:
        raise IndexingError(f"{path}: is empty; give it a row at least")
    return rows


def _row(place: str, line: str, kind: type[_Row]) -> _Row:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, row['loc'])) or 'the row'}: {row['msg']}" for row in error.errors())
        fields = "_id, title and text" if kind is _PassageRow else "_id and text"
        raise IndexingError(f"{place}: {told}; a row is a JSON object with {fields}, all strings") from error


def _gains(path: Path, passages: dict[str, _PassageRow], queries: dict[str, _QueryRow]) -> dict[str, dict[int, int]]:
    """Of every question that has one, its gains by the passage's number."""
    numbers = {name: number for number, name in enumerate(passages)}
    gains: dict[str, dict[int, int]] = {}
    rows = _judgements(path)
    for place, query_id, passage_id, score in rows:
        if query_id not in queries:
            raise IndexingError(f"{place}: {QUERIES} has no _id {query_id!r}; add the question or take the row out")
        if passage_id not in numbers:
            raise IndexingError(f"{place}: {CORPUS} has no _id {passage_id!r}; add the passage or take the row out")
        if score > 0:
            gains.setdefault(query_id, {})[numbers[passage_id]] = score
    return gains


def _judgements(path: Path) -> Iterator[tuple[str, str, str, int]]:
    """The rows below the header, each after its place."""
    lines = _lines(path)
    place, header = next(lines, (f"{path}:1", ""))
    if header.split("\t") != HEADER:
        raise IndexingError(f"{place}: is {header!r}; the first line is {' '.join(HEADER)}, divided by tabs")
    for place, line in lines:
        fields = line.split("\t")
        try:
            query_id, passage_id, score = fields
            yield place, query_id, passage_id, int(score)
        except ValueError as error:
            wanted = "a query's id, a passage's id and a whole number, divided by tabs"
            raise IndexingError(f"{place}: {line!r} is no judgement; write {wanted}") from error
