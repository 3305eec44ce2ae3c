"""The replies written by hand (`tests/cassettes/replies/*.json`), as an OpenAI-compatible endpoint would give them.

They number figures, sentences and headings through the whole report; here they are renumbered for each call.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from summarizer import reading, resources
from summarizer.chunks import Chunk, pack, pieces, units
from summarizer.engines.protocol import Reading
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
        whole = _numbered_through(report)
        self._sentence_of = {span: n for n, span in enumerate(whole[0], 1)}
        self._heading_of = {id_: n for n, id_ in enumerate(whole[1], 1)}
        self._figures_of = {
            self._heading_of[s.id]: [
                i for i, q in enumerate(report.numbers.quantities, 1) if s.start <= q.number.start < s.end
            ]
            for s in report.sections
            if s.id in self._heading_of
        }

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
        return {
            "labels": [{**one, "id": local[one["id"]]} for one in self._replies["labels"] if one["id"] in asked],
            "titles": [
                {**one, "section": headings[one["section"]]}
                for one in self._replies["titles"]
                if one["section"] in headings
            ],
            "summaries": [
                {
                    "section": headings[one["section"]],
                    "zh": _renumbered(one["zh"], local),
                    "en": _renumbered(one["en"], local),
                    "sentences": [sentences[n] for n in one["sentences"] if n in sentences],
                }
                for one in self._replies["summaries"]
                if one["section"] in told
            ],
            "disputes": [{**one, "id": local[one["id"]]} for one in self._replies["disputes"] if one["id"] in asked],
        }

    def _overview(self) -> Json:
        summaries = sorted(self._replies["summaries"], key=lambda s: s["section"])
        places = {s["section"]: n for n, s in enumerate(summaries, 1)}
        order: dict[int, None] = {}
        for s in summaries:
            order.update(dict.fromkeys(int(m[1]) for m in _REFERENCE.finditer(s["zh"])))
            order.update(dict.fromkeys(self._figures_of[s["section"]]))
        local = {position: n for n, position in enumerate(order, 1)}

        def text(one: Json) -> Json:
            return {
                "zh": _renumbered(one["zh"], local),
                "en": _renumbered(one["en"], local),
                "sections": [places[n] for n in one["sections"] if n in places],
            }

        whole = self._replies["overview"]
        return {
            name: [text(t) for t in value] if isinstance(value, list) else text(value) for name, value in whole.items()
        }


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
