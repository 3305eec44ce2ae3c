"""The loop: from mention to mention, each one a quantity or a dismissed span."""

from collections.abc import Sequence
from decimal import Decimal

from summarizer import numerals
from summarizer.document import DismissalReason, Numbers, Qualifier, Span
from summarizer.quantities import bare, context, counting, dates, markers, measures, names, numbers, ranges, zeros
from summarizer.quantities.alphabet import CLOSERS, DIGITS, MENTION, NUMERALS, SPACES, before, skip_spaces
from summarizer.quantities.ledger import Ledger

_DATE, _DOCNO, _NAME = DismissalReason.DATE, DismissalReason.DOCNO, DismissalReason.NAME
_MARKER, _PAGE, _VAGUE = DismissalReason.MARKER, DismissalReason.PAGE, DismissalReason.VAGUE


def scan(
    text: str,
    body: Span,
    *,
    year: int | None,
    plans: Sequence[Span] = (),
    headings: Sequence[Span] = (),
) -> Numbers:
    """Find every numeric mention of a report's body and say what it states or why it states nothing.

    Every run of ASCII or full-width digits and of Han numerals in `body` lies in exactly one quantity
    (`[start, end)`) or one dismissed span; spans do not overlap, except that the two ends of a range share theirs.

    Args:
        text: the whole document text; offsets of the result are offsets into it.
        body: the report proper; nothing outside is read as a mention.
        year: the report's year, the period of a figure that names none; None when unknown.
        plans: sections about future work, whose figures are targets; found from headings when empty.
        headings: heading texts with their markers (一、总体情况); also found without.

    Runs in time linear in the length of the body, whatever it holds.
    """
    return _Scanner(text, body, year, plans, headings).run()


