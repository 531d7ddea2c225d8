"""How well the language of short queries is told, beside langdetect and lingua.

    python -m bench.language > docs/evaluation/language.md

Needs the extra `eval` (lingua). Printed is the report: accuracy on the rows marked "test" of tests/eval/language/.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from lingua import Language as LinguaLanguage
from lingua import LanguageDetectorBuilder

from bot.assistant import choose_language
from bot.message import Message
from bot.reader import Reader
from bot.state import DialogueState
from index.text import fold
from kb.load import load
from kb.model import Language

SETS = Path("tests/eval/language")
# A query is timed so many times; the fastest counts.
ROUNDS = 3

INTRODUCTION = """# The language of short queries

Made by `python -m bench.language`; do not edit.

Share of the queries marked "test" in `tests/eval/language/short.jsonl` (in brackets: how many) whose language is told
as labelled, Czech or English, with nothing known of the page or of a conversation. Slovak counts as Czech for all.
"""
BESIDES = """
The other queries, and the processor time of a query (this project's includes reading cars, countries and small talk):
"""

Tell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Query:
    """A labelled query."""

    text: str
    lang: str
    tags: tuple[str, ...]

    @property
    def words(self) -> str:
        """How many words it has, from three on together."""
        return {1: "one word", 2: "two words"}.get(len(self.text.split()), "three or more words")


def read_queries(name: str) -> list[Query]:
    """The rows of a set that nothing was tuned on."""
    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Query(row["text"], row["lang"], tuple(row["tags"])) for row in rows if row["split"] == "test"]


def tellers(reader: Reader) -> dict[str, Tell]:
    """What tells a query's language: "cs", "en", or the code of another; Slovak is told as Czech."""
    return {
        "this project": _this_project(reader),
        "langdetect": _langdetect(None),
        "langdetect, cs and en only": _langdetect(("cs", "en")),
        "lingua (cs, sk, en, de, pl)": _lingua(),
    }


def _this_project(reader: Reader) -> Tell:
    def tell(text: str) -> str:
        read = reader.read(text)
        return "other" if read.language.other else str(choose_language(Message(text), read, DialogueState()).language)

    return tell


def _langdetect(codes: tuple[str, ...] | None) -> Tell:
    profiles = Path(langdetect.__file__).parent / "profiles"
    named = [profiles / code for code in codes] if codes else sorted(profiles.iterdir())
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([path.read_text(encoding="utf-8") for path in named])

    def tell(text: str) -> str:
        detector = factory.create()
        detector.append(text)
        try:
            return _czech_for_slovak(detector.detect())
        except LangDetectException:  # digits and signs only
            return "none"

    return tell


def _lingua() -> Tell:
    languages = (
        LinguaLanguage.CZECH,
        LinguaLanguage.SLOVAK,
        LinguaLanguage.ENGLISH,
        LinguaLanguage.GERMAN,
        LinguaLanguage.POLISH,
    )
    detector = LanguageDetectorBuilder.from_languages(*languages).with_preloaded_language_models().build()

    def tell(text: str) -> str:
        language = detector.detect_language_of(text)
        return _czech_for_slovak(language.iso_code_639_1.name.lower()) if language else "none"

    return tell


def _czech_for_slovak(code: str) -> str:
    return "cs" if code == "sk" else code


def groups(queries: Sequence[Query]) -> dict[str, list[Query]]:
    """The queries whose words tell Czech or English, by what makes them hard."""
    told = [row for row in queries if row.lang in {"cs", "en"}]
    czech = [row for row in told if row.lang == "cs"]
    by_words = {
        words: [row for row in told if row.words == words] for words in ("one word", "two words", "three or more words")
    }
    return {
        "all": told,
        **by_words,
        "Czech": czech,
        "Czech, with diacritics": [row for row in czech if row.text.casefold() != fold(row.text)],
        "Czech, without diacritics": [row for row in czech if row.text.casefold() == fold(row.text)],
        "English": [row for row in told if row.lang == "en"],
        "typos": [row for row in told if "typo" in row.tags],
        "mixed": [row for row in told if "mixed" in row.tags],
    }


def milliseconds(tell: Tell, queries: Iterable[Query]) -> list[float]:
    """The processor time of each query, sorted."""
    return sorted(min(_time(tell, row.text) for _ in range(ROUNDS)) for row in queries)


def _time(tell: Tell, text: str) -> float:
    began = time.thread_time()
    tell(text)
    return (time.thread_time() - began) * 1000


def _percent(right: int, total: int) -> str:
    return f"{100 * right / total:.1f} %"


def _table(columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join((name, *row))} |" for name, row in rows.items())


def report(reader: Reader) -> Iterable[str]:
    """The lines of the report."""
    telling = tellers(reader)
    short, other = read_queries("short"), read_queries("other")
    yield INTRODUCTION
    told = {
        f"{name} ({len(rows)})": [_percent(_as_labelled(tell, rows), len(rows)) for tell in telling.values()]
        for name, rows in groups(short).items()
    }
    yield from _table(("queries", *telling), told)
    yield BESIDES
    yield from _table(("", *telling), _besides(reader, telling, short, other))


def _besides(
    reader: Reader, telling: Mapping[str, Tell], short: Sequence[Query], other: Sequence[Query]
) -> dict[str, list[str]]:
    slovak, foreign = ([row for row in other if row.lang == lang] for lang in ("cs", "other"))
    keeps, told = [row for row in short if row.lang == "keeps"], groups(short)["all"]
    tells = telling.values()
    times = [milliseconds(tell, short) for tell in tells]
    kept = _percent(sum(_kept(reader, row.text) for row in keeps), len(keeps))
    return {
        f"Slovak, told as Czech ({len(slovak)})": [_percent(_as_labelled(tell, slovak), len(slovak)) for tell in tells],
        f"third languages, told as such ({len(foreign)})": [
            _percent(_third(tell, foreign), len(foreign)) for tell in tells
        ],
        f"Czech and English, taken for a third ({len(told)})": [
            _percent(_third(tell, told), len(told)) for tell in tells
        ],
        f"left to page and conversation, as they should ({len(keeps)})": [kept, *["never"] * (len(telling) - 1)],
        "median, ms": [f"{taken[len(taken) // 2]:.2f}" for taken in times],
        "99th percentile, ms": [f"{taken[int(len(taken) * 0.99)]:.2f}" for taken in times],
    }


def _as_labelled(tell: Tell, rows: Sequence[Query]) -> int:
    return sum(tell(row.text) == row.lang for row in rows)


def _third(tell: Tell, rows: Sequence[Query]) -> int:
    return sum(tell(row.text) not in {"cs", "en", "none"} for row in rows)


def _kept(reader: Reader, text: str) -> bool:
    """Whether page and conversation decide the language of the reply."""
    read = reader.read(text)
    return all(
        choose_language(Message(text, page_language=page), read, state).language is expected
        for page, state, expected in (
            (Language.CS, DialogueState(), Language.CS),
            (Language.EN, DialogueState(), Language.EN),
            (Language.EN, DialogueState(Language.CS), Language.CS),
            (Language.CS, DialogueState(Language.EN), Language.EN),
        )
    )


def main() -> None:
    """Print the report."""
    print("\n".join(report(Reader(load()))))  # noqa: T201


if __name__ == "__main__":
    main()
