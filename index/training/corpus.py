"""Reading the training texts: sentence pairs, and questions with their answers, in Czech and English."""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexingError
from kb.model import Language

PAIRS = "parallel.jsonl.gz"
MACHINE_PAIRS = "parallel_mt.jsonl.gz"
QUESTIONS = "qa.jsonl.gz"
OWN_QUESTIONS = Path(__file__).parent / "faq"
OWN_PAIRS = Path(__file__).parent / "everyday"

_LINE = re.compile(r"([QAqa]): (\S.*)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both languages."""

    english: str
    czech: str
    source: str


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question, in one or more wordings, and its answer, both in both languages.

    A wording stands at the same place in both languages.
    """

    questions: Mapping[Language, tuple[str, ...]]
    answers: Mapping[Language, str]
    source: str


def read_pairs(folder: Path, *, without: Collection[str] = (), names: Collection[str] = (PAIRS,)) -> list[Pair]:
    """The sentence pairs of a corpus folder, those of the sources `without` left out.

    Raises IndexingError for a missing file or a broken row, with its line.
    """
    rows = (row for name in names for row in _rows(folder / name, ("en", "cs", "source")))
    return [Pair(row["en"], row["cs"], row["source"]) for row in rows if row["source"] not in without]


def read_answered_questions(folder: Path, *, without: Collection[str] = ()) -> list[AnsweredQuestion]:
    """The questions of a corpus folder that have both languages, those of the sources `without` left out.

    A heading that stands over different texts ("Prerequisites") is no question that one text answers: it is left out.
    Raises IndexingError for a missing file or a broken row, with its line.
    """
    found: dict[str, dict[Language, dict[str, str]]] = defaultdict(dict)
    for row in _rows(folder / QUESTIONS, ("lang", "question", "answer", "pair_id", "source")):
        if row["source"] not in without:
            found[row["pair_id"]][Language(row["lang"])] = row
    both = [rows for rows in found.values() if len(rows) == len(Language)]
    answers: dict[str, set[str]] = defaultdict(set)
    for rows in both:
        for row in rows.values():
            answers[row["question"].casefold()].add(row["answer"])
    return [
        AnsweredQuestion(
            {language: (row["question"],) for language, row in rows.items()},
            {language: row["answer"] for language, row in rows.items()},
            rows[Language.EN]["source"],
        )
        for rows in both
        if all(len(answers[row["question"].casefold()]) == 1 for row in rows.values())
    ]


def read_own_questions(folder: Path = OWN_QUESTIONS, *, without: Collection[str] = ()) -> list[AnsweredQuestion]:
    """The questions that were written for this project; a source is a file's name.

    Raises IndexingError for a broken file, with its line.
    """
    files = [path for path in sorted(folder.glob("*.txt")) if path.stem not in without]
    if not files:
        raise IndexingError(f"{folder}: holds no questions (*.txt)")
    return [question for path in files for question in _own_questions(path)]


def read_own_pairs(folder: Path = OWN_PAIRS) -> list[Pair]:
    """The everyday sentences that were written for this project; a source is a file's name.

    Raises IndexingError for a broken line.
    """
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise IndexingError(f"{folder}: holds no sentences (*.tsv)")
    return [pair for path in files for pair in _own_pairs(path)]


def _own_pairs(path: Path) -> Iterator[Pair]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        czech, _, english = (text.strip() for text in line.partition("\t"))
        if not czech or not english or "\t" in english:
            raise IndexingError(f"{path}:{number}: write the Czech sentence, a tab and the English sentence")
        yield Pair(english, czech, path.stem)


def _own_questions(path: Path) -> Iterator[AnsweredQuestion]:
    block: list[tuple[str, str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        if line.strip():
            match = _LINE.fullmatch(line.strip())
            if not match:
                raise IndexingError(f"{path}:{number}: begin the line with `Q: `, `A: `, `q: ` or `a: `")
            block.append((match[1], match[2]))
        elif block:
            yield _own_question(block, path, number)
            block = []


def _own_question(block: list[tuple[str, str]], path: Path, number: int) -> AnsweredQuestion:
    texts = {mark: tuple(text for other, text in block if other == mark) for mark in "QAqa"}
    if not texts["Q"] or len(texts["Q"]) != len(texts["q"]) or len(texts["A"]) != 1 or len(texts["a"]) != 1:
        wanted = "as many `Q:` as `q:` lines, one `A:`, one `a:`"
        raise IndexingError(f"{path}:{number}: the question above needs {wanted}")
    return AnsweredQuestion(
        {Language.CS: texts["Q"], Language.EN: texts["q"]},
        {Language.CS: texts["A"][0], Language.EN: texts["a"][0]},
        path.stem,
    )


def _rows(path: Path, fields: tuple[str, ...]) -> Iterator[dict[str, str]]:
    number = 0  # of the row that is read
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                row = json.loads(line)
                if not all(isinstance(row.get(field), str) and row[field].strip() for field in fields):
                    raise ValueError(f"needs {', '.join(fields)}, each a text")
                yield row
    except FileNotFoundError as error:
        raise IndexingError(f"{path}: no such file; --corpus names the folder that holds it") from error
    except (OSError, EOFError, ValueError, AttributeError) as error:
        raise IndexingError(f"{path}:{number}: {error}; mend or remove the row and run the command again") from error
