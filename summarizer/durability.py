"""What makes a new or renamed file last through a power cut."""

import os
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, as far as the system lets us; never raises OSError."""
    # A name lasts only when its folder is synced too; Windows cannot and need not.
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
