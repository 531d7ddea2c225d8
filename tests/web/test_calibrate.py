"""`radce calibrate` on a knowledge base of ten entries: weights, the choice of the threshold, cross-validation."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.scoring import Scoring
from web.cli import main

SUBJECTS = ("bread", "coffee", "garden", "lamp", "music", "paint", "river", "shoe", "train", "window")
FRAMES = ("how does the {} work", "is my {} broken", "who sells a {}", "can I change the {}")


def calibrated(*arguments: str, content: Path) -> Result:
    return CliRunner(env={"RADCE_CONTENT": str(content)}).invoke(main, ["calibrate", *arguments])


def row(qid: str, text: str, entries: list[str], split: str) -> dict[str, object]:
    kind = "answer" if entries else "no_answer"
    empty: dict[str, object] = {"variant": None, "must": [], "must_not": [], "tags": []}
    return {"qid": qid, "lang": "en", "turns": [text], "kind": kind, "entries": entries, "split": split} | empty


@pytest.fixture
def content(tiny: Callable[..., Path], entry: Callable[..., dict[str, Any]]) -> Path:
    outside = [
        {"id": "weather", "cs": ["jaké bude počasí", "bude pršet"], "en": ["what is the weather", "will it rain"]},
        {"id": "sport", "cs": ["kdo vyhrál zápas", "skóre utkání"], "en": ["who won the match", "score of the game"]},
    ]
    return tiny(entry(), *(entry(name) for name in SUBJECTS), out_of_scope=outside)


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    rows = [
        row(f"{name}-{number}", frame.format(name), [name], ("fit", "test")[number % 2])
        for name in SUBJECTS
        for number, frame in enumerate(FRAMES)
    ] + [
        row(f"o-{number}", f"will it rain or snow on day {number}", [], ("fit", "test")[number // 20])
        for number in range(40)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_choice_of_the_threshold_and_unseen_entries_are_told(
    content: Path, question_set: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scoring.json"
    options = (str(question_set), "--cross-validate", "--out", str(out))
    told = calibrated(*options, "--json", content=content)
    assert told.exit_code == 0, told.output
    made = json.loads(told.stdout)
    scoring = Scoring.open(out)
    assert made["scoring"]["answer_threshold"] == scoring.answer_threshold
    assert (made["fit"]["answerable"], made["test"]["outside"]) == (20, 20)
    chosen = {point["threshold"]: point for point in made["thresholds"]["fit"]}[scoring.answer_threshold]
    assert chosen["answered"] == made["fit"]["answered"]
    assert chosen["declined"] == made["fit"]["declined"]
    crossed = made["cross_validation"]
    assert (crossed["measures"]["answerable"], crossed["measures"]["outside"]) == (20, 20)
    assert len(crossed["thresholds"]) == 5
    printed = calibrated(*options, content=content).stdout
    assert f"{scoring.answer_threshold:.3f} *" in printed
    assert "99.0 % of the answerable" in printed
    assert f"unseen entries: answerable 20, right_first {crossed['measures']['right_first']}" in printed


@pytest.mark.slow
def test_without_cross_validation_the_same_weights_are_found(content: Path, question_set: Path) -> None:
    told = calibrated(str(question_set), "--json", content=content)
    crossed = calibrated(str(question_set), "--json", "--cross-validate", content=content)
    assert json.loads(told.stdout)["scoring"] == json.loads(crossed.stdout)["scoring"]
    assert "cross_validation" not in json.loads(told.stdout)


def test_a_split_without_both_kinds_is_refused(content: Path, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row("t-1", "roaming", ["roaming-activate"], "fit")), encoding="utf-8")
    refused = calibrated(str(path), content=content)
    assert refused.exit_code == 1
    assert "split 'fit': 1 answerable and 0 out-of-scope" in refused.stderr
