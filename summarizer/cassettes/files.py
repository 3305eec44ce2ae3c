"""The file of a cassette: what it holds, in which form, and what it must not hold."""

import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from summarizer.errors import CassetteError
from summarizer.records import record

FORMAT = "summarizer 1"
HEADERS = ("content-type",)  # all that is kept, of requests and replies
MODES = ("json_schema", "json", "md_json", "tools")

_SECRET = re.compile(r"\bsk-[A-Za-z0-9_-]{16,}|\bBearer [A-Za-z0-9._~+/-]{16,}")
_SHORTEST_KEY = 8
# What is not a parameter of a request, but the request itself or made from the mode.
_NO_PARAMETERS = ("model", "messages", "response_format", "tools", "tool_choice")
# What a reply says of its making: different each time.
_PASSING = {"id": "recorded", "created": 0}
_DROPPED = ("system_fingerprint", "service_tier", "request_id")


@record
class Parameters:
    """How the replies of a cassette were asked for; asked otherwise, they are not found.

    Attributes:
        mode: one of `json_schema`, `json`, `md_json`, `tools`.
        temperature: None when none was sent.
        extra_body: further fields that were sent, None when there were none.
    """

    model: str
    mode: str
    temperature: float | None
    extra_body: Mapping[str, Any] | None


def parameters(path: str | Path) -> Parameters:
    """Tell how the replies of a cassette were asked for. Raises: CassetteError."""
    told = read(Path(path))
    rest = dict(told["parameters"])
    return Parameters(told["model"], told["mode"], rest.pop("temperature", None), rest or None)


def faults(path: str | Path) -> tuple[str, ...]:
    """What must not stand in a cassette: headers outside the list, other addresses, what looks like a key.

    Raises: CassetteError when it is no cassette.
    """
    path = Path(path)
    return _faults(read(path), path.read_text("utf-8"), frozenset())


def write(path: Path, recorded: Sequence[tuple[Any, dict[str, Any]]], secrets: Collection[str]) -> None:
    """Write vcrpy's requests and replies, given in order of time; no secret may be in them. Raises: CassetteError."""
    interactions = [_interaction(request, reply) for request, reply in recorded]
    if not interactions:
        raise CassetteError(f"{path}: nothing was recorded, no reply was good")
    models, settings = [], []
    for one in interactions:
        body = one["request"]["body"]
        if not isinstance(body, dict):
            raise CassetteError(f"{path}: a request that is no JSON was sent; nothing is written")
        models.append(body.get("model"))
        settings.append({name: value for name, value in body.items() if name not in _NO_PARAMETERS})
    if any(m != models[0] for m in models) or any(s != settings[0] for s in settings):
        raise CassetteError(f"{path}: recorded with more than one model or set of parameters; nothing is written")
    # While it is found out what the endpoint understands, replies in other modes come too. The last one stays.
    mode = _mode(interactions[-1])
    kept = [one for one in interactions if _mode(one) == mode]
    # By content: calls end in any order. sort() is stable, so the same request keeps the order of its replies.
    kept.sort(key=lambda one: json.dumps(one["request"], sort_keys=True))
    told = {"cassette": FORMAT, "model": models[0], "mode": mode, "parameters": settings[0], "interactions": kept}
    text = _dump(told)
    wrong = _faults(told, text, frozenset(s for s in secrets if len(s) >= _SHORTEST_KEY))
    if wrong:
        raise CassetteError(f"{path}: not written, it would hold {wrong[0]}")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise CassetteError(f"{path}: cannot be written: {error.strerror}") from None


def _interaction(request: Any, reply: dict[str, Any]) -> dict[str, Any]:
    body = _tree(reply["body"]["string"])
    if isinstance(body, dict):
        body = {name: _PASSING.get(name, value) for name, value in body.items() if name not in _DROPPED}
    return {
        "request": {
            "method": request.method,
            "path": request.path,
            "headers": dict(request.headers),
            "body": _tree(request.body or b""),
        },
        "response": {
            "status": reply["status"]["code"],
            "headers": {name: values[0] for name, values in reply["headers"].items()},
            "body": body,
        },
    }


