"""A corpus of a few rows and a teacher of one small layer: real parts, trained for real, in seconds."""

import gzip
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules
from tokenizers import Tokenizer, models, trainers
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

SENTENCES = [
    ("How do I pay?", "Jak zaplatím?"),
    ("Where is the key?", "Kde je klíč?"),
    ("The car is green.", "Auto je zelené."),
    ("Close the window, please.", "Zavřete prosím okno."),
    ("Two days later it rained.", "O dva dny později pršelo."),
    ("The map shows the way.", "Mapa ukazuje cestu."),
]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


@pytest.fixture(scope="session")
def shared_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus's folder; nothing there may be changed."""
    folder = tmp_path_factory.mktemp("corpus")
    pairs = [{"en": english, "cs": czech, "source": "a/b", "tier": "human"} for english, czech in SENTENCES]
    write_rows(folder / "parallel.jsonl.gz", pairs)
    questions = [
        {"lang": lang, "question": f"{text}?", "answer": text * 2, "pair_id": str(number), "source": "a/b"}
        for number, row in enumerate(SENTENCES)
        for lang, text in zip(("en", "cs"), row, strict=True)
    ]
    write_rows(folder / "qa.jsonl.gz", questions)
    return folder


@pytest.fixture
def corpus(shared_corpus: Path, tmp_path: Path) -> Path:
    """A corpus's folder of the test's own."""
    return shutil.copytree(shared_corpus, tmp_path / "corpus")


@pytest.fixture(scope="session")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder that knows English words only."""
    folder = tmp_path_factory.mktemp("teacher")
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    alphabet = list("abcdefghijklmnopqrstuvwxyz")
    trainer = trainers.WordPieceTrainer(
        vocab_size=120, special_tokens=SPECIAL, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator([english for english, _ in SENTENCES] * 3 + alphabet, trainer)
    ends = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, mask_token="[MASK]", **names).save_pretrained(folder / "body")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config).save_pretrained(folder / "body")
    body = modules.Transformer(str(folder / "body"), max_seq_length=64)
    model = SentenceTransformer(modules=[body, modules.Pooling(32, "mean"), modules.Normalize()], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"
