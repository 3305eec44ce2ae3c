"""Finds and reads the files of `prompts/` and `schemas/`.

Each file is looked for by itself: first in the user's own folder, then among the files installed with the package,
then beside the package in a checkout. So a user replaces one file and keeps the rest.
"""

import hashlib
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from summarizer.definition import Definition, parse_definition
from summarizer.errors import ReportTypeError, SummarizerError
from summarizer.glossary import Glossary
from summarizer.patterns import pattern
from summarizer.records import record
from summarizer.report_type import ReportType, assemble, validate

if TYPE_CHECKING:
    from summarizer.costs import Price
    from summarizer.document import Document
    from summarizer.prompting import Prompts

Kind = Literal["prompts", "schemas"]
DEFAULT_TYPE = "rule_of_law"
_OPENING = 300  # characters of the body in which a report says what it is

try:
    # Made by scripts/prepare.py for the files as they were then; by name, since it may be missing.
    _packed: dict[str, bytes] = import_module("summarizer._glossaries").PACKED
except ImportError:
    _packed = {}

_PACKAGE = Path(__file__).resolve().parent
_BUILT_IN = (_PACKAGE / "_data", _PACKAGE.parent)
_ID = pattern(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@record
class Resource:
    """A file of `prompts/` or `schemas/`.

    Attributes:
        name: path inside its folder, with forward slashes.
        path: where it stands.
        own: True when it is the user's own, which hides the built-in file of that name.
    """

    name: str
    path: Path
    own: bool


def find(kind: Kind, name: str, home: Path | None = None) -> Resource | None:
    """Find one file by its name inside `kind`, the user's own first; None when there is none.

    `home` is the user's folder, holding `prompts/` and `schemas/` of its own.
    """
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\\" in name or "\0" in name:
        return None
    for folder, own in _folders(home):
        path = folder / kind / parts
        if path.is_file():
            return Resource(name, path, own)
    return None


def found(kind: Kind, suffix: str, home: Path | None = None) -> tuple[Resource, ...]:
    """List the files right inside `kind` whose names end with `suffix`, by name, each as `find` gives it."""
    names = {
        path.name
        for folder, _ in _folders(home)
        if (folder / kind).is_dir()
        for path in (folder / kind).iterdir()
        if path.name.endswith(suffix) and path.is_file()
    }
    return tuple(resource for name in sorted(names) if (resource := find(kind, name, home)))


def read(kind: Kind, name: str, home: Path | None = None) -> str:
    """Read one file. Raises: ReportTypeError when it is missing, out of reach or not UTF-8."""
    path, content = _content(kind, name, home)
    return _decoded(path, content)


def _content(kind: Kind, name: str, home: Path | None) -> tuple[Path, bytes]:
    resource = find(kind, name, home)
    if resource is None:
        raise ReportTypeError(f"{kind}/{name}: no such file; {_searched(home)}")
    try:
        content = resource.path.read_bytes()
    except OSError as error:
        raise ReportTypeError(f"{resource.path}: {error}") from error
    # A checkout may have turned line ends into those of its system.
    return resource.path, content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReportTypeError(f"{path}: {error}") from error


def report_types(home: Path | None = None) -> tuple[Resource, ...]:
    """List the definitions of report types; the id of one is its file name without `.toml`."""
    return found("schemas", ".toml", home)


def load_prompts(home: Path | None = None) -> "Prompts":
    """Read and check the prompt templates. Raises: PromptTemplateError naming file and variable."""
    from summarizer import prompting  # only a model needs prompts; loading it takes 4 ms

    templates = {name: read("prompts", name, home) for name in prompting.VARIABLES}
    prompting.validate(templates)
    digest = hashlib.sha256("\0".join(f"{name}\0{templates[name]}" for name in sorted(templates)).encode())
    return prompting.Prompts(templates, digest.hexdigest())


def load_prices(home: Path | None = None) -> "tuple[Price, ...]":
    """Read the prices of models. Raises: ReportTypeError naming the file."""
    from summarizer.costs import parse  # only a model has prices

    return parse("schemas/prices/models.toml", read("schemas", "prices/models.toml", home))


class ReportTypes:
    """The report types at hand, and the one a report is of by its own words. Each is read once, when first needed."""

    def __init__(self, home: Path | None = None, only: "ReportType | str | None" = None) -> None:
        """`only` names the type of every report; without it the definitions tell (`[detect]`), else `DEFAULT_TYPE`.

        Raises: ReportTypeError when a definition is malformed, or the one that is named is missing.
        """
        self._home = home
        self._loaded: dict[str, ReportType] = {}
        self._only = load_report_type(only, home) if isinstance(only, str) else only
        self._definitions = () if self._only else tuple((_definition(r, home), r.own) for r in report_types(home))

    def of(self, document: "Document") -> ReportType:
        """The type of one report. Raises: ReportTypeError when its definition names a file that is missing."""
        if self._only:
            return self._only
        id = self._id(document)
        if id not in self._loaded:
            self._loaded[id] = load_report_type(id, self._home)
        return self._loaded[id]

    def _id(self, document: "Document") -> str:
        from summarizer.masthead.title import find_title

        start, end = document.body
        opening = document.text[start : min(end, start + _OPENING)]
        title = find_title(document) or opening.lstrip().split("\n", 1)[0]
        found = [(d.id, own) for d, own in self._definitions if d.recognises(title, opening)]
        fitting = [id for id, own in found if own] or [id for id, _ in found]  # a type of one's own is meant first
        return fitting[0] if len(fitting) == 1 else DEFAULT_TYPE


def _definition(resource: Resource, home: Path | None) -> Definition:
    return parse_definition(resource.name, read("schemas", resource.name, home))


def load_report_type(id: str = DEFAULT_TYPE, home: Path | None = None) -> ReportType:
    """Load a report type by its id, with the glossary files it names.

    Raises: ReportTypeError when the definition or a file it names is missing or malformed.
    """
    definition, files, digest, asked = _load(id, home)
    packed = _packed.get(asked)
    glossary = Glossary.unpacked(packed) if packed else _glossary(definition, files)
    readings = _decoded(*files[definition.readings])
    metrics = [_decoded(*files[name]) for name in definition.metrics]
    return assemble(definition, glossary, readings, metrics, digest, asked)


def pack_glossary(id: str) -> tuple[str, bytes]:
    """The digest of a built-in report type's terms, and its glossary packed. Raises: ReportTypeError."""
    definition, files, _, asked = _load(id, None)
    return asked, _glossary(definition, files).packed()


def _glossary(definition: Definition, files: dict[str, tuple[Path, bytes]]) -> Glossary:
    return Glossary(_decoded(*files[name]) for name in definition.glossaries)


def check_report_type(id: str, home: Path | None = None) -> Definition:
    """Check every line of a definition and of the files it names. Raises: ReportTypeError naming file and line."""
    definition, files, *_ = _load(id, home)
    validate(definition, {name: _decoded(*file) for name, file in files.items()})
    return definition


def _load(id: str, home: Path | None) -> tuple[Definition, dict[str, tuple[Path, bytes]], str, str]:
    if not _ID.fullmatch(id):
        raise ReportTypeError(f"{id!r} is no report type; an id holds letters, digits, `_` and `-` only")
    name = f"{id}.toml"
    if find("schemas", name, home) is None:
        known = ", ".join(r.name.removesuffix(".toml") for r in report_types(home)) or "none"
        raise ReportTypeError(f"no report type {id!r}; known: {known}; {_searched(home)}")
    path, content = _content("schemas", name, home)
    definition = parse_definition(name, _decoded(path, content))
    if definition.id != id:
        raise ReportTypeError(f"{name}: its id is {definition.id!r}; the id and the file name must agree")
    digest = hashlib.sha256()
    _add(digest, name, content)
    files: dict[str, tuple[Path, bytes]] = {}
    for part in (*definition.glossaries, definition.readings):
        files[part] = _content("schemas", part, home)
        _add(digest, part, files[part][1])
    asked = digest.hexdigest()
    for part in definition.metrics:
        files[part] = _content("schemas", part, home)
        _add(digest, part, files[part][1])
    return definition, files, digest.hexdigest(), asked


def _add(digest: "hashlib._Hash", name: str, content: bytes) -> None:
    # Lengths keep the border between name and content: ("ab", "c") is not ("a", "bc").
    for part in (name.encode(), content):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)


def _folders(home: Path | None) -> tuple[tuple[Path, bool], ...]:
    own = ((home, True),) if home is not None else ()
    return (*own, *((folder, False) for folder in _BUILT_IN))


def _searched(home: Path | None) -> str:
    return f"looked in {home} and among the built-in files" if home else "looked among the built-in files"


def check_home(home: Path) -> Path:
    """Give the user's folder back. Raises: SummarizerError when there is no such folder."""
    if not home.is_dir():
        raise SummarizerError(f"{home}: no such folder; it should hold `schemas/` or `prompts/` of your own")
    return home
