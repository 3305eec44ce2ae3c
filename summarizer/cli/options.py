"""Options that several commands share, and what follows from them."""

import contextlib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarizer.cli import output
from summarizer.records import record

if TYPE_CHECKING:
    from decimal import Decimal

    from summarizer.engines.opening import EngineOptions
    from summarizer.engines.protocol import Engine
    from summarizer.report_type import ReportType
    from summarizer.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])
STDIN = "-"


def reports(command: _Command) -> _Command:
    """REPORT...: files, or `-` once."""
    return click.argument("reports", metavar="REPORT...", nargs=-1, required=True, callback=one_stdin)(command)


@record
class Asked:
    """What the engine options of a command line say."""

    engine: "EngineOptions"
    type_id: str | None
    home: Path | None


def engine(command: _Command) -> _Command:
    """The options that say how a report is read; the command receives them as one `asked`."""

    @functools.wraps(command)
    def with_asked(
        *args: Any,
        engine_name: str | None,
        model: str | None,
        base_url: str | None,
        mode: str,
        parameters: tuple[str, ...],
        cassette: Path | None,
        fresh: bool,
        no_store: bool,
        max_calls: int | None,
        max_cost: str | None,
        parallel: int,
        timeout: float,
        type_id: str | None,
        home: Path | None,
        **kwargs: Any,
    ) -> Any:
        from summarizer.cli.progress import Watcher
        from summarizer.engines.opening import EngineOptions

        engine = EngineOptions(
            engine_name,
            model,
            base_url,
            mode,
            _parameters(parameters),
            cassette,
            keep=not no_store,
            fresh=fresh,
            max_calls=max_calls,
            max_cost=_amount(max_cost),
            side_by_side=parallel,
            timeout=timeout,
            warn=output.say,
            watch=Watcher(quiet=bool(kwargs.get("quiet")), verbose=bool(kwargs.get("verbose"))),
        )
        return command(*args, asked=Asked(engine, type_id, home), **kwargs)

    wrapped: Any = with_asked
    for option in (
        click.option(
            "--home",
            type=click.Path(path_type=Path),
            help="Folder with schemas/ and prompts/ of your own (or SUMMARIZER_HOME).",
        ),
        click.option(
            "--type",
            "type_id",
            metavar="ID",
            help="Report type; `summarizer types list` names them. By default what the report shows itself to be.",
        ),
        click.option(
            "--cassette",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Recorded calls: an existing file is replayed without key or network, a missing one is recorded.",
        ),
        click.option("--fresh", is_flag=True, help="Ask again for what is stored, and store the new answers."),
        click.option("--no-store", is_flag=True, help="Neither use nor store finished sections."),
        click.option("--max-calls", type=click.IntRange(min=0), metavar="N", help="Refuse or stop at so many calls."),
        click.option("--max-cost", metavar="AMOUNT", help="Refuse or stop at so much money (schemas/prices)."),
        click.option(
            "--parallel",
            type=click.IntRange(1, 256),
            default=16,
            show_default=True,
            metavar="N",
            help="Calls at most at once.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0.1),
            default=120,
            show_default=True,
            metavar="SECONDS",
            help="A call may take so long in all.",
        ),
        click.option(
            "--param",
            "parameters",
            metavar="NAME=JSON",
            multiple=True,
            help="Further field of each request, such as temperature=0.2; may be repeated.",
        ),
        click.option(
            "--mode",
            type=click.Choice(["auto", "json_schema", "json", "md_json", "tools"]),
            default="auto",
            show_default=True,
            help="How replies in JSON are asked for; auto finds out.",
        ),
        click.option("--base-url", metavar="URL", help="Where the model answers (or OPENAI_BASE_URL)."),
        click.option("--model", metavar="NAME", help="Language model (or OPENAI_MODEL); implies the llm engine."),
        click.option(
            "--engine",
            "engine_name",
            type=click.Choice(["offline", "llm"]),
            help="offline: rules, no network, no key. llm: any OpenAI-compatible endpoint. "
            "By default llm when a model is named, else offline.",
        ),
    ):
        wrapped = option(wrapped)
    result: _Command = wrapped
    return result


def _amount(given: str | None) -> "Decimal | None":
    from decimal import Decimal, InvalidOperation

    if given is None:
        return None
    try:
        amount = Decimal(given)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise click.BadParameter(f"{given!r}: write an amount, such as 0.50.", param_hint="--max-cost")
    return amount


def _parameters(given: tuple[str, ...]) -> dict[str, Any]:
    import json

    found: dict[str, Any] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise click.BadParameter(f"{one!r}: write NAME=VALUE, such as temperature=0.2.", param_hint="--param")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value  # a bare word is a string
    return found


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


@record
class Means:
    """With what reports are read.

    Attributes:
        report_type: None leaves it to each report to show what it is.
        home: folder with `schemas/` and `prompts/` of the user's own.
        notice: one line that a user should see, None when there is nothing to say.
    """

    engine: "Engine"
    report_type: "ReportType | None"
    home: Path | None
    no_color: bool
    notice: str | None


@contextlib.contextmanager
def means(asked: Asked) -> Iterator[Means]:
    """Open engine and report type as flags, environment and `.env` say, in this order.

    Raises: EngineError, DefinitionError, SummarizerError.
    """
    from summarizer import resources, settings
    from summarizer.cli.progress import Watcher
    from summarizer.engines.opening import opened

    surroundings = settings.load()
    folder = asked.home or surroundings.home
    if folder is not None:
        resources.check_home(folder)
    with contextlib.ExitStack() as stack:
        engine = stack.enter_context(opened(asked.engine, surroundings, folder))
        if isinstance(asked.engine.watch, Watcher):
            stack.callback(asked.engine.watch.close)
        yield Means(
            engine=engine,
            report_type=resources.load_report_type(asked.type_id, folder) if asked.type_id else None,
            home=folder,
            no_color=surroundings.no_color,
            notice=_notice(engine.name, asked, surroundings),
        )


def _notice(engine_name: str, asked: Asked, surroundings: "Settings") -> str | None:
    if engine_name != "offline" or asked.engine.engine:
        return None
    key = "; a key alone sends nothing" if surroundings.api_key else ""
    return f"no model configured: the offline engine reads the report{key}; --model or OPENAI_MODEL names one"


def source(report: str) -> str | Path:
    """A report as given on the command line: `-` stays, anything else is a path, whatever it is called."""
    return report if report == STDIN else Path(report)


def one_stdin(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Callback of an argument that takes files: `-` once at most."""
    if value.count(STDIN) > 1:
        raise click.BadParameter("`-` stands for standard input and can be named only once.")
    return value
