"""The command group, and the one place where errors become exit codes."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from summarizer.cli import output
from summarizer.cli.brief import brief
from summarizer.cli.cache import cache
from summarizer.cli.compare import compare
from summarizer.cli.completion import completion
from summarizer.cli.config import config
from summarizer.cli.errors import tell
from summarizer.cli.exits import EXPLANATION, Exit
from summarizer.cli.inspecting import check, outline
from summarizer.cli.summarize import summarize
from summarizer.cli.types import types
from summarizer.version import __version__


class _Group(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        # `summarizer report.txt` is what people type first.
        if args and self.get_command(ctx, args[0]) is None and (args[0] == "-" or Path(args[0]).exists()):
            shown = output.one_line(args[0])
            ctx.fail(f"{shown} is a file, not a command; did you mean `summarizer summarize {shown}`?")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Group,
    epilog=EXPLANATION,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Bilingual briefs of Chinese public-body reports in which every figure leads to its sentence.

    Results go to standard output, everything else to standard error. A report is a text file, or `-` for
    standard input.
    """


for _command in (summarize, brief, compare, outline, check, types, cache, config, completion):
    cli.add_command(_command)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit the process."""
    # One short run makes few cycles: collecting less often saves 10 ms of some 200 and bounds memory all the same.
    gc.set_threshold(50_000, 20, 20)
    output.prepare()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _Stop())
    arguments = list(sys.argv[1:] if args is None else args)
    code = int(run(arguments))
    # At its end Python looks through every object for cycles, twice: 15 ms, and the memory is given back anyway.
    gc.freeze()
    sys.exit(code)


class _Stop:
    """Ends a run in order the first time, at once the second."""

    seen = False

    def __call__(self, number: int, frame: object) -> None:
        if _Stop.seen:
            os._exit(Exit.INTERRUPTED)
        _Stop.seen = True
        raise KeyboardInterrupt


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Returns: the exit code; errors have been told on standard error, a line each."""
    debug = "--debug" in arguments
    try:
        returned = cli.main(list(arguments), prog_name="summarizer", standalone_mode=False, obj=debug)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            click.echo(error.format_message(), err=True)
        else:
            output.say(_usage(error))
        return Exit.USAGE
    except click.ClickException as error:
        output.say(error.format_message())
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        output.say("interrupted")
        return Exit.INTERRUPTED
    except (output.ReaderGoneError, BrokenPipeError):
        output.silence(sys.stdout)
        return Exit.DONE
    except Exception as error:
        return tell(error, debug=debug)
    return int(returned) if isinstance(returned, int) else Exit.DONE


def _usage(error: click.UsageError) -> str:
    where = error.ctx.command_path if error.ctx else "summarizer"
    return f"{error.format_message()} See `{where} --help`."
