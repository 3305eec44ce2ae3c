"""The llm engine: a conversation with a model, calls side by side, the offline engine as second reader."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from summarizer.dialogue import Model, NoShelf, Shelf, Terms, converse
from summarizer.engines.offline import OfflineEngine
from summarizer.engines.protocol import Draft, Engine, Reading
from summarizer.prompting import Prompts
from summarizer.report_type import ReportType

_SIDE_BY_SIDE = 8


class LlmEngine:
    """Labels and tells a report through a model that never writes a number."""

    name = "llm"

    def __init__(
        self,
        model: Model,
        prompts: Prompts,
        *,
        model_name: str,
        host: str | None,
        identity: str = "",
        shelf: Shelf | None = None,
        second_reader: Engine | None = None,
        side_by_side: int = _SIDE_BY_SIDE,
    ) -> None:
        """`model` answers calls; `model_name` and `host` are what the brief records of it, `identity` what answers
        depend on (model, endpoint, parameters); `shelf` keeps finished ones."""
        self._model = model
        self._prompts = prompts
        self._model_name = model_name
        self._host = host
        self._second = second_reader or OfflineEngine()
        self._side_by_side = side_by_side
        self._identity = identity or model_name
        self._shelf = shelf or NoShelf()

    def draft(self, reading: Reading, report_type: ReportType) -> Draft:
        """Raises: EngineUnavailableError when the endpoint is out of reach for good."""
        offline = self._second.draft(reading, report_type)
        with ThreadPoolExecutor(self._side_by_side, thread_name_prefix="summarizer") as pool:
            terms = Terms(report_type, self._prompts, self._identity)
            draft = converse(reading, terms, self._model, offline, self._shelf, pool.map)
        return replace(draft, usage=replace(draft.usage, model=self._model_name, endpoint_host=self._host))
