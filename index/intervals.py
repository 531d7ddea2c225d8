"""How far a share that was counted on a few questions may be from the true one."""

import math

# Of the normal distribution, 95 % lie within so many standard deviations.
DEVIATIONS = 1.959964


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of the share `right / total`; of no questions at all, everything from 0 to 1.

    Wilson 1927, "Probable inference, the law of succession, and statistical inference": unlike the normal
    approximation it holds for shares near 0 and 1 and for few questions.
    """
    if not total:
        return 0.0, 1.0
    share = right / total
    square = DEVIATIONS**2
    middle = share + square / (2 * total)
    half = DEVIATIONS * math.sqrt(share * (1 - share) / total + square / (4 * total**2))
    whole = 1 + square / total
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
