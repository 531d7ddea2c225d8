"""Whether a reply is right: the rules of a question set and its allowances, as a table of cases."""

import json
from pathlib import Path

import pytest

from web.errors import WebError
from web.evaluation import Question, faults, read_questions

EVAL = Path(__file__).parents[1] / "eval"

ROW: dict[str, object] = {
    "qid": "t-1", "lang": "en", "turns": ["hi"], "kind": "answer", "entries": ["a", "b"], "variant": None,
    "must": [], "must_not": [], "tags": [], "split": "test",
}  # fmt: skip
REPLY: dict[str, object] = {
    "kind": "answer",
    "language": "en",
    "entry_id": "a",
    "variants": [],
    "text": "The text\nis A.",
}
CONTACT = ["contact-by-country"]


@pytest.mark.parametrize(
    ("row", "reply"),
    [
        ({}, {}),
        ({}, {"entry_id": "b"}),
        ({"must": ["text.is", "a\\.$"], "must_not": ["b"]}, {}),
        ({"variant": "v"}, {"variants": ["v"]}),
        ({"lang": "other"}, {"language": "cs"}),
        ({"tags": ["mixed"]}, {"language": "cs"}),
        ({"kind": "clarify"}, {"kind": "clarify"}),
        ({"kind": "no_answer", "entries": []}, {"kind": "no_answer", "entry_id": None}),
        ({"entries": CONTACT}, {"kind": "contact", "entry_id": CONTACT[0]}),
        ({"kind": "contact", "entries": CONTACT, "must": ["@"]}, {"entry_id": CONTACT[0], "text": "a@b"}),
        ({"kind": "contact", "entries": CONTACT, "must": ["is"]}, {"kind": "clarify", "entry_id": None}),
        ({"lang": "other", "tags": ["otherlang"], "must": ["x"]}, {"kind": "no_answer", "entry_id": None}),
        ({"lang": "other", "kind": "no_answer", "tags": ["otherlang"]}, {"language": "cs"}),
        ({"kind": "no_answer", "entries": [], "tags": ["emptyish"]}, {"kind": "clarify", "entry_id": None}),
        ({"kind": "no_answer", "entries": [], "tags": ["nonsense"]}, {"kind": "smalltalk", "entry_id": None}),
        ({"kind": "smalltalk", "entries": [], "tags": ["insult"]}, {"kind": "no_answer", "entry_id": None}),
        ({"kind": "contact", "entries": [], "must": ["@"], "tags": ["handoff"]}, {"kind": "clarify", "text": "@"}),
        ({"lang": "cs", "tags": ["slovak"]}, {"language": "cs"}),
    ],
)
def test_right_replies(row: dict[str, object], reply: dict[str, object]) -> None:
    assert faults(Question.model_validate({**ROW, **row}), {**REPLY, **reply}) == []


@pytest.mark.parametrize(
    ("row", "reply", "fault"),
    [
        ({}, {"kind": "no_answer", "entry_id": None}, "kind no_answer"),
        ({}, {"kind": "clarify"}, "kind clarify"),
        ({}, {"entry_id": "c"}, "entry c"),
        ({"kind": "clarify"}, {"kind": "clarify", "entry_id": "c"}, "entry c"),
        ({}, {"language": "cs"}, "language cs"),
        ({"lang": "cs", "tags": ["slovak"]}, {}, "language en"),
        ({"variant": "v"}, {"variants": ["v", "w"]}, "variants v, w"),
        ({"variant": "v"}, {}, "variants none"),
        ({"must": ["nowhere"]}, {}, "lacks nowhere"),
        ({"must_not": ["TEXT.IS"]}, {}, "has TEXT.IS"),
        ({"kind": "contact", "entries": CONTACT, "must": ["@"]}, {"kind": "clarify", "text": "@"}, "kind clarify"),
        ({"kind": "no_answer", "entries": []}, {"kind": "smalltalk"}, "kind smalltalk"),
        ({"kind": "no_answer", "tags": ["otherlang"], "lang": "other"}, {"entry_id": "c"}, "entry c"),
        ({"kind": "no_answer", "entries": [], "tags": ["emptyish"]}, {"kind": "answer"}, "kind answer"),
    ],
)
def test_wrong_replies(row: dict[str, object], reply: dict[str, object], fault: str) -> None:
    (told,) = faults(Question.model_validate({**ROW, **row}), {**REPLY, **reply})
    assert told.startswith(fault)


def test_the_projects_own_question_sets_can_be_read() -> None:
    for path in EVAL.glob("*.jsonl"):
        rows = read_questions(path)
        assert rows
        assert len({row.qid for row in rows}) == len(rows)


def test_only_the_rows_of_a_split_are_read() -> None:
    rows = read_questions(EVAL / "questions.jsonl")
    for split in ("fit", "test"):
        assert read_questions(EVAL / "questions.jsonl", split=split) == [row for row in rows if row.split == split]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "is not JSON"),
        ("[]", "dictionary"),
        (json.dumps({**ROW, "must": ["("]}), "no regular expression"),
        (json.dumps({**ROW, "kind": "guess"}), "kind"),
        (json.dumps({**ROW, "turns": []}), "turns"),
        (json.dumps({name: value for name, value in ROW.items() if name != "tags"}), "tags"),
    ],
)
def test_a_bad_line_is_told_with_file_and_line(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(WebError, match=rf"(?s)set\.jsonl:3: .*{fault}"):
        read_questions(path)
