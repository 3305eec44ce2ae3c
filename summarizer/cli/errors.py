"""Errors as users see them: one line on standard error, and an exit code."""

from summarizer.cli import output
from summarizer.cli.exits import Exit
from summarizer.errors import DefinitionError, EngineError, InputError, LimitError, StoreError, SummarizerError

_CODES: tuple[tuple[type[SummarizerError], Exit], ...] = (
    (InputError, Exit.UNREADABLE),
    (DefinitionError, Exit.USAGE),
    (EngineError, Exit.ENDPOINT),
    (StoreError, Exit.ENDPOINT),
    (LimitError, Exit.LIMIT),
    (SummarizerError, Exit.USAGE),
)


def tell(error: Exception, *, debug: bool, about: str = "") -> Exit:
    """Tell an error on one line, with its traceback first under `--debug`. Returns: the exit code it stands for."""
    if debug:
        import traceback

        output.say_lines("".join(traceback.format_exception(error)))
    code = next((code for kind, code in _CODES if isinstance(error, kind)), Exit.DEFECT)
    if code is Exit.DEFECT:
        name = f"{about}: " if about else ""
        advice = "report the traceback above" if debug else "run again with --debug and report what it prints"
        output.say(f"{name}a defect of this program: {type(error).__name__}: {error}; {advice}")
    else:
        output.say(str(error))
    return code
