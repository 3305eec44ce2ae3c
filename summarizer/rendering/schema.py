"""The published JSON Schema of a brief, generated from the records: `python -m summarizer.rendering.schema`.

The only module that turns the result records into a pydantic model; loaded when a saved brief is read or the schema
is written, never in an ordinary run.
"""

import json
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from summarizer.brief import BriefData

_DECIMAL = {"type": "string", "pattern": r"^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"}
_SPAN = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
    "maxItems": 2,
    "description": "Half-open [start, end) in code points of the string it stands beside.",
}


@cache
def adapter() -> "TypeAdapter[tuple[BriefData]]":
    """Validator of a JSON array that holds one brief; unknown keys are refused.

    A one-element tuple, because pydantic takes no configuration beside a bare dataclass.
    """
    return TypeAdapter(
        tuple[BriefData],
        config=ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True),
    )


def brief_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `--format json` prints."""
    generated = adapter().json_schema(mode="serialization")
    definitions = {name: _tidy(d) for name, d in sorted(generated["$defs"].items())}
    brief = definitions.pop("BriefData")
    definitions["Span"] = _SPAN
    definitions["Metric"]["properties"]["value"] = {
        **_DECIMAL,
        "description": "Unsigned, in the base unit, without exponent or trailing zeros.",
    }
    brief["properties"]["schema_version"] = {"const": "1"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Brief",
        "description": "One report as a bilingual brief. Offsets are half-open [start, end) in code points: of the "
        "document text, or of the prose string they stand beside (`figures`, `marks`).",
        **{k: v for k, v in brief.items() if k != "description"},
        "$defs": definitions,
    }


def to_text(schema: dict[str, Any]) -> str:
    """The schema as it is committed."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _tidy(node: Any) -> Any:
    # Titles repeat the key; ranges and counts are never negative; docstrings lose their line breaks.
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "prefixItems" in node:
        return {"$ref": "#/$defs/Span"}
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key == "title" and isinstance(value, str):
            continue
        if key == "default":
            continue
        if key == "properties":
            out[key] = {name: _tidy(inner) for name, inner in value.items()}
        elif key == "description":
            out[key] = " ".join(str(value).split())
        else:
            out[key] = _tidy(value)
    if out == {"type": "integer"}:
        out["minimum"] = 0
    return out


if __name__ == "__main__":
    print(to_text(brief_schema()), end="")
