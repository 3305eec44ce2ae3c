"""What calls cost, before and after: tokens times the prices of `schemas/prices/models.toml`."""

from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase

from summarizer.errors import ReportTypeError
from summarizer.records import record

_MILLION = Decimal(10) ** 6


@record
class Price:
    """Prices of one model per million tokens.

    Attributes:
        model: pattern of its name, `*` for anything.
        currency: such as `USD`.
        prompt, cached, completion: for tokens sent, sent and served from the endpoint's cache, and received.
    """

    model: str
    currency: str
    prompt: Decimal
    cached: Decimal
    completion: Decimal

    def of(self, prompt: int, cached: int, completion: int) -> Decimal:
        """Cost of some tokens; `cached` are among those of the prompt."""
        return (self.prompt * (prompt - cached) + self.cached * cached + self.completion * completion) / _MILLION


def parse(name: str, content: str) -> tuple[Price, ...]:
    """Parse a price file. Raises: ReportTypeError naming file and entry."""
    import tomllib  # only a model has prices

    try:
        entries = tomllib.loads(content).get("price", [])
        return tuple(
            Price(
                str(e["model"]),
                str(e["currency"]),
                Decimal(str(e["prompt"])),
                Decimal(str(e.get("cached", e["prompt"]))),
                Decimal(str(e["completion"])),
            )
            for e in entries
        )
    except tomllib.TOMLDecodeError as error:
        raise ReportTypeError(f"{name}: {error}") from error
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ReportTypeError(f"{name}: a price needs model, currency, prompt and completion: {error}") from error


def price_of(model: str | None, prices: tuple[Price, ...]) -> Price | None:
    """The first price whose pattern fits, None when none does."""
    return next((p for p in prices if model and fnmatchcase(model.lower(), p.model.lower())), None)


def shown(amount: Decimal, currency: str) -> str:
    """`USD 0.0123`: four decimals, more for less than a hundredth of a cent."""
    return f"{currency} {amount.quantize(Decimal('0.0001')) if amount >= Decimal('0.0001') or not amount else amount:f}"
