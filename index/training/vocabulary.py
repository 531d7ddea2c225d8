"""The student: the teacher's body under a vocabulary of Czech and English WordPieces without case and accents."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer, models, trainers
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from index.errors import IndexingError

CONTINUED = "##"
# More Czech pieces than these shorten texts little, and the weights must stay below 50 MB in half precision.
CZECH_PIECES = 18_000
# An English piece that the corpus uses less often is spelled by shorter ones.
LEAST_USES = 3


def student(
    teacher: SentenceTransformer, english: Sequence[str], czech: Sequence[str], folder: Path
) -> SentenceTransformer:
    """The teacher with a new vocabulary; a new piece starts as the mean of the teacher's pieces of the same letters.

    The student is written into `folder` on the way. Raises IndexingError where that can't be written.
    """
    pieces = vocabulary(teacher, english, czech)
    old = teacher.tokenizer.get_vocab()
    before = teacher[0].auto_model.get_input_embeddings().weight.detach()
    rows = []
    for piece in pieces:
        numbers = [old[piece]] if piece in old else _spelled(teacher, piece)
        rows.append(before[numbers].mean(0))
    try:
        teacher.save(str(folder))
        _replace_vocabulary(folder / "tokenizer.json", pieces)
    except (OSError, SafetensorError) as error:
        raise IndexingError(f"{folder}: the student can't be written ({error}); make room and run it again") from error
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    body = model[0].auto_model
    body.resize_token_embeddings(len(pieces), mean_resizing=False)
    body.get_input_embeddings().weight.data.copy_(torch.stack(rows))
    return model


def vocabulary(teacher: SentenceTransformer, english: Iterable[str], czech: Iterable[str]) -> list[str]:
    """The teacher's special pieces and single letters, those that English texts use, and pieces learned from Czech.

    The trainer of pieces orders equals by chance, so what it learned is sorted.
    """
    old = sorted(teacher.tokenizer.get_vocab().items(), key=lambda row: row[1])
    uses: Counter[int] = Counter()
    for text in english:
        uses.update(teacher.tokenizer(text, add_special_tokens=False)["input_ids"])
    special = set(teacher.tokenizer.all_special_tokens)
    kept = [
        piece
        for piece, number in old
        if piece in special or len(piece.removeprefix(CONTINUED)) == 1 or uses[number] >= LEAST_USES
    ]
    known = set(kept)
    return [*kept, *sorted(piece for piece in _czech_pieces(czech) if piece not in known)]


def _czech_pieces(texts: Iterable[str]) -> list[str]:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=CZECH_PIECES, min_frequency=2, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return list(tokenizer.get_vocab())


def _spelled(teacher: SentenceTransformer, piece: str) -> Sequence[int]:
    """The teacher's pieces of a new piece's letters; one within a word is spelled as the rest of a word."""
    letters = piece.removeprefix(CONTINUED)
    numbers: list[int] = teacher.tokenizer(letters, add_special_tokens=False)["input_ids"]
    if piece.startswith(CONTINUED):
        within = teacher.tokenizer.convert_tokens_to_ids(
            CONTINUED + teacher.tokenizer.convert_ids_to_tokens(numbers[0])
        )
        if within != teacher.tokenizer.unk_token_id:
            numbers = [within, *numbers[1:]]
    return numbers


def _replace_vocabulary(path: Path, pieces: Sequence[str]) -> None:
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    numbers = {piece: number for number, piece in enumerate(pieces)}
    tokenizer["model"]["vocab"] = numbers
    for token in tokenizer["added_tokens"]:
        token["id"] = numbers[token["content"]]
    for token in tokenizer["post_processor"].get("special_tokens", {}).values():
        token["ids"] = [numbers[name] for name in token["tokens"]]
    path.write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
