"""The losses of training; all vectors are of length one."""

import torch


def contrast(
    left: torch.Tensor, right: torch.Tensor, *, scale: float, same: torch.Tensor | None = None
) -> torch.Tensor:
    """Each left vector to its right vector among all the batch's, and the other way round (InfoNCE).

    `left` and `right`: shape (batch, dimensions). `scale`: one over the temperature. `same`: shape (batch, batch),
    true where a pair that is no row's own would be right as well, and so is left out.
    Source: van den Oord et al. 2018, "Representation learning with contrastive predictive coding".
    """
    scores = scale * left @ right.T
    if same is not None:
        others = same & ~torch.eye(len(same), dtype=torch.bool, device=same.device)
        scores = scores.masked_fill(others, -torch.inf)
    target = torch.arange(len(scores), device=scores.device)
    rows = torch.nn.functional.cross_entropy(scores, target)
    return (rows + torch.nn.functional.cross_entropy(scores.T, target)) / 2


def distance(vectors: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """One minus the mean cosine of vectors with their targets."""
    return 1 - (vectors * targets).sum(1).mean()
