"""What a model's answer must look like: pydantic models that instructor validates, built from the report type.

An answer is a list of lines, `5|案件数量|Number of cases` and the like: decoding takes the time and the money of a
call, and the same as objects takes a quarter more tokens, besides a schema ten times as long. A model that writes
objects is understood as well. Ids are accepted as strings, since some models write them so; anything a model adds is
passed over.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator

from summarizer.definition import OverviewField

_LONGEST_LABEL = 400
_LONGEST_PROSE = 6000
_MOST = 400

_BAR = re.compile(r"\|(?![^\[\]]*\])")  # not that of a figure as a passage shows it, `[5|15件]`
_PLACES = re.compile(r"[\[§\]0-9,，、;\s-]*")


def _whole(value: object) -> object:
    """`"5"`, `"[5]"`, `"§5"` and 5.0 are all 5."""
    if isinstance(value, str):
        return int(value.strip(" []#§")) if value.strip(" []#§").isascii() and value.strip(" []#§").isdigit() else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _several(value: object) -> object:
    """`"3,5"` and `"§3, §5"` are both 3 and 5."""
    return tuple(re.findall("[0-9]+", value)) if isinstance(value, str) and _PLACES.fullmatch(value) else value


Id = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=100_000)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_several), Field(max_length=_MOST)]
LabelText = Annotated[str, Field(max_length=_LONGEST_LABEL)]
ProseText = Annotated[str, Field(max_length=_LONGEST_PROSE)]


def _parts(line: str, keys: Sequence[str], places: str = "") -> dict[str, str] | None:
    """A line of parts as an object; None when it lacks parts. `places` names the part that may be left out."""
    parts = [part.strip() for part in _BAR.split(line)]
    if places and len(parts) > keys.index(places) and not _PLACES.fullmatch(parts[keys.index(places)]):
        keys = [key for key in keys if key != places]
    most = len(keys)
    if len(parts) < most:
        return None
    return dict(zip(keys, [*parts[: most - 1], "|".join(parts[most - 1 :])], strict=True))


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


def _as_lines(schema: dict[str, Any]) -> None:
    """Ask for lines, however an answer may be written."""
    title = schema["title"]  # which instructor reads
    lines = {"type": "array", "items": {"type": "string"}}
    schema.clear()
    schema.update({"title": title, "type": "object", "properties": {"lines": lines}, "required": ["lines"]})


class LabelReply(_Part):
    """What one quantity is: `5|zh|en`."""

    id: Id
    zh: LabelText
    en: LabelText


class TitleReply(_Part):
    """A heading in English: `#2|en`."""

    section: Id
    en: LabelText


class SummaryReply(_Part):
    """A section in one to three sentences, and the numbers of the sentences they rest on: `#2|3,6|zh|en`."""

    section: Id
    zh: ProseText
    en: ProseText
    sentences: Ids = ()


class DisputeReply(_Part):
    """Where the model reads a figure otherwise than code: `5!target|note`."""

    id: Id
    why: Literal["not_a_metric", "target", "actual", "direction"]
    note: LabelText = ""


_DISPUTE = re.compile(r"\s*\[?(\d+)\]?\s*[!！]\s*([a-z_]+)\s*(?:\|(.*))?", re.S)


def _sorted_out(lines: Iterable[object]) -> dict[str, list[object]]:
    """Lines by what they tell. One that tells nothing is left out, so that its item is missing, and asked for again."""
    found: dict[str, list[object]] = {"labels": [], "titles": [], "summaries": [], "disputes": []}
    for line in lines:
        if not isinstance(line, str):
            continue
        several = len(_BAR.split(line))
        if dispute := _DISPUTE.fullmatch(line):
            found["disputes"].append({"id": dispute[1], "why": dispute[2], "note": (dispute[3] or "").strip()})
        elif several == 2:
            found["titles"].append(_parts(line, ("section", "en")))
        elif several > 2 and (line.lstrip().startswith("#") or several > 3):
            found["summaries"].append(_parts(line, ("section", "sentences", "zh", "en"), "sentences"))
        elif several == 3:
            found["labels"].append(_parts(line, ("id", "zh", "en")))
    return found


class _Lines(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, json_schema_extra=_as_lines)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        lines = value.get("lines") if isinstance(value, dict) else None
        return _sorted_out(lines[: 4 * _MOST]) if isinstance(lines, list | tuple) else value


class SectionReply(_Lines):
    """The answer about one chunk."""

    labels: Annotated[tuple[LabelReply, ...], Field(max_length=_MOST)]
    titles: Annotated[tuple[TitleReply, ...], Field(max_length=_MOST)]
    summaries: Annotated[tuple[SummaryReply, ...], Field(max_length=_MOST)]
    disputes: Annotated[tuple[DisputeReply, ...], Field(max_length=_MOST)] = ()


class SectionRepair(_Lines):
    """Faulty items of a chunk, again."""

    labels: Annotated[tuple[LabelReply, ...], Field(max_length=_MOST)] = ()
    titles: Annotated[tuple[TitleReply, ...], Field(max_length=_MOST)] = ()
    summaries: Annotated[tuple[SummaryReply, ...], Field(max_length=_MOST)] = ()
    disputes: Annotated[tuple[DisputeReply, ...], Field(max_length=_MOST)] = ()


class ItemReply(_Part):
    """An item of the overview by its name: a text, `text|4,9|zh|en`, or sentences pointed at, `problems|3,5`."""

    item: Annotated[str, Field(max_length=80)]
    zh: ProseText = ""
    en: ProseText = ""
    sentences: Ids = ()


class _Overview(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, json_schema_extra=_as_lines)

    lines: Annotated[tuple[Any, ...], Field(max_length=_MOST)]

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        lines = value.get("lines") if isinstance(value, dict) else None
        if not isinstance(lines, list | tuple):
            return value
        found: dict[str, object] = {"lines": lines}
        for item in map(_item, lines[:_MOST]):
            if isinstance(item, dict) and isinstance(item.get("item"), str):
                found.setdefault(item["item"], item)
        return found


def _item(line: object) -> object:
    if not isinstance(line, str):
        return line
    if len(_BAR.split(line)) == 2:
        return _parts(line, ("item", "sentences"))
    return _parts(line, ("item", "sentences", "zh", "en"), "sentences")


@lru_cache(maxsize=32)
def overview_reply(fields: tuple[OverviewField, ...]) -> type[BaseModel]:
    """The answer about the whole report, or its faulty items again: an item for each field of the report type."""
    attributes: dict[str, Any] = {f.name: (ItemReply | None, None) for f in fields}
    return create_model("OverviewReply", __base__=_Overview, **attributes)


def items(reply: BaseModel, fields: Sequence[OverviewField]) -> dict[str, ItemReply]:
    """What an answer about the whole report holds, by the name of its field."""
    return {f.name: item for f in fields if (item := getattr(reply, f.name)) is not None}
