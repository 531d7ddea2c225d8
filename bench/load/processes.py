"""What a server's processes take: memory, where what is shared between them counts once, and time of the processor."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1000
_ROW = re.compile(r"^(Pss|Private_Clean|Private_Dirty): +(\d+) kB", re.MULTILINE)
# Of a process, behind its name: clock ticks in user code and in the system (proc(5)).
_USER, _SYSTEM = 11, 12


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: of the server with one worker, and what each further worker adds, which only it has."""

    first: float
    further: float


def memory(master: int) -> Memory:
    """The memory of a server now. The further worker is the larger of those that there are."""
    workers = _workers(master)
    whole = sum(_rollup(pid)["Pss"] for pid in (master, *workers))
    private = sorted(_private(_rollup(pid)) for pid in workers)
    return Memory((whole - sum(private[1:])) / _MEGABYTE, private[-1] / _MEGABYTE)


def processor_seconds(master: int) -> float:
    """The time of the processor that a server's processes have taken so far; other programs hardly change it."""
    ticks = 0
    for pid in (master, *_workers(master)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        ticks += int(fields[_USER]) + int(fields[_SYSTEM])
    return ticks / os.sysconf("SC_CLK_TCK")


def _workers(master: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def _rollup(pid: int) -> dict[str, int]:
    """Kilobytes by kind."""
    return {name: int(size) for name, size in _ROW.findall(Path(f"/proc/{pid}/smaps_rollup").read_text())}


def _private(rollup: dict[str, int]) -> int:
    return rollup["Private_Clean"] + rollup["Private_Dirty"]


def machine() -> str:
    """The processor: its cores and the widest instructions that it has for vectors, and for products of bytes."""
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    widest = next((label for flag, label in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in flags), "no AVX2")
    vnni = "with VNNI" if {"avx512_vnni", "avx_vnni"} & {*flags} else "without VNNI"
    return f"{os.cpu_count()} cores, {widest} {vnni}"