class _Scanner:
    """One walk over one body; discarded afterwards."""

    def __init__(
        self, text: str, body: Span, year: int | None, plans: Sequence[Span], headings: Sequence[Span]
    ) -> None:
        self._text, self._start, self._stop = text, body.start, body.end
        self._headings = sorted(headings)
        self._heading_at = 0
        self._ledger = Ledger(text, body, year, plans)

    def run(self) -> Numbers:
        search, text, stop = MENTION.search, self._text, self._stop
        at = self._start
        while match := search(text, at, stop):
            start, end = match.span()
            char = text[start]
            if char in DIGITS:
                at = self._digits(start, end)
            elif char in NUMERALS:
                at = self._han(start, end)
            else:
                self._words(start, end)
                at = end
        return self._ledger.numbers()

    def _date(self, start: int, date: dates.Date, *, running: bool) -> int:
        if running:
            self._ledger.periods.name(date, start)
        return self._ledger.dismiss(start, date.end, _DATE)

    def _heading_marker(self, at: int) -> bool:
        """Whether `at` lies in the marker of a heading the caller named: its first five characters."""
        headings = self._headings
        while self._heading_at < len(headings) and headings[self._heading_at].end <= at:
            self._heading_at += 1
        if self._heading_at >= len(headings) or headings[self._heading_at].start > at:
            return False
        head = headings[self._heading_at].start
        return at - head <= 3 and not self._text[head:at].strip("(（第[【 \u3000")

    # -- digits

    def _digits(self, start: int, run: int) -> int:
        text, stop = self._text, self._stop
        if run - start > 18:
            return self._ledger.dismiss(start, run, _PAGE)
        if run - start <= 2 and (
            markers.marker_at(text, start, self._start, han=False) or (self._headings and self._heading_marker(start))
        ):
            self._ledger.periods.reset()
            return self._ledger.dismiss(start, run, _MARKER)
        place = before(text, start, self._start)
        left = text[place] if place >= self._start else "\n"
        if left == "第":
            return self._ordinal(start, run, place, han=False)
        titled = names.title_end(text, start, stop) is not None
        docno = names.docno_end(text, start, stop)
        if docno is not None:
            return self._ledger.dismiss(start, docno, _DOCNO)
        quote = None if titled else names.quote_of(text, start, stop)
        date = dates.date_at(text, start, run, stop)
        if date is not None and date.end == run + 1 and bare.limit(text, start, run):
            date = None  # 法定时限由30日压缩至20日
        if date is not None:
            return self._date(start, date, running=not titled and quote is None)
        if titled:
            return self._ledger.dismiss(start, self._code_end(start, run), _NAME)
        if text[run : run + 1] in (":", "：", "∶", ".", "．", " "):
            shares = ranges.proportion_at(text, start, stop)
            if shares is not None:
                return self._shares(shares)
        clock = dates.clock_at(text, start, stop) if text[run : run + 1] in (":", "：") else None
        if clock is not None:
            return self._ledger.dismiss(start, clock, _NAME if left == "比" else _DATE)
        if (run < stop and text[run] == "年") or (run + 1 < stop and text[run] in SPACES and text[run + 1] == "年"):
            return self._years(start, run)
        fraction = numbers.fraction_at(text, start, stop) if text[run : run + 1] in ("/", "／") else None
        if fraction is not None:
            return self._ledger.measured(fraction, measures.Unit(fraction.after, "%"))
        code = names.token_end(text, start, run, stop)
        if code is not None and not self._amount_after_letters(start, run):
            return self._ledger.dismiss(start, code, _NAME)
        return self._number(start, run, left, quote)

    def _code_end(self, start: int, run: int) -> int:
        return names.token_end(self._text, start, run, self._stop) or run

    def _amount_after_letters(self, start: int, run: int) -> bool:
        """GDP5.2万亿元, R&D投入: letters before, but a scale and a unit after."""
        number = numbers.arabic_at(self._text, start, self._stop)
        return (
            number is not None and number.scaled and measures.unit_at(self._text, number.after, self._stop) is not None
        )

    def _number(self, start: int, run: int, left: str, quote: tuple[int, int] | None) -> int:
        text, stop = self._text, self._stop
        number = numbers.arabic_at(text, start, stop)
        if number is None or (3 <= run - start <= 6 and names.known_line(text, start, run)):
            return self._ledger.dismiss(start, run, _NAME)
        unit = measures.unit_at(text, skip_spaces(text, number.after, stop), stop)
        if unit is None:
            if text.startswith("年", number.after):  # 30多年
                return self._ledger.dismiss(start, number.after, _DATE)
            pair = ranges.range_at(text, number, stop)
            if pair is not None and not self._quoted(quote, pair[2].end):
                return self._ledger.range(*pair)
            if (
                left == "前"
                and number.after == run
                and (end := names.front_rank(text, start, run, self._start)) is not None
            ):
                return self._ledger.rank(number, start - 1, end, Qualifier.AT_MOST)
            return self._bare(number, run, left, quote)
        if self._quoted(quote, unit.end) and unit.name not in {"%", "元", "百分点"}:
            return self._ledger.dismiss(start, max(run, number.end), _NAME)
        if (
            left == "前"
            and number.after == run
            and unit.name in {"名", "位"}
            and names.front_rank(text, start, run, self._start)
        ):
            return self._ledger.rank(number, start - 1, unit.end, Qualifier.AT_MOST)
        if unit.name == "成":  # 近7成
            return self._ledger.measured(number._replace(value=number.value * 10), unit._replace(name="%"))
        reason = bare.no_count(text, number, unit, left)
        if reason is not None:
            return self._ledger.dismiss(start, max(run, number.after), reason)
        pair = ranges.range_at(text, number, stop, unit)
        return self._ledger.measured(number, unit) if pair is None else self._ledger.range(*pair)

    def _quoted(self, quote: tuple[int, int] | None, end: int) -> bool:
        """Whether a short quotation makes a name of the number: “123456”, “20条”."""
        return quote is not None and quote[1] - quote[0] <= 20 and end <= quote[1] + 1

    def _bare(self, number: numbers.Number, run: int, left: str, quote: tuple[int, int] | None) -> int:
        """A number without a measure word: an index, a count in a table, or a name."""
        text, stop, start = self._text, self._stop, number.start
        end = max(run, number.after)
        if text.startswith("岁", number.after) and bare.age(text, start):
            return self._ledger.measured(number, measures.Unit(number.after + 1, "岁"))
        shared = ranges.shared_unit(text, number, stop)
        if shared is not None:
            listed, name = shared
            return self._ledger.measured(listed, measures.Unit(number.after, name))
        if not number.scaled and not number.more:
            after = text[number.end : number.end + 1]
            if names.hotline(text, start, number.end) or names.named_after(text, number.after, stop):
                return self._ledger.dismiss(start, end, _NAME)
            if left in ":：∶" and text[start - 2 : start - 1].isdigit():
                return self._ledger.dismiss(start, end, _NAME)  # 2.36∶1
            if (after.isascii() and after.isalpha()) or after in {"·", "•"}:
                return self._ledger.dismiss(start, end, _NAME)  # 5G, 3·15
            if number.end - start > 1 and text[start] == "0" and text[start + 1] != ".":
                return self._ledger.dismiss(start, end, _PAGE)  # 0000: cells of a table glued together
            if (
                bare.glued(text, number)
                or bare.furniture(text, start)
                or not bare.stands_alone(text, number, left, stop)
            ):
                return self._ledger.dismiss(start, end, bare.bare_reason(text, number, left))
        if self._quoted(quote, number.after) or text.startswith("级", number.after):
            return self._ledger.dismiss(start, end, _NAME)
        if left in "\n|\t" and (head := bare.table_unit(text, start, self._start)) is not None:
            cell = numerals.parse(text[start : number.end] + head[0]) if not number.scaled else number.value
            return self._ledger.measured(number._replace(value=cell), measures.Unit(number.after, head[1]))
        name = "元" if number.scaled and context.money(text, self._start, start) else ""
        return self._ledger.measured(number, measures.Unit(number.after, name))

    def _shares(self, spans: list[Span]) -> int:
        """20.5:33.3:46.2 of a whole, in percent."""
        for start, end in spans:
            number = numbers.arabic_at(self._text, start, end)
            if number is not None:
                self._ledger.measured(number, measures.Unit(end, "%"))
        return spans[-1].end

    def _years(self, start: int, run: int) -> int:
        """3年: a duration after 连续, 提前 and the like, else a date."""
        text = self._text
        number = numbers.arabic_at(text, start, self._stop)
        if number is None or not bare.duration(text, start):
            return self._ledger.dismiss(start, run, _DATE)
        end = text.index("年", run) + 1
        return self._ledger.measured(number, measures.Unit(end, "年"))

    def _ordinal(self, start: int, run: int, ordinal: int, *, han: bool) -> int:
        text = self._text
        if (
            han
            and markers.ordinal_marker_at(text, ordinal, self._start)
            and not names.rank_end(text, ordinal, run, self._start)
        ):
            return self._ledger.dismiss(start, run, _MARKER)
        inside = (
            names.title_end(text, start, self._stop) is not None or names.quote_of(text, start, self._stop) is not None
        )
        end = None if inside else names.rank_end(text, ordinal, run, self._start)
        number = (numbers.han_at if han else numbers.arabic_at)(text, start, self._stop) if end is not None else None
        if end is None or number is None or number.value < 1 or number.end > run:
            return self._ledger.dismiss(start, run, names.ordinal_reason(text, run, han=han))
        return self._ledger.rank(number, ordinal, end)

    # -- Han numerals

    def _han(self, start: int, run: int) -> int:
        text, stop = self._text, self._stop
        if run - start > 20:
            return self._ledger.dismiss(start, run, _VAGUE)
        place = before(text, start, self._start)
        left = text[place] if place >= self._start else "\n"
        if run - start <= 3 and (
            markers.marker_at(text, start, self._start, han=True) or (self._headings and self._heading_marker(start))
        ):
            if markers.inline(text, start):
                self._ledger.periods.item(start)
            else:
                self._ledger.periods.reset()
            return self._ledger.dismiss(start, run, _MARKER)
        if left == "第":
            return self._ordinal(start, run, place, han=True)
        titled = names.title_end(text, start, stop) is not None
        if text[start] == "一" and run - start == 1 and names.rhythm(text, start):
            return self._ledger.dismiss(start, run, _NAME)
        date = dates.han_date_at(text, start, stop)
        if text[run : run + 1] == "日" and not titled and bare.limit(text, start, run):
            number = numbers.han_at(text, start, stop)
            if number is not None and number.after == run:
                return self._ledger.measured(number, measures.Unit(run + 1, "日"))
        if date is not None and date.end > run:
            return self._date(start, date, running=not titled)
        if titled:
            return self._ledger.dismiss(start, run, _NAME)
        quote = names.quote_of(text, start, stop)
        if text[start] == "零" and run - start == 1:
            return self._nought(start, run, quoted=quote is not None)
        reason = names.han_word(text, start, run)
        if reason is _VAGUE and text.startswith("一起", start) and counting.one_event(text, start):
            reason = None
        if reason is not None:
            return self._ledger.dismiss(start, run, reason)
        if self._quoted(quote, run):
            return self._ledger.dismiss(start, run, _NAME)
        return self._han_number(start, run, left)

    def _nought(self, start: int, run: int, *, quoted: bool) -> int:
        """零宗 is a count, 零投诉 a zero in words, 零售 and “零距离” are names."""
        text = self._text
        unit = measures.unit_at(text, run, self._stop)
        if unit is not None and unit.name in {"宗", "起", "件", "例", "家", "次", "人", "名"} and not quoted:
            number = numbers.han_at(text, start, run)
            if number is not None and (unit.end >= len(text) or text[unit.end] in CLOSERS):
                return self._ledger.measured(number, unit)
        if text[start - 1 : start] in ("为", "是") and text[run : run + 1] in CLOSERS and not quoted:
            return self._ledger.measured(numbers.Number(start, run, run, Decimal(0)), measures.Unit(run, ""))
        nil = zeros.nil_numeral(text, start, self._start)
        if nil is None or quoted or self._ledger.in_plan(start):
            return self._ledger.dismiss(start, run, _NAME)
        return self._ledger.nil(nil)

    def _han_number(self, start: int, run: int, left: str) -> int:
        text, stop = self._text, self._stop
        after = text[run] if run < stop else "\n"
        if (text[start] in "十百千万亿" and left in "数几上成好大") or after == "几":
            return self._ledger.dismiss(start, run, _VAGUE)  # 数百, 上千, 十几
        if after == "年":
            return self._han_years(start, run)
        number = numbers.han_at(text, start, stop)
        if number is None or (number.end != run and not number.fraction and "点" not in text[start : number.end]):
            return self._ledger.dismiss(start, run, _VAGUE)
        if number.fraction:
            return self._ledger.measured(number, measures.Unit(number.after, "%"))
        if number.end > run and number.end - start > 20:
            return self._ledger.dismiss(start, run, _VAGUE)
        unit = measures.unit_at(text, skip_spaces(text, number.after, stop), stop)
        if left == "前" and number.after == run and (unit is None or unit.name in {"名", "位"}):
            end = names.front_rank(text, start, run, self._start)
            if end is not None:
                return self._ledger.rank(number, start - 1, end, Qualifier.AT_MOST)
        if unit is None or number.after < run:
            return self._ledger.dismiss(start, max(run, number.end), counting.uncounted_reason(text, start, run))
        reason = counting.no_count(text, number, unit, run, left)
        if reason is not None:
            return self._ledger.dismiss(start, max(run, number.end), reason)
        if unit.name == "成":
            return self._ledger.measured(number._replace(value=number.value * 10), measures.Unit(unit.end, "%"))  # 八成
        return self._ledger.measured(number, unit)

    def _han_years(self, start: int, run: int) -> int:
        text = self._text
        if text.startswith(("一贯", "义务"), run + 1):
            return self._ledger.dismiss(start, run, _NAME)
        if bare.duration(text, start):
            number = numbers.han_at(text, start, self._stop)
            if number is not None and number.end == run:
                return self._ledger.measured(number, measures.Unit(run + 1, "年"))
        return self._ledger.dismiss(start, run, _NAME if names.scale_only(text[start:run]) else _DATE)

    # -- words

    def _words(self, start: int, end: int) -> None:
        text = self._text
        if text[end - 2 : end] == "半年" and end - start == 3:
            if names.title_end(text, start, self._stop) is None:
                self._ledger.periods.half_year(end, first=text[start] == "上")
            return
        if self._ledger.in_plan(start):
            return
        nil = zeros.nil_at(text, start, end, self._start, self._stop)
        if nil is not None and names.title_end(text, start, self._stop) is None:
            self._ledger.nil(nil)
