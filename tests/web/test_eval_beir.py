"""`radce eval beir` on a small data set, by words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main

PASSAGES = ["Roaming zapnete v nastavení.", "Fakturu najdete v aplikaci."]
MEASURES = ["recall@1", "recall@5", "recall@10", "recall@100", "mrr@10", "ndcg@10"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    corpus = [json.dumps({"_id": f"p{number}", "title": "", "text": text}) for number, text in enumerate(PASSAGES)]
    (folder / "corpus.jsonl").write_text("\n".join(corpus), encoding="utf-8")
    queries = [json.dumps({"_id": "q", "text": "kde je faktura"}), json.dumps({"_id": "r", "text": "olej"})]
    (folder / "queries.jsonl").write_text("\n".join(queries), encoding="utf-8")
    judgements = "query-id\tcorpus-id\tscore\nq\tp1\t1\nr\tp0\t0\n"
    (folder / "qrels/test.tsv").write_text(judgements, encoding="utf-8")
    return folder


def beir(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["eval", "beir", *arguments])


def test_measures_are_printed_as_json(folder: Path) -> None:
    measured = json.loads(beir(str(folder), "--retriever", "lexical", "--json").stdout)
    assert measured == {
        "dataset": "tiny",
        "retriever": "lexical",
        "queries": 1,
        "metrics": dict.fromkeys(MEASURES, 1.0),
    }


def test_measures_are_printed_as_a_table(folder: Path) -> None:
    printed = beir(str(folder), "--retriever", "lexical")
    assert printed.exit_code == 0
    assert "1 queries, 2 passages" in printed.stdout
    assert all(name in printed.stdout for name in MEASURES)


def test_both_searches_together_are_the_default(folder: Path) -> None:
    measured = json.loads(beir(str(folder), "--json").stdout)
    assert measured["retriever"] == "hybrid"
    assert measured["metrics"]["recall@5"] == 1


def test_a_bad_row_is_told_with_its_place(folder: Path) -> None:
    (folder / "queries.jsonl").write_text("{}", encoding="utf-8")
    refused = beir(str(folder), "--retriever", "lexical")
    assert refused.exit_code == 1
    assert "queries.jsonl:1" in refused.stderr


def test_wrong_use_exits_with_2(folder: Path) -> None:
    assert beir(str(folder / "nowhere")).exit_code == 2
    assert beir(str(folder), "--retriever", "magic").exit_code == 2
