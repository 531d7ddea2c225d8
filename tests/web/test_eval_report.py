"""`radce eval chat --report`: JSON, Markdown and pictures, from a handful of rows."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from web.errors import WebError
from web.evaluation import Question
from web.outcomes import Outcome, confusions
from web.reports import command_line, report_folder, write_report

Run = Callable[..., Result]

ROW: dict[str, object] = {
    "qid": "t-1", "lang": "en", "turns": ["How do I switch on roaming?"], "kind": "clarify",
    "entries": ["roaming-activate"], "variant": None, "must": [], "must_not": [], "tags": ["keyword"], "split": "test",
}  # fmt: skip
WRONG = {**ROW, "qid": "t-2", "turns": ["How do I pay?"], "tags": []}
OUTSIDE = {**ROW, "qid": "t-3", "turns": ["What is the capital of Peru?"], "kind": "no_answer", "entries": []}
PICTURES = ("right", "risk-coverage", "reliability", "declined")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, (ROW, WRONG, OUTSIDE))), encoding="utf-8")
    return path


def test_a_report_holds_counts_confusions_curves_and_pictures(run: Run, question_set: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made" / "report"
    played = run("eval", "chat", str(question_set), "--split", "test", "--report", str(folder))
    assert played.exit_code == 0, played.output
    made = json.loads((folder / "retrieval.json").read_text(encoding="utf-8"))
    assert made["command"] == f"radce eval chat {question_set} --split test --report {folder}"
    assert made["conversations"]["tag"]["keyword"] == {"right": 2, "total": 2}
    (wrong,) = made["confusions"]
    assert (wrong["expected"], wrong["count"]) == ("roaming-activate", 1)
    assert wrong["shown"] not in {"roaming-activate", "(no_answer)"}
    retrieval = made["retrieval"]
    assert (retrieval["answerable"], retrieval["outside"], retrieval["declined"]) == (2, 1, 1)
    assert retrieval["thresholds"]["coverage"][-1] == 1
    assert sum(row["count"] for row in retrieval["bins"]) == 3
    text = (folder / "retrieval.md").read_text(encoding="utf-8")
    assert made["command"] in text
    assert f"| `roaming-activate` | `{wrong['shown']}` | 1 |" in text
    assert f"{made['threshold']:.3f} *" in text
    for name in PICTURES:
        assert f"(retrieval-{name}.png)" in text
        assert (folder / f"retrieval-{name}.png").read_bytes().startswith(PNG)


def test_a_report_prints_what_is_printed_without_it(run: Run, question_set: Path, tmp_path: Path) -> None:
    plain, reported = (
        run("eval", "chat", str(question_set), *more).stdout for more in ((), ("--report", str(tmp_path)))
    )
    assert plain == reported


def test_a_report_needs_both_kinds_of_questions(run: Run, question_set: Path, tmp_path: Path) -> None:
    question_set.write_text(json.dumps(ROW), encoding="utf-8")
    refused = run("eval", "chat", str(question_set), "--report", str(tmp_path))
    assert refused.exit_code == 1
    assert "1 answerable and 0 out-of-scope questions" in refused.stderr


def test_a_report_is_of_the_current_index_and_not_of_a_server(run: Run, question_set: Path, tmp_path: Path) -> None:
    refused = run("eval", "chat", str(question_set), "--url", "http://127.0.0.1:9", "--report", str(tmp_path))
    assert refused.exit_code == 2
    assert "--url" in refused.stderr


def test_a_report_without_matplotlib_says_what_to_install(
    run: Run, question_set: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    refused = run("eval", "chat", str(question_set), "--report", str(tmp_path))
    assert refused.exit_code == 1
    assert "pip install '.[eval]'" in refused.stderr
    assert run("eval", "chat", str(question_set)).exit_code == 0


def test_a_folder_that_cannot_be_made_or_written_is_told(question_set: Path) -> None:
    with pytest.raises(WebError, match="--report"):
        report_folder(question_set)
    with pytest.raises(WebError, match="--report"):
        write_report(question_set, "retrieval", fields={}, text="")


def test_the_command_is_told_as_one_types_it() -> None:
    options = {"--split": None, "--seed": 1, "--report": Path("a folder")}
    assert (
        command_line("eval chat", [Path("a.jsonl")], options) == "radce eval chat a.jsonl --seed 1 --report 'a folder'"
    )


def test_confusions_are_counted_and_the_most_frequent_come_first() -> None:
    question = Question.model_validate(ROW)
    reply = {"kind": "clarify", "language": "en", "entry_id": "roaming-activate", "variants": [], "text": ""}
    other = {**reply, "entry_id": "sim-pin"}
    declined = {**reply, "kind": "no_answer", "entry_id": None}
    outcomes = [Outcome(question, shown, []) for shown in (reply, declined, other, other)]
    assert confusions(outcomes) == [
        (("roaming-activate", "sim-pin"), 2),
        (("roaming-activate", "(no_answer)"), 1),
    ]
