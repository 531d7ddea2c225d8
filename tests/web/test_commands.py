"""The command line, run for real: what it prints, and its exit codes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from kb.load import BUNDLED_CONTENT
from tests.servers import radce
from web.cli import main

pytestmark = pytest.mark.slow

Run = Callable[..., Result]

ROAMING = {
    "qid": "t-1", "lang": "en", "turns": ["How do I switch on roaming?", "Taycan"], "kind": "answer",
    "entries": ["roaming-activate"], "variant": None, "must": ["automatic"], "must_not": ["@"], "tags": ["multi-turn"],
    "split": "test",
}  # fmt: skip
WRONG = {**ROAMING, "qid": "t-2", "kind": "smalltalk", "split": "fit"}


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, (ROAMING, WRONG))), encoding="utf-8")
    return path


@pytest.fixture
def broken_content(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    shutil.copytree(BUNDLED_CONTENT, content)
    (content / "topics.yaml").write_text("- id: NO\n", encoding="utf-8")
    (content / "contacts.yaml").unlink()
    return content


def test_help_is_there_for_every_command() -> None:
    for words in (
        "",
        "serve",
        "ask",
        "search",
        "index",
        "index build",
        "index inspect",
        "kb",
        "kb lint",
        "eval",
        "eval chat",
        "eval beir",
        "eval robustness",
        "calibrate",
        "mail",
        "purge",
        "encoder",
        "encoder train",
    ):
        helped = CliRunner().invoke(main, [*words.split(), "--help"])
        assert helped.exit_code == 0
        assert "Usage:" in helped.output


def test_wrong_use_exits_with_2(run: Run) -> None:
    for words in (["nothing"], ["ask"], ["serve", "--port", "0"], ["ask", "hi", "--language", "de"], ["ask", " "]):
        assert run(*words).exit_code == 2


def test_the_command_answers_from_a_shell(index_dir: Path) -> None:
    asked = radce("ask", "jak zapnu roaming v taycanu", settings={"RADCE_INDEX_DIR": str(index_dir)})
    assert asked.returncode == 0
    assert "automaticky" in asked.stdout


def test_ask_prints_quick_replies_and_suggestions(run: Run) -> None:
    asked = run("ask", "How do I switch on roaming?")
    assert asked.exit_code == 0
    assert "[Taycan]" in asked.stdout
    assert "-> " in run("ask", "How do I switch on roaming in a Taycan?").stdout


def test_several_messages_are_one_conversation(run: Run) -> None:
    asked = run("ask", "How do I switch on roaming?", "Taycan", "--json")
    first, second = json.loads(asked.stdout)
    assert (first["kind"], second["kind"], second["variants"]) == ("clarify", "answer", ["taycan"])


@pytest.mark.parametrize("vehicle", ["911 992 2022", "911:992:2022", "my 992 from 2022"])
def test_ask_knows_the_vehicle_and_the_country(run: Run, vehicle: str) -> None:
    asked = run("ask", "How do I switch on roaming?", "--vehicle", vehicle, "--country", "cz", "--json")
    reply = json.loads(asked.stdout)
    assert reply["kind"] == "answer"
    assert reply["vehicle"] == {"model": "911", "generation": "992", "model_year": 2022}
    assert reply["contact"]["country"] == "CZ"


def test_ask_refuses_a_vehicle_or_country_that_is_none(run: Run) -> None:
    refused = run("ask", "hi", "--vehicle", "bicycle")
    assert refused.exit_code == 2
    assert "taycan" in refused.stderr
    assert run("ask", "hi", "--country", "XX").exit_code == 2


def test_search_prints_a_table_or_what_the_api_answers(run: Run, server_url: str) -> None:
    printed = run("search", "roaming", "--model", "taycan", "--country", "at")
    assert printed.exit_code == 0
    assert {"covered:", "taycan"} <= set(printed.stdout.split())
    assert "smartmobility@at.porsche.com" in printed.stdout
    found = json.loads(run("search", "roaming", "--model", "taycan", "--limit", "2", "--json").stdout)
    parameters = {"q": "roaming", "model": "taycan", "limit": "2"}
    assert found == requests.get(f"{server_url}/api/v1/search", params=parameters, timeout=30).json()


def test_search_explains_itself(run: Run) -> None:
    printed = run("search", "roaming", "--limit", "1", "--explain")
    assert printed.exit_code == 0
    assert "none of them" in printed.stdout
    assert "dense_question_top3" in printed.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((" ",), "QUERY"),
        (("x", "--model", "fiat"), "--model"),
        (("x", "--model-year", "1900"), "--model-year"),
        (("x", "--topic", "nothing"), "--topic"),
        (("x", "--limit", "many"), "--limit"),
        (("x", "--language", "de"), "--language"),
    ],
)
def test_search_refuses_what_the_api_refuses(run: Run, arguments: tuple[str, ...], named: str) -> None:
    refused = run("search", *arguments)
    assert refused.exit_code == 2
    assert named in refused.stderr


def test_inspect_shows_the_current_index(run: Run) -> None:
    built = json.loads(run("index", "build", "--json").stdout)
    told = json.loads(run("index", "inspect", "--json").stdout)
    assert told["folder"] == built["folder"]
    assert told["manifest"]["kb_version"] == built["kb_version"]
    assert sum(row["passages"] for row in told["passages"]) == built["passages"]
    assert told["size"] > 1_000_000
    printed = run("index", "inspect")
    assert printed.exit_code == 0
    assert "dense_question" in printed.stdout


def test_inspect_tells_in_a_line_what_each_threshold_does(run: Run) -> None:
    scoring = json.loads(run("index", "inspect", "--json").stdout)["scoring"]
    lines = run("index", "inspect").stdout.splitlines()
    for name, verb in (("answer", "is shown"), ("suggest", "are suggested")):
        line = next(row for row in lines if row.startswith(f"{name} threshold {scoring[f'{name}_threshold']}: "))
        assert verb in line


def test_inspect_needs_an_index(run: Run, tmp_path: Path) -> None:
    inspected = run("index", "inspect", RADCE_INDEX_DIR=str(tmp_path))
    assert inspected.exit_code == 1
    assert "radce index build" in inspected.stderr


def test_unchanged_content_is_not_built_again(run: Run) -> None:
    first = json.loads(run("index", "build", "--json").stdout)
    assert first["built"] is False  # the session's index
    assert first["passages"] > first["entries"] > 0
    assert Path(first["folder"]).is_dir()
    assert f"{first['folder']} (unchanged)" in run("index", "build").stdout


def test_a_missing_index_is_told(run: Run, tmp_path: Path) -> None:
    asked = run("ask", "hi", RADCE_INDEX_DIR=str(tmp_path))
    assert asked.exit_code == 1
    assert "radce index build" in asked.stderr


def test_a_bad_setting_is_told(run: Run) -> None:
    linted = run("kb", "lint", RADCE_PORT="many")
    assert linted.exit_code == 1
    assert "RADCE_PORT" in linted.stderr


def test_lint_reports_on_the_content(run: Run) -> None:
    told = json.loads(run("kb", "lint", "--json").stdout)
    assert told["faults"] == []
    assert told["entries"] > 40
    printed = run("kb", "lint")
    assert printed.exit_code == 0
    assert "Coverage OK" in printed.stdout
    assert all(row in printed.stdout for row in (*told["contradictions"], *told["overlaps"]))


def test_lint_tells_every_fault(run: Run, broken_content: Path) -> None:
    printed = run("kb", "lint", RADCE_CONTENT=str(broken_content))
    assert printed.exit_code == 1
    assert "topics.yaml" in printed.stderr
    assert "contacts.yaml" in printed.stderr
    told = run("kb", "lint", "--json", RADCE_CONTENT=str(broken_content))
    assert told.exit_code == 1
    assert {"topics.yaml", "contacts.yaml"} <= {fault["file"] for fault in json.loads(told.stdout)["faults"]}


def test_an_evaluation_prints_wrong_rows_and_a_table(run: Run, question_set: Path) -> None:
    played = run("eval", "chat", str(question_set))
    assert played.exit_code == 0
    assert "t-2" in played.stdout
    assert "kind answer, not smalltalk" in played.stdout
    assert "t-1" not in played.stdout
    assert "50.0%" in played.stdout


def test_an_evaluation_over_http_is_the_one_in_process(run: Run, question_set: Path, server_url: str) -> None:
    played = [run("eval", "chat", str(question_set), "--json", *more) for more in ((), ("--url", server_url))]
    here, there = (json.loads(one.stdout) for one in played)
    assert here == there
    assert (here["right"], here["total"]) == (1, 2)
    assert here["kind"] == {"answer": {"right": 1, "total": 1}, "smalltalk": {"right": 0, "total": 1}}
    assert here["tag"] == {"multi-turn": {"right": 1, "total": 2}}


def test_an_evaluation_below_the_least_share_exits_with_1(run: Run, question_set: Path, server_url: str) -> None:
    least = ("eval", "chat", str(question_set), "--url", server_url, "--least")
    assert run(*least, "0.5").exit_code == 0
    assert run(*least, "0.6").exit_code == 1
    assert run(*least, "1", "--split", "test").exit_code == 0


def test_an_evaluation_needs_questions_and_a_server(run: Run, question_set: Path) -> None:
    assert run("eval", "chat", str(question_set), "--split", "none").exit_code == 1
    assert run("eval", "chat", "nowhere.jsonl").exit_code == 2
    unreachable = run("eval", "chat", str(question_set), "--url", "http://127.0.0.1:9")
    assert unreachable.exit_code == 1
    assert "does not answer" in unreachable.stderr
