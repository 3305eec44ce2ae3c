"""`summarizer cache`: the finished results that are kept, so that no call is paid twice."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from summarizer.cli import options, output
from summarizer.cli.exits import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from summarizer.store import Entry, Store

_DAYS_MOST = 36_500


@click.group(short_help="List, verify and clear the finished results that are kept.")
def cache() -> None:
    """The store of finished results: each finished section is kept, so that no call is paid twice.

    It is one file of the user's cache folder; SUMMARIZER_STORE names another, or `off` for none.
    """


@cache.command("list", short_help="List what is kept.")
@click.option("-f", "--format", "format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.debug_only
def list_(format: str) -> Exit:
    """List what is kept, the oldest first: when it was stored, its size, what it is, the start of its key."""
    with _store() as store:
        entries = store.entries() if store else ()
        if format == "json":
            output.write(_as_json(entries))
            return Exit.DONE
        for entry in entries:
            when = entry.stored.astimezone().strftime("%Y-%m-%d %H:%M")
            _print(f"{when}  {_amount(entry.size):>9}  {entry.about}  {entry.key[:12]}")
        if store:
            output.say(f"{_results(len(entries))} in {_amount(store.size)}: {store.path}")
    return Exit.DONE


@cache.command(short_help="Check every kept result.")
@click.option("--mend", is_flag=True, help="Set a damaged file aside and start a new one with its sound results.")
@options.debug_only
def verify(mend: bool) -> Exit:
    """Check every stored result against its checksum, and the structure of the file; exits with 6 on damage.

    A damaged result is never used; the next run that needs it sets it aside and makes it again.
    """
    with _store() as store:
        if store is None:
            return Exit.DONE
        found = store.verify()
        for key in found.bad:
            _print(f"damaged result: {key}")
        for fault in found.faults:
            _print(f"damaged file: {fault}")
        _print(f"{_results(found.sound)} sound, {len(found.bad)} damaged: {store.path}")
        if found.aside_rows:
            output.say(f"{_results(found.aside_rows)} set aside by earlier runs; `summarizer cache clear` removes them")
        for path in found.aside_files:
            output.say(f"set aside: {path}")
        damaged = store.damaged or not found.ok
        if mend and not found.ok:
            store.mend()
            output.say(f"{_results(store.verify().sound)} kept, the rest set aside")
        return Exit.FINDINGS if damaged else Exit.DONE


@cache.command(short_help="Remove kept results.")
@click.option(
    "--older-than",
    "days",
    metavar="DAYS",
    type=click.IntRange(0, _DAYS_MOST),
    help="Only what was stored longer ago. Without it everything goes, set-aside files included.",
)
@options.debug_only
def clear(days: int | None) -> Exit:
    """Remove kept results. What is removed must be made, and paid for, again."""
    from datetime import timedelta

    with _store() as store:
        if store is not None:
            count = store.clear(None if days is None else timedelta(days=days))
            _print(f"{_results(count)} removed, {_amount(store.size)} left: {store.path}")
    return Exit.DONE


@cache.command(short_help="Print the file they are kept in.")
@options.debug_only
def path() -> Exit:
    """Print the file in which results are kept; nothing when SUMMARIZER_STORE is `off`."""
    place = _place()
    if place is None:
        output.say("the store is off (SUMMARIZER_STORE)")
    else:
        _print(str(place))
    return Exit.DONE


@contextlib.contextmanager
def _store() -> "Iterator[Store | None]":
    """The store, if there is one: looking at it makes none."""
    place = _place()
    if place is None or not place.exists():
        output.say("the store is off (SUMMARIZER_STORE)" if place is None else f"nothing is kept yet: {place}")
        yield None
        return
    from summarizer.store import Store

    with Store.open(place, warn=output.say) as store:
        yield store


def _place() -> "Path | None":
    from summarizer import settings
    from summarizer.store import place

    return place(settings.load().store)


def _as_json(entries: "tuple[Entry, ...]") -> bytes:
    import json

    rows = [
        {"key": e.key, "about": e.about, "stored": e.stored.isoformat(timespec="milliseconds"), "bytes": e.size}
        for e in entries
    ]
    # In ASCII: text of a report can then move no cursor and turn no line round.
    return f"{json.dumps(rows, indent=1)}\n".encode()


def _results(count: int) -> str:
    return f"{count} result" if count == 1 else f"{count} results"


def _amount(size: int) -> str:
    for unit, factor in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


def _print(line: str) -> None:
    output.write(f"{output.one_line(line)}\n".encode(errors="backslashreplace"))
