"""`radce eval robustness` on a handful of rows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.perturbation import Perturbation

Run = Callable[..., Result]

ROW: dict[str, object] = {
    "qid": "t-1", "lang": "cs", "turns": ["Jak zapnu roaming v zahraničí?"], "kind": "clarify",
    "entries": ["roaming-activate"], "variant": None, "must": [], "must_not": [], "tags": [], "split": "test",
}  # fmt: skip
ROWS = (
    ROW,
    {**ROW, "lang": "en", "turns": ["How do I switch on roaming?"]},
    {**ROW, "lang": "other", "turns": ["roaming"]},
    {**ROW, "turns": ["Jaké je hlavní město Peru?"], "kind": "no_answer", "entries": []},
    {**ROW, "turns": ["Taycan", "roaming"]},
    {**ROW, "split": "fit"},
)


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return path


def test_every_perturbation_is_measured_for_all_and_by_language(run: Run, question_set: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    told = run("eval", "robustness", str(question_set), "--json", "--report", str(folder))
    assert told.exit_code == 0, told.output
    made = json.loads(told.stdout)
    assert made == json.loads((folder / "robustness.json").read_text(encoding="utf-8"))
    assert made["seed"] == 1
    measured = {(row["perturbation"], row["language"]): row for row in made["measures"]}
    # English has no out-of-scope row here, and counts among all only.
    assert set(measured) == {(perturbation, name) for perturbation in Perturbation for name in ("all", "cs")}
    clean = measured["clean", "all"]
    assert (clean["questions"], clean["changed"], clean["right_first"], clean["declined"]) == (4, 0, 1, 1)
    assert measured["accents dropped", "cs"]["changed"] == 2
    assert measured["accents dropped", "all"]["changed"] == 2
    text = (folder / "robustness.md").read_text(encoding="utf-8")
    assert f"`radce eval robustness {question_set} --split test --seed 1 --report {folder}`" in text
    assert "| accents dropped | cs | 2/2 | 100.0 % (+0.0) |" in text


def test_the_table_shows_every_perturbation(run: Run, question_set: Path) -> None:
    printed = run("eval", "robustness", str(question_set))
    assert printed.exit_code == 0
    assert all(perturbation.split()[0] in printed.stdout for perturbation in Perturbation)


def test_a_split_without_both_kinds_is_refused(run: Run, question_set: Path) -> None:
    refused = run("eval", "robustness", str(question_set), "--split", "fit")
    assert refused.exit_code == 1
    assert "split 'fit': 1 answerable and 0 out-of-scope" in refused.stderr
    assert run("eval", "robustness", str(question_set), "--seed", "-1").exit_code == 2
