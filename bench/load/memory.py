"""Memory by proportional set size: what is shared between processes counts once."""

import re
from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1000
_ROW = re.compile(r"^(Pss|Private_Clean|Private_Dirty): +(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: of the server with one worker, and what each further worker adds, which only it has."""

    first: float
    further: float


def memory(master: int) -> Memory:
    """The memory of a server now. The further worker is the larger of those that there are."""
    workers = [int(child) for child in Path(f"/proc/{master}/task/{master}/children").read_text().split()]
    whole = sum(_rollup(pid)["Pss"] for pid in (master, *workers))
    private = sorted(_private(_rollup(pid)) for pid in workers)
    return Memory((whole - sum(private[1:])) / _MEGABYTE, private[-1] / _MEGABYTE)


def _rollup(pid: int) -> dict[str, int]:
    """Kilobytes by kind."""
    return {name: int(size) for name, size in _ROW.findall(Path(f"/proc/{pid}/smaps_rollup").read_text())}


def _private(rollup: dict[str, int]) -> int:
    return rollup["Private_Clean"] + rollup["Private_Dirty"]
