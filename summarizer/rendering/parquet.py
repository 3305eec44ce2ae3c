"""Tables as Parquet, typed the same way whatever they hold, so that files of many runs can be read as one."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from summarizer.brief import BriefData
from summarizer.errors import OptionError
from summarizer.rendering import table
from summarizer.rendering.table import Cell

_INTEGERS = frozenset({"year", "number_start", "number_end", "evidence_start", "evidence_end"})
_BOOLEANS = frozenset({"stated_in_words"})


def to_parquet(*briefs: BriefData) -> bytes:
    """The metrics of briefs, a row each, columns as in `to_frame()`. Raises: OptionError when pyarrow is missing."""
    return written(table.COLUMNS, table.rows(*briefs), _INTEGERS, _BOOLEANS)


def require() -> None:
    """Look whether Parquet can be written. Raises: OptionError saying what to install."""
    if find_spec("pyarrow") is None:
        raise OptionError("Parquet needs pyarrow: pip install 'summarizer[parquet]'")


def written(
    columns: tuple[str, ...],
    rows: Iterable[Mapping[str, Cell]],
    integers: frozenset[str],
    booleans: frozenset[str] = frozenset(),
) -> bytes:
    """Any table as Parquet: floats named `value` with their exact decimal text beside them, integers, else text.

    Raises: OptionError when pyarrow is missing.
    """
    require()
    import pyarrow
    import pyarrow.parquet

    found = table.with_exact(columns, _encodable(rows))
    fields: list[tuple[str, Any]] = []
    for name in found:
        kind = pyarrow.int64() if name in integers else pyarrow.bool_() if name in booleans else pyarrow.string()
        fields.append((name, pyarrow.float64() if name.endswith("value") else kind))
    out = BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(found, schema=pyarrow.schema(fields)), out, compression="zstd")
    return out.getvalue()


def _encodable(rows: Iterable[Mapping[str, Cell]]) -> Iterator[dict[str, Cell]]:
    # A report may hold lone surrogates, which no Parquet text can.
    for row in rows:
        yield {
            name: cell.encode(errors="backslashreplace").decode() if isinstance(cell, str) else cell
            for name, cell in row.items()
        }
