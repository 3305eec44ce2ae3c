"""Options that several commands share, and what follows from them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from summarizer.engines.protocol import Engine
    from summarizer.report_type import ReportType

_Command = TypeVar("_Command", bound=Callable[..., Any])
STDIN = "-"


def reports(command: _Command) -> _Command:
    """REPORT...: files, or `-` once."""
    return click.argument("reports", metavar="REPORT...", nargs=-1, required=True, callback=_one_stdin)(command)


def engine(command: _Command) -> _Command:
    """The options that say how a report is read."""
    for option in (
        click.option(
            "--home", type=click.Path(path_type=Path), help="Folder with schemas/ of your own (or SUMMARIZER_HOME)."
        ),
        click.option("--type", "type_id", metavar="ID", help="Report type; `summarizer types list` names them."),
        click.option("--model", metavar="NAME", help="Language model, for the llm engine."),
        click.option(
            "--engine",
            "engine_name",
            type=click.Choice(["offline", "llm"]),
            help="offline: rules, no network, no key. llm: not built in this version.",
        ),
    ):
        command = option(command)
    return command


def manner(command: _Command) -> _Command:
    """How much is said on standard error; --debug is looked up where errors are told."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error."),
        click.option("-v", "--verbose", is_flag=True, help="Say more on standard error."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error."),
    ):
        command = option(command)
    return command


def debug_only(command: _Command) -> _Command:
    """--debug for commands that say nothing on standard error but errors."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")(command)


def debugging() -> bool:
    """Tell whether --debug was given."""
    return bool(click.get_current_context().find_root().obj)


strict = click.option("--strict", is_flag=True, help="Exit with 6 when a finding is a warning or an error.")


@dataclass(frozen=True, slots=True)
class Means:
    """With what reports are read.

    Attributes:
        notice: one line that a user should see, None when there is nothing to say.
    """

    engine: "Engine"
    report_type: "ReportType"
    no_color: bool
    notice: str | None


def means(engine_name: str | None, model: str | None, type_id: str | None, home: Path | None) -> Means:
    """Load engine and report type as flags, environment and `.env` say, in this order.

    Raises: click.UsageError when the llm engine is asked for by a flag; DefinitionError; SummarizerError.
    """
    if engine_name == "llm" or model is not None:
        asked = "--engine llm" if engine_name == "llm" else "--model"
        raise click.UsageError(f"{asked}: the llm engine is not built in this version; use --engine offline.")
    from summarizer import resources, settings
    from summarizer.engines.offline import OfflineEngine

    surroundings = settings.load()
    folder = home or surroundings.home
    if folder is not None:
        resources.check_home(folder)
    return Means(
        engine=OfflineEngine(),
        report_type=resources.load_report_type(type_id or resources.DEFAULT_TYPE, folder),
        no_color=surroundings.no_color,
        notice=None if engine_name else _notice(surroundings),
    )


def _notice(surroundings: Any) -> str:
    if surroundings.model:
        return "OPENAI_MODEL names a model, but this version has only the offline engine: nothing is sent"
    key = "; the key alone sends nothing" if surroundings.api_key else ""
    return f"no model configured: the offline engine, the only one of this version, reads the report{key}"


def source(report: str) -> str | Path:
    """A report as given on the command line: `-` stays, anything else is a path, whatever it is called."""
    return report if report == STDIN else Path(report)


def _one_stdin(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    if value.count(STDIN) > 1:
        raise click.BadParameter("`-` stands for standard input and can be named only once.")
    return value
