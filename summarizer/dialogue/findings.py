"""What one piece gave, in numbers of its own unit, so that it can be kept whatever call it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from summarizer.chunks import Piece
from summarizer.dialogue.references import shifted
from summarizer.document import Span
from summarizer.engines.protocol import DraftFault, DraftLabel, DraftMark, DraftProse
from summarizer.records import record


@record
class PieceResult:
    """Labels and disputes by position of the quantity, titles and the summary by id of the section.

    Faulty labels and titles are left out; a faulty summary is kept with its marks.
    """

    labels: Mapping[int, DraftLabel]
    disputes: Mapping[int, str]
    titles: Mapping[str, str]
    summary: DraftProse | None
    faults: tuple[DraftFault, ...]


def joined(parts: Sequence[PieceResult]) -> PieceResult:
    """The parts of one piece as one result."""
    return PieceResult(
        labels={i: label for p in parts for i, label in p.labels.items()},
        disputes={i: why for p in parts for i, why in p.disputes.items()},
        titles={id_: en for p in parts for id_, en in p.titles.items()},
        summary=next((p.summary for p in parts if p.summary), None),
        faults=tuple(f for p in parts for f in p.faults),
    )


def kept(piece: Piece, result: PieceResult) -> dict[str, Any]:
    """The result as JSON, with places counted from the start of the unit."""
    first, start = _origin(piece)
    ids = [s.id for s in piece.unit.sections]
    return {
        "labels": {str(i - first): [label.zh, label.en] for i, label in result.labels.items()},
        "disputes": {str(i - first): why for i, why in result.disputes.items()},
        "titles": {str(ids.index(id_)): en for id_, en in result.titles.items()},
        "summary": _kept_prose(result.summary, first, start) if result.summary else None,
        "faults": [
            {
                "code": f.code,
                "message": f.message,
                "section": ids.index(f.section) if f.section in ids else None,
                "quantity": None if f.quantity is None else f.quantity - first,
            }
            for f in result.faults
        ],
    }


def restored(piece: Piece, value: Mapping[str, Any]) -> PieceResult:
    """What `kept` wrote, in places of this report. Raises: KeyError, TypeError, ValueError for anything else."""
    first, start = _origin(piece)
    ids = [s.id for s in piece.unit.sections]
    return PieceResult(
        labels={first + int(i): DraftLabel(str(zh), str(en)) for i, (zh, en) in value["labels"].items()},
        disputes={first + int(i): str(why) for i, why in value["disputes"].items()},
        titles={ids[int(n)]: str(en) for n, en in value["titles"].items()},
        summary=_restored_prose(value["summary"], first, start) if value["summary"] else None,
        faults=tuple(
            DraftFault(
                str(f["code"]),
                str(f["message"]),
                None if f["section"] is None else ids[f["section"]],
                None if f["quantity"] is None else first + f["quantity"],
            )
            for f in value["faults"]
        ),
    )


def _origin(piece: Piece) -> tuple[int, int]:
    return (piece.unit.quantities[0] if piece.unit.quantities else 0), piece.unit.span.start


def _kept_prose(prose: DraftProse, first: int, start: int) -> dict[str, Any]:
    moved = _moved(prose, -first)
    return {
        "zh": moved.zh,
        "en": moved.en,
        "sentences": [[a - start, b - start] for a, b in prose.sentences],
        "marks": [[m.lang, m.start, m.end, m.code] for m in moved.marks],
    }


def _restored_prose(value: Mapping[str, Any], first: int, start: int) -> DraftProse:
    prose = DraftProse(
        str(value["zh"]),
        str(value["en"]),
        tuple(Span(start + a, start + b) for a, b in value["sentences"]),
        tuple(DraftMark(lang, int(a), int(b), str(code)) for lang, a, b, code in value["marks"]),
    )
    return _moved(prose, first)


def _moved(prose: DraftProse, by: int) -> DraftProse:
    zh, move_zh = shifted(prose.zh, by)
    en, move_en = shifted(prose.en, by)
    marks = tuple(
        replace(
            m,
            start=(move_zh if m.lang == "zh" else move_en)(m.start),
            end=(move_zh if m.lang == "zh" else move_en)(m.end),
        )
        for m in prose.marks
    )
    return DraftProse(zh, en, prose.sentences, marks)
