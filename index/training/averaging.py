"""The mean of the weights of several checkpoints of one student, as a folder.

    python -m index.training.averaging STUDENT CHECKPOINT... OUT

STUDENT is any folder of that student: its configuration and vocabulary are taken. Weights before and after the last
stage, averaged, keep what each is best at (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from pickle import UnpicklingError

import torch

from index.errors import IndexingError
from index.training.recipe import open_model, save_model

Weights = dict[str, torch.Tensor]


def average(student: Path, checkpoints: Sequence[Path], out: Path) -> None:
    """Write the student with the mean of the checkpoints' weights, in half precision.

    Raises IndexingError for a checkpoint that can't be read or is of another model.
    """
    states = [_weights(path) for path in checkpoints]
    model = open_model(str(student))
    try:
        means = {name: torch.stack([state[name] for state in states]).mean(0) for name in model.state_dict()}
        model.load_state_dict(means)
    except (KeyError, RuntimeError) as error:
        raise IndexingError(f"{', '.join(map(str, checkpoints))}: not all are of {student} ({error})") from error
    save_model(model, out)


def _weights(path: Path) -> Weights:
    try:
        weights: Weights = torch.load(path, weights_only=True)["model"]
    except (OSError, EOFError, UnpicklingError, RuntimeError, KeyError) as error:
        raise IndexingError(f"{path}: is no checkpoint of a training ({type(error).__name__})") from error
    return weights


def main() -> None:
    """Average what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("student", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    average(arguments.student, arguments.checkpoints, arguments.out)


if __name__ == "__main__":
    main()
