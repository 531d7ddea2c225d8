"""One stage of training: steps of AdamW with linear decay, checkpoints to go on from, and a log of figures."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError

import numpy as np
import torch
from rich.console import Console
from rich.progress import Progress, TimeRemainingColumn
from sentence_transformers import SentenceTransformer

from index.errors import IndexingError

LOG = "log.jsonl"
# One checkpoint in about five minutes on two cores.
CHECKPOINT_STEPS = 200
LOG_STEPS = 20
# Texts are padded to the longest of so many of like length: a third less work than padding a whole batch.
GROUP = 24


@dataclass(frozen=True, slots=True)
class Rates:
    """Peak learning rates of the word embeddings and of everything else, and the share of steps to reach them."""

    embeddings: float
    body: float
    warm_up: float = 0.05


def fast_arithmetic() -> torch.autocast:
    """Computes in bfloat16 where the processor does so fast (from AVX-512 on); without, float32 is 20 times as fast."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=bool(torch.cpu.get_capabilities().get("avx512_bw")))


def embed(model: SentenceTransformer, texts: Sequence[str], *, most_tokens: int) -> torch.Tensor:
    """The texts' unit vectors with their gradient, shape (texts, dimensions)."""
    tokens = model.tokenizer(list(texts), truncation=True, max_length=most_tokens)
    order = np.argsort([len(row) for row in tokens["input_ids"]], kind="stable")
    groups = [order[start : start + GROUP] for start in range(0, len(order), GROUP)]
    vectors = torch.cat([_embed_group(model, [tokens["input_ids"][number] for number in group]) for group in groups])
    return torch.nn.functional.normalize(vectors[torch.from_numpy(np.argsort(order))], dim=1)


def _embed_group(model: SentenceTransformer, rows: list[list[int]]) -> torch.Tensor:
    padded = model.tokenizer.pad({"input_ids": rows}, return_tensors="pt")
    with fast_arithmetic():
        vectors: torch.Tensor = model(dict(padded))["sentence_embedding"]
    return vectors.float()


class Stage:
    """Runs a stage; one that was broken off goes on from its last checkpoint in the same folder."""

    def __init__(self, name: str, model: SentenceTransformer, folder: Path, *, steps: int, rates: Rates) -> None:
        self._name = name
        self._model = model
        self._folder = folder
        self._steps = steps
        words = model[0].auto_model.get_input_embeddings().weight
        rest = [weights for weights in model.parameters() if weights is not words]
        self._optimizer = torch.optim.AdamW(
            [{"params": [words], "lr": rates.embeddings}, {"params": rest, "lr": rates.body}], weight_decay=0.01
        )
        warm_up = max(1, round(rates.warm_up * steps))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min((step + 1) / warm_up, max(0.0, (steps - step) / (steps - warm_up + 1)))
        )

    @property
    def _checkpoint(self) -> Path:
        return self._folder / f"{self._name}.checkpoint"

    def run(self, loss_of_step: Callable[[int], torch.Tensor]) -> None:
        """Take the steps. `loss_of_step` gives the same loss for the same step and weights, whatever ran before.

        Raises IndexingError where a checkpoint can't be read or written.
        """
        first = self._resume()
        self._model.train()
        console = Console(stderr=True)
        columns = (*Progress.get_default_columns()[:-1], TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task(self._name, total=self._steps, completed=first)
            losses: list[float] = []
            for step in range(first, self._steps):
                torch.manual_seed(step)  # dropout
                loss = loss_of_step(step)
                self._optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
                self._optimizer.step()
                self._schedule.step()
                losses.append(float(loss.detach()))
                progress.advance(task)
                if (step + 1) % LOG_STEPS == 0 or step + 1 == self._steps:
                    self._log(step + 1, sum(losses) / len(losses))
                    losses = []
                if (step + 1) % CHECKPOINT_STEPS == 0 or step + 1 == self._steps:
                    self._save(step + 1)
        self._model.eval()

    def _resume(self) -> int:
        if not self._checkpoint.is_file():
            return 0
        try:
            saved = torch.load(self._checkpoint, weights_only=True)
            self._model.load_state_dict(saved["model"])
            if saved["step"] < self._steps:
                self._optimizer.load_state_dict(saved["optimizer"])
                self._schedule.load_state_dict(saved["schedule"])
        except (OSError, EOFError, UnpicklingError, RuntimeError, KeyError, ValueError) as error:
            raise IndexingError(
                f"{self._checkpoint}: it is broken ({type(error).__name__}); remove it to begin anew"
            ) from error
        return int(saved["step"])

    def _save(self, step: int) -> None:
        aside = self._checkpoint.with_suffix(".aside")
        state = {
            "step": step,
            "model": self._model.state_dict(),
            "optimizer": self._optimizer.state_dict() if step < self._steps else {},
            "schedule": self._schedule.state_dict(),
        }
        try:
            torch.save(state, aside)
            aside.replace(self._checkpoint)
        except (OSError, RuntimeError) as error:
            aside.unlink(missing_ok=True)
            why = f"the checkpoint can't be written ({error})"
            raise IndexingError(f"{aside}: {why}; make room and run the command again: it goes on") from error

    def _log(self, step: int, loss: float) -> None:
        row = {"time": round(time.time()), "stage": self._name, "step": step, "of": self._steps, "loss": round(loss, 5)}
        with (self._folder / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")
