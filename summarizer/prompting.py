"""Template text and a chunk to the messages of a call. `string.Template`, so that JSON braces stay plain."""

import re
from collections.abc import Iterable, Mapping, Sequence
from string import Template

from summarizer.chunks import Chunk
from summarizer.definition import OverviewField
from summarizer.document import Masthead
from summarizer.errors import PromptTemplateError
from summarizer.records import record

Message = dict[str, str]

# What each template may and must mention.
VARIABLES: Mapping[str, frozenset[str]] = {
    "section.md": frozenset(),
    "section_request.md": frozenset({"report", "ids", "titles", "summaries", "passage"}),
    "overview.md": frozenset({"fields"}),
    "overview_request.md": frozenset({"report", "summaries"}),
    "repair.md": frozenset({"faults"}),
}


@record
class Prompts:
    """The templates of `prompts/` by file name, and the digest of them all."""

    templates: Mapping[str, str]
    sha256: str


def validate(templates: Mapping[str, str]) -> None:
    """Check that every template is there and uses its variables. Raises: PromptTemplateError naming file and line."""
    for name, variables in VARIABLES.items():
        if name not in templates:
            raise PromptTemplateError(f"prompts/{name}: missing")
        used: set[str] = set()
        for number, line in enumerate(templates[name].splitlines(), 1):
            template, place = Template(line), f"prompts/{name}:{number}"
            if not template.is_valid():
                raise PromptTemplateError(f"{place}: a `$` that starts no variable; write `$$` for the sign itself")
            found = set(template.get_identifiers())
            for variable in sorted(found - variables):
                raise PromptTemplateError(f"{place}: unknown variable ${variable}; it may use {_listed(variables)}")
            used |= found
        for variable in sorted(variables - used):
            raise PromptTemplateError(f"prompts/{name}: lacks the variable ${variable}")


def section_messages(prompts: Prompts, masthead: Masthead, chunk: Chunk) -> list[Message]:
    """The call for one chunk: the constant rules first, so that the endpoint's prefix cache serves them."""
    request = _fill(
        prompts,
        "section_request.md",
        {
            "report": _named(masthead),
            "ids": _numbers(chunk.asked),
            "titles": _numbers(range(1, len(chunk.sections) + 1)),
            "summaries": _numbers(n for n, s in enumerate(chunk.sections, 1) if s in chunk.told),
            "passage": chunk.text,
        },
    )
    return [{"role": "system", "content": prompts.templates["section.md"]}, {"role": "user", "content": request}]


def overview_messages(
    prompts: Prompts, masthead: Masthead, fields: Sequence[OverviewField], summaries: str
) -> list[Message]:
    """The call for the overview; `summaries` is the marked text of the section summaries."""
    asked = "\n".join(f"- {f.name} ({'text' if f.is_written else 'sentences'}): {f.ask}" for f in fields)
    return [
        {"role": "system", "content": _fill(prompts, "overview.md", {"fields": asked})},
        {
            "role": "user",
            "content": _fill(prompts, "overview_request.md", {"report": _named(masthead), "summaries": summaries}),
        },
    ]


def repair_messages(prompts: Prompts, messages: Sequence[Message], faults: Iterable[str]) -> list[Message]:
    """The small call that asks for faulty items again: the passage as before, and exactly what was wrong."""
    listed = "\n".join(f"- {fault}" for fault in faults)
    return [*messages, {"role": "user", "content": _fill(prompts, "repair.md", {"faults": listed})}]


def _named(masthead: Masthead) -> str:
    """Title, issuer and year of a report, each once: most titles name the other two."""
    said = _one_line(masthead.title or "")
    for more in (_one_line(masthead.issuer or ""), str(masthead.year or "")):
        said = said if more in said else f"{said}, {more}" if said else more
    return said or "untitled"


def _fill(prompts: Prompts, name: str, values: Mapping[str, str]) -> str:
    return Template(prompts.templates[name]).substitute(values)


def _numbers(numbers: Iterable[int]) -> str:
    """`1-5, 8` for 1 2 3 4 5 8; `none` for nothing."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs) or "none"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"${n}" for n in sorted(names)) or "none"
