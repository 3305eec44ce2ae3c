"""Writes files whole or not at all, and finds safe names for them."""

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from summarizer.durability import sync_folder
from summarizer.errors import StoreError
from summarizer.patterns import pattern

_UNSAFE = pattern(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\s]+')
_RESERVED = pattern(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.I)  # names that Windows keeps for devices
_LONGEST_STEM = 150  # bytes of UTF-8; file systems take 255 and the suffix and a counter must fit as well


def write(path: Path, data: bytes) -> None:
    """Write a file at once: a reader sees the old content or the new, also after a crash.

    Raises: StoreError naming the path and the reason.
    """
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, keep: Callable[[], bool] = lambda: True) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path`; at the end it takes the place of `path` if `keep()`, else it goes.

    An exception inside leaves `path` as it was. A path that is no regular file (`/dev/null`) is written directly.
    Raises: StoreError naming the path and the reason.
    """
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            with path.open("wb") as file:
                yield file
            return
        target = path.resolve()  # a link stays a link, and the file it names is replaced
        scratch = target.with_name(f".{os.urandom(8).hex()}.part")
        # The mode is what `open` would give; an existing file keeps its own.
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if keep():
                if mode is not None:
                    scratch.chmod(stat.S_IMODE(mode))
                scratch.replace(target)
                sync_folder(target.parent)
        finally:
            with suppress(OSError):
                scratch.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error})") from error


def file_stem(name: str) -> str:
    """Make a stem that is safe on every file system from a report's name, Chinese kept.

    >>> file_stem("../荣昌区\\n2023.txt")
    '荣昌区_2023'
    """
    stem = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    if "." in stem.lstrip("."):
        stem = stem.rpartition(".")[0]
    stem = _UNSAFE.sub("_", stem).strip("._- ")
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore").rstrip("._- ")
    if not stem:
        return "report"
    return f"_{stem}" if _RESERVED.match(stem) else stem


def file_names(names: Iterable[str], suffixes: Iterable[str], folder: Path, taken: Iterable[Path]) -> list[str]:
    """Choose a stem in `folder` for each report, in order, so that no two outputs meet and none meets a `taken` path.

    File systems that ignore case are reckoned with.
    """
    endings = tuple(suffixes)
    used = {_same(path) for path in taken}
    stems: list[str] = []
    for name in names:
        stem = first = file_stem(name)
        count = 1
        while any(_same(folder / f"{stem}{ending}") in used for ending in endings):
            count += 1
            stem = f"{first}-{count}"
        used.update(_same(folder / f"{stem}{ending}") for ending in endings)
        stems.append(stem)
    return stems


def _same(path: Path) -> str:
    with suppress(OSError, ValueError):
        path = path.resolve()
    return unicodedata.normalize("NFC", str(path)).casefold()
