"""A comparison as one self-contained HTML page without script: table, trend charts, a link to each sentence."""

from collections.abc import Iterable
from itertools import groupby

from summarizer.comparison import Cell, CellState, ComparisonData, Placed, Row
from summarizer.rendering import comparison_view as view
from summarizer.rendering.charts import charts
from summarizer.rendering.safe import html as safe
from summarizer.rendering.trends import drawable

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--link:#0b4f9e;--warn:#8a4b00;--mark:#ffe08a;--page:#fff}
@media (prefers-color-scheme:dark){:root{--link:#8ec1ff;--warn:#ffc26b;--mark:#6b5200;--page:#16181c}}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;background:var(--page)}
main{max-width:90rem;margin:0 auto;padding:1rem}h1{font-size:1.4rem;line-height:1.3;margin:.3rem 0}
h2{font-size:1.15rem;margin:1.8rem 0 .5rem;border-bottom:1px solid var(--line)}h1 small{display:block;font-size:1rem}
nav a{margin-right:1rem;white-space:nowrap}a{color:var(--link)}a:focus-visible{outline:2px solid;outline-offset:2px}
.scroll{overflow-x:auto;border:1px solid var(--line)}table{border-collapse:collapse;font-size:.9rem}
th,td{padding:.3rem .55rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{background:var(--page);box-shadow:inset 0 -2px var(--line)}tbody tr:hover{background:var(--soft)}
tbody th{position:sticky;left:0;background:var(--page);font-weight:400;min-width:11rem;max-width:22rem}
th small,td small{display:block;opacity:.8}
tbody.theme th{font-weight:600;background:var(--page);border-top:2px solid var(--line)}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.n small{white-space:normal;min-width:6rem}
td.absent{opacity:.55}.warning,.error{color:var(--warn)}
.charts{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr))}
figure{margin:0;border:1px solid var(--line);padding:.5rem}figcaption{font-size:.9rem}svg{width:100%;height:auto}
ol.src{padding-left:2.6rem}ol.src li{margin:.35rem 0;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit}:target{background:var(--mark)}dt{font-weight:600;float:left;min-width:4.5rem}
dd{margin:0 0 .15rem 5rem}
@media (max-width:600px){tbody th{min-width:7.5rem;max-width:9rem;font-size:.85rem}}
@media print{body{font-size:9pt}main{max-width:none;padding:0}.scroll{overflow:visible;border:0}nav{display:none}
tbody th{position:static}tr,figure,li{break-inside:avoid}a{color:inherit;text-decoration:none}
@page{size:A4 landscape;margin:12mm}}
""".strip()


def to_html(data: ComparisonData) -> str:
    """The comparison as one page that loads nothing from elsewhere; text of the reports escaped."""
    sources = view.Sources(data)
    english, chinese = view.title(data)
    table = "".join(_table(data, sources))
    pictures = "".join(_charts(data, sources))
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{safe(english)}</title><style>{_STYLE}</style></head><body><main>",
        f'<h1>{safe(english)}<small lang="zh-Hans">{safe(chinese)}</small></h1>',
        "".join(f"<p>{safe(line)}.</p>" for line in view.summary(data)),
        '<nav aria-label="Parts"><a href="#table">Table · 对比表</a>',
        '<a href="#charts">Trends · 趋势</a>' if pictures else "",
        '<a href="#notes">Notes · 提示</a><a href="#signs">Signs · 说明</a><a href="#sources">Sources · 出处</a></nav>',
        f'<h2 id="table">Table · 对比表</h2>{table}',
        f'<h2 id="charts">Trends · 趋势</h2>{pictures}' if pictures else "",
        *_notes(data),
        *_signs(bool(pictures)),
        *_sources(sources),
        "</main></body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _table(data: ComparisonData, sources: view.Sources) -> Iterable[str]:
    if not data.rows:
        yield "<p>No metric is stated by two of these reports.</p>"
        return
    several = len(view.bodies(data)) > 1
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Comparison table"><table><thead><tr>'
    yield '<th scope="col">Metric · 指标</th><th scope="col">Unit · 单位</th>'
    for column in data.columns:
        report = f'<small lang="zh-Hans">{safe(column.source)}</small>'
        yield f'<th scope="col">{safe(view.heading(column, several))}{report}</th>'
    yield "</tr></thead>"
    for theme, rows in groupby(data.rows, key=lambda row: row.theme):
        yield f'<tbody class="theme"><tr><th colspan="{len(data.columns) + 2}" scope="rowgroup">'
        yield f'{safe(theme.en or "")} · <span lang="zh-Hans">{safe(theme.zh or "")}</span></th></tr></tbody><tbody>'
        for row in rows:
            yield f'<tr id="{safe(row.id)}"><th scope="row">{safe(view.name_en(row))}'
            yield f'<small lang="zh-Hans">{safe(view.name_zh(row))}</small></th><td>{safe(view.unit(row))}</td>'
            yield from (_cell(row, cell, data, sources) for cell in row.cells)
            yield "</tr>"
        yield "</tbody>"
    yield "</table></div>"


def _cell(row: Row, cell: Cell, data: ComparisonData, sources: view.Sources) -> str:
    if cell.state is CellState.ABSENT:
        return f'<td class="n absent">{view.ABSENT}</td>'
    parts = []
    for shown in view.figures(row, cell, data):
        unsure = cell.state is CellState.UNMATCHED
        link = _link(sources.number(shown.figure), view.UNMATCHED if unsure else shown.text, shown.figure)
        remarks = f"<small>{safe(', '.join(shown.remarks))}</small>" if shown.remarks and not unsure else ""
        parts.append(link + remarks)
    text = " / ".join(parts)
    change = view.change_text(cell)
    if change:
        stated = cell.change.stated if cell.change else None
        told = _link(sources.number(stated), change, stated) if stated else safe(change)
        text += f"<small>{told}</small>"
    return f'<td class="n">{text}</td>'


def _link(number: int, text: str, figure: Placed) -> str:
    return f'<a href="#s{number}" title="{safe(figure.metric.evidence.quote)}">{safe(text)}</a>'


def _charts(data: ComparisonData, sources: view.Sources) -> Iterable[str]:
    rows = drawable(data)
    if not rows:
        return
    yield '<div class="charts">'
    for row in rows:
        caption = f'{safe(view.name_en(row))} <span lang="zh-Hans">{safe(view.name_zh(row))}</span>'
        caption = f"<figcaption><b>{caption}</b>, {safe(view.unit(row))}</figcaption>"
        for picture in charts(row, data, lambda figure: f"#s{sources.number(figure)}"):
            yield f"<figure>{caption}{picture}</figure>"
    yield "</div>"


def _notes(data: ComparisonData) -> Iterable[str]:
    yield '<h2 id="notes">Notes · 提示</h2>'
    if not data.notes:
        yield "<p>None.</p>"
        return
    names = {row.id: view.name_en(row) for row in data.rows}
    several = len(view.bodies(data)) > 1
    heads = {column.id: view.heading(column, several) for column in data.columns}
    yield "<ul>"
    for note in data.notes:
        where = ", ".join(part for part in (names.get(note.row or "", ""), heads.get(note.column or "", "")) if part)
        place = f'<a href="#{safe(note.row)}">{safe(where)}</a>' if note.row else safe(where)
        told = f" ({place})" if where else ""
        yield f'<li><b class="{safe(note.severity)}">{safe(note.severity)}</b>{told}: {safe(note.message)}</li>'
    yield "</ul>"


def _signs(pictures: bool) -> Iterable[str]:
    yield '<h2 id="signs">Signs · 说明</h2><dl>'
    yield from (f"<dt>{safe(sign)}</dt><dd>{safe(meaning)}</dd>" for sign, meaning in view.LEGEND)
    yield "</dl>"
    if pictures:
        yield (
            "<p>In the charts the time axis is to scale and a line joins consecutive years only. Filled: stated "
            "exactly; circle: about; triangle up: at least or more than; triangle down: at most or nearly; square: "
            "told by a later report; dashed diamond: target, in the year it is for. Not drawn: figures of a part of a "
            "year or of several years, years with several figures, bodies with one year. Bodies of very different "
            "size have pictures of their own.</p>"
        )


def _sources(sources: view.Sources) -> Iterable[str]:
    yield '<h2 id="sources">Sources · 出处</h2><ol class="src">'
    for number, column, evidence, figures in sources:
        quote, out, here = evidence.quote, [], 0
        for start, end in sorted({(f.metric.number.start, f.metric.number.end) for f in figures}):
            start, end = start - evidence.start, end - evidence.start
            if start >= here:
                out.append(f"{safe(quote[here:start])}<mark>{safe(quote[start:end])}</mark>")
                here = end
        text = "".join(out) + safe(quote[here:])
        place = f"{column.source}, characters {evidence.start}–{evidence.end}"
        text = f'<span lang="zh-Hans">{text}</span>'
        yield f'<li id="s{number}" value="{number}">{text} <small>{safe(place)}</small></li>'
    yield "</ol>"
