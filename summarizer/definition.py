"""The definition file of a report type (`schemas/<id>.toml`): what it says and which files it draws on.

Its mistakes are told with the line they stand in; the files it names are checked elsewhere.
"""

import tomllib
from collections.abc import Mapping
from typing import Any

from summarizer.errors import ReportTypeError
from summarizer.records import record

_KEYS = {
    "": ("id", "name", "detect", "glossary", "metrics", "salient", "problems", "overview"),
    "name": ("zh", "en"),
    "detect": ("title", "opening"),
    "glossary": ("terms", "readings"),
    "metrics": ("files",),
    "salient": ("terms",),
    "problems": ("words",),
    "overview": ("name", "kind", "ask"),
}
_KINDS = ("prose", "list", "excerpt")
# The brief has a place of its own for these; anything else is one text of `overview.fields`.
_OWN_KINDS = {"text": "prose", "achievements": "list", "problems": "list", "plans": "list"}


@record
class OverviewField:
    """One thing an overview holds; `ask` goes into the prompt.

    Attributes:
        kind: `prose` is written by the model; `list` (each sentence by itself) and `excerpt` (as one text) are
            sentences of the section summaries, which the model points at.
    """

    name: str
    kind: str
    ask: str

    @property
    def is_written(self) -> bool:
        """Whether the model writes it, instead of pointing at sentences that are written and checked already."""
        return self.kind == "prose"


@record
class Definition:
    """The definition file alone.

    Attributes:
        id: the file name without its ending.
        name_zh, name_en: what people call this kind of report.
        glossaries: files of terms, later ones winning.
        readings: the file with the readings of characters.
        salient: terms whose sentences matter most.
        overview: what a model writes of the whole report.
        metrics: files of canonical metrics, later ones winning.
        problem_words: with these a paragraph turns to what went wrong, in reports without a heading for it.
        titles, openings: words of a report's title, and of its first lines, that show it to be of this type.
    """

    id: str
    name_zh: str
    name_en: str
    glossaries: tuple[str, ...]
    readings: str
    salient: tuple[str, ...]
    overview: tuple[OverviewField, ...]
    metrics: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    problem_words: tuple[str, ...] = ()

    def recognises(self, title: str | None, opening: str) -> bool:
        """Does a report show itself to be of this type by a word of its title or of its first lines?"""
        return any(word in (title or "") for word in self.titles) or any(word in opening for word in self.openings)


def parse_definition(name: str, content: str) -> Definition:
    """Parse `schemas/<id>.toml`. Raises: ReportTypeError naming file, line and key."""
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ReportTypeError(f"{name}: {error}") from error
    return _Reader(name, content, data).definition()


class _Reader:
    """Takes the values out of the parsed file; a wrong one is told with its line."""

    def __init__(self, name: str, content: str, data: Mapping[str, Any]) -> None:
        self._name, self._content, self._data = name, content, data

    def definition(self) -> Definition:
        self._known("", self._data)
        for table in ("name", "detect", "glossary", "metrics", "salient", "problems"):
            if not isinstance(self._data.get(table, {}), dict):
                self._refuse(table, "", f"{table!r} is a table; write `[{table}]` in a line of its own")
            self._known(table, self._data.get(table, {}))
        entries = self._data.get("overview")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._refuse("overview", "", "what a model writes of the report stands in `[[overview]]` tables")
        return Definition(
            id=self._text("", "id", self._data),
            name_zh=self._text("name", "zh"),
            name_en=self._text("name", "en"),
            glossaries=self._words("glossary", "terms"),
            readings=self._text("glossary", "readings"),
            salient=self._words("salient", "terms"),
            overview=tuple(self._field(n, entry) for n, entry in enumerate(entries or ())),
            metrics=self._words("metrics", "files", needed=False),
            titles=self._words("detect", "title", needed=False),
            openings=self._words("detect", "opening", needed=False),
            problem_words=self._words("problems", "words", needed=False),
        )

    def _field(self, number: int, entry: Mapping[str, Any]) -> OverviewField:
        self._known("overview", entry, number)
        field = OverviewField(*(self._text("overview", key, entry, number) for key in _KEYS["overview"]))
        if field.kind not in _KINDS:
            self._refuse("kind", "overview", f"{field.kind!r} is no kind of field; use {', '.join(_KINDS)}", number)
        own = _OWN_KINDS.get(field.name, field.kind if field.kind != "list" else "prose or excerpt")
        if field.kind != own:
            self._refuse("kind", "overview", f"{field.name!r} cannot be of kind {field.kind!r}; use {own}", number)
        if not field.name.isidentifier():
            self._refuse("name", "overview", f"{field.name!r} is no name; use letters, digits and _", number)
        return field

    def _known(self, table: str, found: Mapping[str, Any], number: int = 0) -> None:
        for key in found:
            if key not in _KEYS[table]:
                place = f" in [{table}]" if table else ""
                known = ", ".join(_KEYS[table])
                self._refuse(key, table, f"unknown key {key!r}{place}; known are {known}", number)

    def _text(self, table: str, key: str, found: Mapping[str, Any] | None = None, number: int = 0) -> str:
        value = (self._data.get(table, {}) if found is None else found).get(key)
        if not isinstance(value, str) or not value.strip():
            self._missing(table, key, "a text", value, number)
        return str(value)

    def _words(self, table: str, key: str, *, needed: bool = True) -> tuple[str, ...]:
        value = self._data.get(table, {}).get(key, None if needed else [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            self._missing(table, key, "a list of texts", value)
            return ()
        return tuple(value)

    def _missing(self, table: str, key: str, wanted: str, value: object, number: int = 0) -> None:
        place = f" in [{table}]" if table else ""
        fault = f"lacks {key!r}{place}" if value is None else f"{key!r}{place} is {wanted}, found {value!r:.40}"
        self._refuse(key, table, f"{fault}; see schemas/README.md", number)

    def _refuse(self, key: str, table: str, what: str, number: int = 0) -> None:
        line = _line_of(self._content, table, key, number)
        raise ReportTypeError(f"{self._name}:{line}: {what}" if line else f"{self._name}: {what}")


def _line_of(content: str, table: str, key: str, number: int) -> int | None:
    """The line of a key in a table (the one of that number, when it stands several times), else the table's own."""
    here, seen, header = "", -1, None
    for at, line in enumerate(content.splitlines(), 1):
        text = line.strip()
        if text.startswith("["):
            here = text.split("#")[0].strip(" \t[]")
            seen += here == table
            if here in (table, key) and seen <= number:
                header = at
        elif here == table and (not table or seen == number) and text.split("=")[0].strip(" \t\"'") == key:
            return at
    return header
