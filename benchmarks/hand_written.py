"""The replies written by hand (`tests/cassettes/replies/*.json`), as an OpenAI-compatible endpoint would give them.

They number figures, sentences and headings through the whole report; here they are renumbered for each call.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.rule_answers import line
from summarizer import reading, resources
from summarizer.chunks import Chunk, pack, pieces, units
from summarizer.dialogue.references import referred
from summarizer.dialogue.statements import joined, statements
from summarizer.engines.protocol import REF_CLOSE, REF_OPEN, DraftProse, Reading
from summarizer.pipeline import read_report
from summarizer.prompting import section_messages
from summarizer.tokens import estimate

ROOT = Path(__file__).resolve().parent.parent
CASSETTES = ROOT / "tests" / "cassettes"
MODEL = "hand-written"

Json = dict[str, Any]
Reply = Callable[[Json], Json | str]  # a string is sent as it is
_REFERENCE = re.compile(r"\[(\d+)\]")


def names() -> list[str]:
    """The seeds that have hand-written replies."""
    return sorted(p.stem for p in (CASSETTES / "replies").glob("*.json"))


def load(name: str) -> "tuple[Reading, HandWritten]":
    """A seed as code reads it, and the replies to it."""
    report = read_report(reading.read_path(ROOT / "seeds" / f"{name}.txt"))
    return report, HandWritten(report, json.loads((CASSETTES / "replies" / f"{name}.json").read_text("utf-8")))


class HandWritten:
    """The hand-written replies to one report, by call."""

    def __init__(self, report: Reading, replies: Json) -> None:
        self._replies = replies
        prompts = resources.load_prompts()
        self._chunks = {
            section_messages(prompts, report.masthead, c)[1]["content"]: c for c in pack(report, pieces(report))
        }
        self._quantities = report.numbers.quantities
        whole = _numbered_through(report)
        self._sentence_of = {span: n for n, span in enumerate(whole[0], 1)}
        self._heading_of = {id_: n for n, id_ in enumerate(whole[1], 1)}

    def __call__(self, request: Json) -> Json:
        """The reply to one request, in its own numbers."""
        asked = next(m["content"] for m in reversed(request["messages"]) if m["role"] == "user")
        chunk = self._chunks.get(asked)
        return self._section(chunk) if chunk is not None else self._overview()

    def _section(self, chunk: Chunk) -> Json:
        local = {position + 1: n for n, position in enumerate(chunk.quantities, 1)}
        headings = {self._heading_of[s.id]: n for n, s in enumerate(chunk.sections, 1)}
        sentences = {self._sentence_of[s]: n for n, s in enumerate(chunk.sentences, 1)}
        asked = {chunk.quantities[n - 1] + 1 for n in chunk.asked}
        told = {self._heading_of[s.id] for s in chunk.told}
        replies = self._replies
        return {
            "lines": [
                *(line(local[one["id"]], one["zh"], one["en"]) for one in replies["labels"] if one["id"] in asked),
                *(
                    line(f"#{headings[one['section']]}", one["en"])
                    for one in replies["titles"]
                    if one["section"] in headings
                ),
                *(
                    line(
                        f"#{headings[one['section']]}",
                        [sentences[n] for n in one["sentences"] if n in sentences],
                        _renumbered(one["zh"], local),
                        _renumbered(one["en"], local),
                    )
                    for one in replies["summaries"]
                    if one["section"] in told
                ),
                *(
                    line(f"{local[one['id']]}!{one['why']}", one["note"])
                    for one in replies["disputes"]
                    if one["id"] in asked
                ),
            ]
        }

    def _overview(self) -> Json:
        """The overview in the numbers of its call: its text, and for each item of a list the sentence that says it."""
        summaries = sorted(self._replies["summaries"], key=lambda s: s["section"])
        sayings: list[tuple[int, DraftProse]] = []  # heading, sentence
        order: dict[int, None] = {}
        for s in summaries:
            several = statements(DraftProse(_global(s["zh"]), _global(s["en"])), self._quantities)
            sayings += [(s["section"], one) for one in several]
            order.update(dict.fromkeys(i + 1 for one in several for i in referred(one.zh)))
        local = {position: n for n, position in enumerate(order, 1)}

        def nearest(text: Json) -> int:
            def likeness(n: int) -> int:
                heading, one = sayings[n - 1]
                figures = {i + 1 for i in referred(one.zh)} & {int(m[1]) for m in _REFERENCE.finditer(text["zh"])}
                pairs = {a + b for a, b in pairwise(one.zh)} & {a + b for a, b in pairwise(text["zh"])}
                return 1000 * (heading in text["sections"]) + 20 * len(figures) + len(pairs)

            return max(range(1, len(sayings) + 1), key=likeness)

        def text(one: Json) -> tuple[list[int], str, str]:
            # Figures that no summary tells are not shown: such a sentence gives way to the nearest of the summaries.
            several = []
            for part in statements(DraftProse(_global(one["zh"]), _global(one["en"])), self._quantities):
                told = all(i + 1 in local for i in referred(part.zh))
                several.append(part if told else sayings[nearest({**one, "zh": _local(part.zh)}) - 1][1])
            said = joined(dict.fromkeys(several))
            places = sorted({n for n, (heading, _) in enumerate(sayings, 1) if heading in one["sections"]})
            return places, _renumbered(_local(said.zh), local), _renumbered(_local(said.en), local)

        whole = self._replies["overview"]
        return {
            "lines": [
                line(name, *text(value) if name == "text" else [list(dict.fromkeys(map(nearest, _listed(value))))])
                for name, value in whole.items()
            ]
        }


def _listed(value: Any) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _global(text: str) -> str:
    return _REFERENCE.sub(lambda m: f"{REF_OPEN}{int(m[1]) - 1}{REF_CLOSE}", text)


def _local(text: str) -> str:
    return re.sub(f"{REF_OPEN}(\\d+){REF_CLOSE}", lambda m: f"[{int(m[1]) + 1}]", text)


def _numbered_through(report: Reading) -> tuple[Sequence[Any], Sequence[str]]:
    """Sentences and headings as the hand-written replies number them: in one passage that holds the whole report."""
    sentences = [s for u in units(report) for s in u.sentences]
    headings = [s.id for u in units(report) for s in u.sections if s.title]
    return sentences, headings


def _renumbered(text: str, local: Mapping[int, int]) -> str:
    return _REFERENCE.sub(lambda m: f"[{local[int(m[1])]}]", text)


@contextmanager
def endpoint(reply: Reply) -> Iterator[str]:
    """Serve replies on a free port of this machine. Yields: the base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None: ...

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            said = reply(request)
            content = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            answer = json.dumps(_completion(request, content), ensure_ascii=False).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _completion(request: Json, content: str) -> Json:
    prompt = sum(estimate(m["content"]) for m in request["messages"])
    return {
        "id": "recorded",
        "object": "chat.completion",
        "created": 0,
        "model": request["model"],
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": estimate(content),
            "total_tokens": prompt + estimate(content),
        },
    }
