"""The slow imports of the llm engine, made faster."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quickly() -> Iterator[None]:
    """Import without the garbage collector.

    What an import makes stays until the end, but the collector would go through all of it again and again, and once
    more when the process ends: a third of the time that openai and instructor take.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