def _mode(interaction: Mapping[str, Any]) -> str:
    body = interaction["request"]["body"]
    if body.get("tools"):
        return "tools"
    form = body.get("response_format")
    kind = form.get("type") if isinstance(form, dict) else None
    return {"json_schema": "json_schema", "json_object": "json"}.get(str(kind), "md_json")


def _faults(told: Mapping[str, Any], text: str, secrets: frozenset[str]) -> tuple[str, ...]:
    found = []
    for one in told["interactions"]:
        for side in ("request", "response"):
            found += [f"the header {name!r}" for name in one[side]["headers"] if name.lower() not in HEADERS]
        if not one["request"]["path"].startswith("/"):
            found.append("an address")
    if any(secret in text for secret in secrets):
        found.append("the key that was sent")
    if _SECRET.search(text):
        found.append("what looks like a key")
    return tuple(found)


def read(path: Path) -> dict[str, Any]:
    """Read and check a cassette. Raises: CassetteError."""
    import yaml

    try:
        content = path.read_text("utf-8")
    except FileNotFoundError:
        raise CassetteError(f"cassette {path}: no such file") from None
    except UnicodeDecodeError:
        raise CassetteError(f"cassette {path}: not a text file in UTF-8") from None
    except OSError as error:
        raise CassetteError(f"cassette {path}: cannot be read: {error.strerror}") from None
    if not content.strip():
        raise CassetteError(f"cassette {path}: the file is empty; record it again")
    try:
        told = yaml.load(content, Loader=_loader())
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark is not None else ""
        raise CassetteError(f"cassette {path}: not plain YAML{place}; record it again") from None
    if not isinstance(told, dict) or not str(told.get("cassette", "")).startswith("summarizer "):
        raise CassetteError(f"cassette {path}: not recorded by this program; record it again")
    if told["cassette"] != FORMAT:
        raise CassetteError(f"cassette {path}: recorded by another version ({told['cassette']}); record it again")
    if not _is_sound(told):
        raise CassetteError(f"cassette {path}: damaged; record it again")
    return told


def _is_sound(told: Mapping[str, Any]) -> bool:
    interactions = told.get("interactions")
    return (
        isinstance(told.get("model"), str)
        and told.get("mode") in MODES
        and isinstance(told.get("parameters"), dict)
        and isinstance(interactions, list)
        and bool(interactions)
        and all(_is_interaction(one) for one in interactions)
    )


def _is_interaction(one: Any) -> bool:
    if not isinstance(one, dict) or set(one) != {"request", "response"}:
        return False
    asked, told = one["request"], one["response"]
    return (
        isinstance(asked, dict)
        and isinstance(told, dict)
        and set(asked) == {"method", "path", "headers", "body"}
        and set(told) == {"status", "headers", "body"}
        and isinstance(asked["method"], str)
        and isinstance(asked["path"], str)
        and isinstance(told["status"], int)
        and all(isinstance(side["headers"], dict) for side in (asked, told))
        and all(isinstance(v, str) for side in (asked, told) for pair in side["headers"].items() for v in pair)
    )


def _dump(told: dict[str, Any]) -> str:
    """YAML that reads back as the same, with long texts as they look wherever YAML can hold them so."""
    import yaml

    for block in (True, False):

        class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
            def ignore_aliases(self, data: Any) -> bool:
                return True

        def represent(dumper: Any, value: str, block: bool = block) -> Any:
            style = "|" if block and "\n" in value else None
            return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

        Dumper.add_representer(str, represent)
        text: str = yaml.dump(told, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        try:
            if yaml.load(text, Loader=_loader()) == told:
                return text
        except yaml.YAMLError:
            pass
    raise CassetteError("a text of the replies cannot be written as YAML")


def _loader() -> Any:
    import yaml

    # A safe one: a cassette may come from anywhere, and tags such as !!python run code (GHSA-rpj2-4hq8-938g).
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _tree(raw: bytes | str) -> Any:
    """A body as it is kept: a tree when it is a JSON object or array, else its text."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return tree if isinstance(tree, dict | list) else text


def packed(body: Any) -> bytes:
    """A body of the file as bytes, as a server would send it."""
    if isinstance(body, dict | list):
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return str(body or "").encode("utf-8", "replace")
