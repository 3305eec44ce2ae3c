"""What a model's answer must look like: pydantic models that instructor validates, built from the report type.

Ids are accepted as strings, since some models write them so; anything a model adds is passed over.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from summarizer.definition import OverviewField

_LONGEST_LABEL = 400
_LONGEST_PROSE = 6000
_MOST = 400


def _whole(value: object) -> object:
    """`"5"`, `"[5]"`, `"§5"` and 5.0 are all 5."""
    if isinstance(value, str):
        return int(value.strip(" []#§")) if value.strip(" []#§").isascii() and value.strip(" []#§").isdigit() else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


Id = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=100_000)]
LabelText = Annotated[str, Field(max_length=_LONGEST_LABEL)]
ProseText = Annotated[str, Field(max_length=_LONGEST_PROSE)]


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class LabelReply(_Reply):
    """What one quantity is."""

    id: Id
    zh: LabelText
    en: LabelText


class TitleReply(_Reply):
    """A heading in English."""

    section: Id
    en: LabelText


class SummaryReply(_Reply):
    """A section in one to three sentences."""

    section: Id
    zh: ProseText
    en: ProseText
    sentences: Annotated[tuple[Id, ...], Field(max_length=_MOST)] = ()


class DisputeReply(_Reply):
    """Where the model reads a figure otherwise than code."""

    id: Id
    why: Literal["not_a_metric", "target", "actual", "direction"]
    note: LabelText = ""


class SectionReply(_Reply):
    """The answer about one chunk."""

    labels: Annotated[tuple[LabelReply, ...], Field(max_length=_MOST)]
    titles: Annotated[tuple[TitleReply, ...], Field(max_length=_MOST)]
    summaries: Annotated[tuple[SummaryReply, ...], Field(max_length=_MOST)]
    disputes: Annotated[tuple[DisputeReply, ...], Field(max_length=_MOST)] = ()


class SectionRepair(_Reply):
    """Faulty items of a chunk, again."""

    labels: Annotated[tuple[LabelReply, ...], Field(max_length=_MOST)] = ()
    titles: Annotated[tuple[TitleReply, ...], Field(max_length=_MOST)] = ()
    summaries: Annotated[tuple[SummaryReply, ...], Field(max_length=_MOST)] = ()
    disputes: Annotated[tuple[DisputeReply, ...], Field(max_length=_MOST)] = ()


class TextReply(_Reply):
    """A text of the overview."""

    zh: ProseText
    en: ProseText
    sections: Annotated[tuple[Id, ...], Field(max_length=_MOST)] = ()


class NumberedTextReply(TextReply):
    """A text of the overview, again; `item` as the fault named it (`problems 2`)."""

    item: Annotated[str, Field(max_length=80)]


class OverviewRepair(_Reply):
    """Faulty texts of the overview, again."""

    texts: Annotated[tuple[NumberedTextReply, ...], Field(max_length=_MOST)]


@lru_cache(maxsize=32)
def overview_reply(fields: tuple[OverviewField, ...]) -> type[BaseModel]:
    """The answer about the whole report: one attribute for each field of the report type."""
    many = Annotated[tuple[TextReply, ...], Field(max_length=_MOST)]
    attributes: dict[str, Any] = {f.name: (TextReply if f.kind == "prose" else many, ...) for f in fields}
    return create_model("OverviewReply", __base__=_Reply, **attributes)


def texts(reply: BaseModel, fields: Sequence[OverviewField]) -> dict[str, TextReply]:
    """The texts of an overview by item: `text`, `problems 1`, `problems 2` ..."""
    found: dict[str, TextReply] = {}
    for f in fields:
        value = getattr(reply, f.name)
        if f.kind == "prose":
            found[f.name] = value
        else:
            found.update({f"{f.name} {n}": item for n, item in enumerate(value, 1)})
    return found
