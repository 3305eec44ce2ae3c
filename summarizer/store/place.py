"""Where the store stands."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from summarizer.errors import StoreError

OFF = "off"
_INSIDE = ("summarizer", "store.sqlite3")


def place(
    setting: str | None, environment: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Path | None:
    """The file that `SUMMARIZER_STORE` means: a path, None for `off`, and for None the user's cache folder.

    Raises: StoreError when there is no telling where the user's files are.
    """
    if setting is not None and setting.strip().lower() == OFF:
        return None
    try:
        if setting is not None and setting.strip():
            return Path(setting.strip()).expanduser().absolute()
        return _cache_folder(os.environ if environment is None else environment, platform).joinpath(*_INSIDE)
    except (RuntimeError, OSError) as error:  # no home folder, no working folder
        raise StoreError(f"no place for the store ({error}); use --no-store or SUMMARIZER_STORE=PATH") from error


def is_default(path: Path) -> bool:
    """Tell whether a path is named as only this program names its store."""
    return path.parts[-2:] == _INSIDE


def _cache_folder(environment: Mapping[str, str], platform: str) -> Path:
    if platform == "win32":
        named = Path(environment.get("LOCALAPPDATA", ""))
        return named if named.is_absolute() else Path.home() / "AppData" / "Local"
    if platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = Path(environment.get("XDG_CACHE_HOME", ""))
    # The XDG specification: a relative path is to be ignored.
    return named if named.is_absolute() else Path.home() / ".cache"
