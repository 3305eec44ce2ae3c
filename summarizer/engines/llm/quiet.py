"""What the libraries below us must not tell to whoever listens to their loggers."""

import logging
import traceback

# They print replies, and keys that an endpoint echoes, also where nobody asked for it.
_SILENT = ("instructor", "instructor.v2.retry")
# At DEBUG they tell headers and errors of replies, where an endpoint may echo a key.
_REDACTED = (
    "openai._base_client",
    "httpx2",
    *(f"httpcore2.{name}" for name in ("connection", "http11", "http2", "proxy")),
)


class _Redaction(logging.Filter):
    """Takes keys out of records."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if any(secret in told for secret in tuple(self.secrets)):
            for secret in tuple(self.secrets):
                told = told.replace(secret, "…")
            record.msg, record.args = told, ()
        if record.exc_info and any(secret in _told(record.exc_info[1]) for secret in tuple(self.secrets)):
            record.exc_info = None
        return True


def _told(error: BaseException | None) -> str:
    return "".join(traceback.format_exception(error)) if error is not None else ""


_redaction = _Redaction()


def silence() -> None:
    """Keep instructor's loggers quiet."""
    for name in _SILENT:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def redact(secret: str) -> None:
    """Keep a key out of what the HTTP layers log, from now on."""
    _redaction.secrets.add(secret)
    for name in _REDACTED:
        logging.getLogger(name).addFilter(_redaction)  # once, however often it is added
