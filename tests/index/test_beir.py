"""Data sets in BEIR's layout: what is read, what is refused and how that is told."""

import json
from pathlib import Path

import pytest

from index.beir import read_beir
from index.errors import IndexingError

CORPUS = [
    {"_id": "p1", "title": "Payment", "text": "By card."},
    {"_id": "p2", "title": "", "text": "Zapněte roaming."},
    {"_id": "p3", "text": "Separated\u2028lines", "metadata": {}},
]
QUERIES = [{"_id": "q1", "text": "How do I pay?"}, {"_id": "q2", "text": "roaming"}, {"_id": "q3", "text": "olej"}]
JUDGEMENTS = "query-id\tcorpus-id\tscore\nq1\tp1\t2\nq1\tp3\t1\nq2\tp2\t1\nq2\tp1\t0\nq3\tp1\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    (tmp_path / "qrels/test.tsv").write_text(JUDGEMENTS, encoding="utf-8")
    return tmp_path


def test_a_title_stands_before_its_text(folder: Path) -> None:
    assert read_beir(folder).passages == ("Payment. By card.", "Zapněte roaming.", "Separated\u2028lines")


def test_questions_that_nothing_answers_are_left_out(folder: Path) -> None:
    beir = read_beir(folder)
    assert [(query.query_id, query.gains) for query in beir.queries] == [("q1", {0: 2, 2: 1}), ("q2", {1: 1})]
    assert beir.name == folder.name


def test_other_line_endings_and_a_byte_order_mark_are_read(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_beir(folder).queries) == 2


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("corpus.jsonl", "{", r"corpus\.jsonl:1: .*JSON"),
        ("corpus.jsonl", "[]", r"corpus\.jsonl:1: .*_id, title and text"),
        ("corpus.jsonl", '{"_id": "p1"}', r"corpus\.jsonl:1: text: .*required"),
        ("corpus.jsonl", '{"_id": 1, "text": "a"}', r"corpus\.jsonl:1: _id: .*string"),
        ("corpus.jsonl", '{"_id": "a", "text": "a"}\n{"_id": "a", "text": "b"}', r"corpus\.jsonl:2: .*'a'.*own"),
        ("corpus.jsonl", "", r"corpus\.jsonl: is empty"),
        ("queries.jsonl", '{"_id": "q1", "text": " "}', r"queries\.jsonl:1: text: .*blank"),
        ("queries.jsonl", "\n", r"queries\.jsonl: is empty"),
        ("qrels/test.tsv", "", r"test\.tsv:1: .*query-id corpus-id score"),
        ("qrels/test.tsv", "q1\tp1\t1", r"test\.tsv:1: .*query-id corpus-id score"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1 p1 1", r"test\.tsv:2: .*tabs"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tp1\tgood", r"test\.tsv:2: .*whole number"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq9\tp1\t1", r"test\.tsv:2: queries\.jsonl has no _id 'q9'"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tp9\t1", r"test\.tsv:2: corpus\.jsonl has no _id 'p9'"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tp1\t0", r"test\.tsv: no judgement .* above 0"),
    ],
)
def test_a_bad_row_is_told_with_its_place(folder: Path, file: str, line: str, told: str) -> None:
    (folder / file).write_text(line, encoding="utf-8")
    with pytest.raises(IndexingError, match=told):
        read_beir(folder)


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_told_with_what_belongs_there(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(IndexingError, match=rf"{Path(file).name}: can't be read .*BEIR's layout"):
        read_beir(folder)


def test_a_file_that_is_not_utf_8_is_told(folder: Path) -> None:
    (folder / "corpus.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(IndexingError, match="UTF-8"):
        read_beir(folder)
