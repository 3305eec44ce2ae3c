"""Finished results, kept by the hash of everything that determines them, in one sqlite file. Edge.

A result that `put` has returned for survives a crash, a kill and, on a disk that tells the truth, a power cut. Damage
is never an answer: a row whose checksum fails, or a file sqlite cannot read, is a miss, told once and set aside.
"""

from summarizer.store.place import place
from summarizer.store.results import Entry, Fresh, Store, Verification, opened

__all__ = ["Entry", "Fresh", "Store", "Verification", "opened", "place"]
