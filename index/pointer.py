"""Which index is current: a file in the folder of all indexes that names one of them. Imports nothing heavy."""

import os
from pathlib import Path

from index.errors import IndexingError

POINTER = "current"


def current_folder(index_dir: Path) -> Path:
    """The folder that the pointer names. Raises IndexingError where there is none."""
    try:
        name = (index_dir / POINTER).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexingError(f"{index_dir}: no current index; run `radce index build`") from error
    return index_dir / name


def point_to(folder: Path) -> None:
    """Make a folder the current one of those beside it; who reads meanwhile sees the old name or the new one."""
    aside = folder.parent / f".{POINTER}-{os.getpid()}"
    aside.write_text(folder.name + "\n", encoding="utf-8")
    aside.replace(folder.parent / POINTER)
