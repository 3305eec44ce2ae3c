"""The loop: from mention to mention, each one a quantity or a dismissed span."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from summarizer.document import Bound, Dismissed, DismissalReason, Kind, Numbers, Qualifier, Quantity, Span
from summarizer.quantities import context, dates, markers, measures, names, numbers, ranges, zeros
from summarizer.quantities.alphabet import CLOSERS, DIGITS, MENTION, NUMERALS, SPACES, before, clause_start, skip_spaces
from summarizer.quantities.periods import Periods
from summarizer.quantities.plans import plans_of

_DATE, _DOCNO, _NAME = DismissalReason.DATE, DismissalReason.DOCNO, DismissalReason.NAME
_MARKER, _PAGE, _VAGUE = DismissalReason.MARKER, DismissalReason.PAGE, DismissalReason.VAGUE
_ZERO = Decimal(0)


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

    def __init__(self, text: str, body: Span, year: int | None, plans: Sequence[Span], headings: Sequence[Span]) -> None:
        self._text, self._start, self._stop = text, body.start, body.end
        self._default = None if year is None else str(year)
        self._year = year
        self._plans = plans_of(text, body, plans, year)
        self._headings = sorted(headings)
        self._heading_at = 0
        self._plan_at = 0
        self._periods = Periods(text, year)
        self._quantities: list[Quantity] = []
        self._dismissed: list[Dismissed] = []

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
        return Numbers(tuple(self._quantities), tuple(self._dismissed))

    # -- what a mention becomes

    def _dismiss(self, start: int, end: int, reason: DismissalReason) -> int:
        self._dismissed.append(Dismissed(start, end, reason))
        return end

    def _date(self, start: int, date: dates.Date, *, running: bool) -> int:
        if running:
            self._periods.name(date, start)
        return self._dismiss(start, date.end, _DATE)

    def _plan(self, at: int) -> tuple[bool, str | None]:
        """Whether `at` lies in a plan section, and the period planned for."""
        plans = self._plans
        while self._plan_at < len(plans) and plans[self._plan_at].end <= at:
            self._plan_at += 1
        if self._plan_at < len(plans) and plans[self._plan_at].start <= at:
            return True, plans[self._plan_at].period
        return False, None

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
            return self._dismiss(start, run, _PAGE)
        if run - start <= 2 and (
            markers.marker_at(text, start, self._start, han=False) or self._headings and self._heading_marker(start)
        ):
            self._periods.reset()
            return self._dismiss(start, run, _MARKER)
        place = before(text, start, self._start)
        left = text[place] if place >= self._start else "\n"
        if left == "第":
            return self._ordinal(start, run, place, han=False)
        titled = names.title_end(text, start, stop) is not None
        docno = names.docno_end(text, start, stop)
        if docno is not None:
            return self._dismiss(start, docno, _DOCNO)
        quote = None if titled else names.quote_of(text, start, stop)
        date = dates.date_at(text, start, run, stop)
        if date is not None:
            return self._date(start, date, running=not titled and quote is None)
        if titled:
            return self._dismiss(start, self._code_end(start, run), _NAME)
        clock = dates.clock_at(text, start, stop) if text[run : run + 1] in (":", "：") else None
        if clock is not None:
            return self._dismiss(start, clock, _NAME if left == "比" else _DATE)
        if run < stop and text[run] == "年" or run + 1 < stop and text[run] in SPACES and text[run + 1] == "年":
            return self._years(start, run)
        fraction = numbers.fraction_at(text, start, stop) if text[run : run + 1] == "/" else None
        if fraction is not None:
            return self._measured(fraction, measures.Unit(fraction.after, "%"))
        code = names.token_end(text, start, run, stop)
        if code is not None and not self._amount_after_letters(start, run):
            return self._dismiss(start, code, _NAME)
        return self._number(start, run, left, quote)

    def _code_end(self, start: int, run: int) -> int:
        return names.token_end(self._text, start, run, self._stop) or run

    def _amount_after_letters(self, start: int, run: int) -> bool:
        """GDP5.2万亿元, R&D投入: letters before, but a scale and a unit after."""
        number = numbers.arabic_at(self._text, start, self._stop)
        return number is not None and number.scaled and measures.unit_at(self._text, number.after, self._stop) is not None

    def _number(self, start: int, run: int, left: str, quote: tuple[int, int] | None) -> int:
        text, stop = self._text, self._stop
        number = numbers.arabic_at(text, start, stop)
        if number is None:
            return self._dismiss(start, run, _NAME)
        unit = measures.unit_at(text, skip_spaces(text, number.after, stop), stop)
        if unit is None:
            pair = ranges.range_at(text, number, stop)
            if pair is not None and not self._quoted(quote, pair[1].end):
                return self._range(number, *pair)
            return self._bare(number, run, left, quote)
        if self._quoted(quote, unit.end) and unit.name not in {"%", "元", "百分点", "个百分点"}:
            return self._dismiss(start, max(run, number.end), _NAME)
        reason = self._no_count(number, unit, left)
        if reason is not None:
            return self._dismiss(start, max(run, number.after), reason)
        pair = ranges.range_at(text, number, stop, unit)
        if pair is not None:
            return self._range(number, *pair)
        return self._measured(number, unit)

    def _quoted(self, quote: tuple[int, int] | None, end: int) -> bool:
        """Whether a short quotation makes a name of the number: “123456”, “20条”."""
        return quote is not None and quote[1] - quote[0] <= 20 and end <= quote[1] + 1

    def _no_count(self, number: numbers.Number, unit: measures.Unit, left: str) -> DismissalReason | None:
        """Why a number with a measure word is no quantity all the same."""
        text = self._text
        name = unit.name
        if name in {"级", "届", "线"} or (name == "度" and unit.end - number.after == 1 and text[unit.end : unit.end + 1] == "假"):
            return _DOCNO if name == "届" else _NAME
        if name in {"个", "项", "大", "类", "种"} and names.structure_after(text, number.after):
            return _VAGUE
        if name in {"小时", "分钟", "天", "个小时"} and ranges.clock_name(text, unit.end, left):
            return _NAME
        if name == "个月" and left in "前近每第":
            return _DATE
        if name == "次" and text.startswith(("最多跑", "只跑", "跑"), max(0, number.start - 3)) and number.value <= 1:
            return _NAME
        if name in {"期", "号"} and text.startswith(("工程", "项目"), unit.end) and left not in CLOSERS:
            return _NAME if number.value <= 9 else None
        if names.named_after(text, number.after, self._stop) and name in {"度", "条", "代"}:
            return _NAME
        return None

    def _bare(self, number: numbers.Number, run: int, left: str, quote: tuple[int, int] | None) -> int:
        """A number without a measure word: an index, a count in a table, or a name."""
        text, stop, start = self._text, self._stop, number.start
        end = max(run, number.after)
        if not number.scaled and not number.more:
            if names.hotline(text, start, number.end) or names.named_after(text, number.after, stop):
                return self._dismiss(start, end, _NAME)
            if text[number.end : number.end + 1].isascii() and text[number.end : number.end + 1].isalpha():
                return self._dismiss(start, end, _NAME)
            if number.end - start > 1 and text[start] == "0" and text[start + 1] != ".":
                return self._dismiss(start, end, _PAGE)  # 0000: cells of a table glued together
            if not ranges.stands_alone(text, number, left, self._start, stop):
                return self._dismiss(start, end, ranges.bare_reason(text, number, left))
        if self._quoted(quote, number.after):
            return self._dismiss(start, end, _NAME)
        name = "元" if number.scaled and context.money(text, self._start, start) else ""
        return self._measured(number, measures.Unit(number.after, name))

    def _years(self, start: int, run: int) -> int:
        """3年: a duration after 连续, 提前 and the like, else a date."""
        text = self._text
        number = numbers.arabic_at(text, start, self._stop)
        if number is None or not ranges.duration(text, start):
            return self._dismiss(start, run, _DATE)
        end = text.index("年", run) + 1
        return self._measured(number, measures.Unit(end, "年"))

    def _measured(self, number: numbers.Number, unit: measures.Unit) -> int:
        end = max(unit.end, number.after)
        self._quantities.append(self._quantity(number, unit.name, number.start, end))
        return end

    def _quantity(self, number: numbers.Number, unit: str, start: int, end: int) -> Quantity:
        text, low = self._text, self._start
        place = number.start
        in_plan, planned_for = self._plan(place)
        period = self._periods.at(place)
        if in_plan:
            planned = not context.past(text, low, place)
            period = period or (planned_for if planned else self._default)
        else:
            planned = context.planned(text, low, place) or (period is not None and self._ahead(period))
            period = period or self._default
        direction = context.change_direction(text, low, place, unit)
        kind = context.kind_of(direction, planned=planned)
        if direction is None and context.rises(text, low, start, end):
            period = "previous"
        return Quantity(
            start,
            end,
            Span(number.start, number.end),
            number.value,
            unit.removeprefix("个") if unit.startswith("个百") else unit,
            kind,
            direction if kind is Kind.CHANGE else None,
            context.qualifier(text, place, end, more=number.more, unit=unit),
            None,
            period,
        )

    def _ahead(self, period: str) -> bool:
        return self._year is not None and period[:4].isdigit() and int(period[:4]) > self._year

    def _range(self, low: numbers.Number, high: numbers.Number, unit: measures.Unit) -> int:
        first = self._quantity(low, unit.name, low.start, unit.end)
        second = self._quantity(high, unit.name, low.start, unit.end)
        second = replace(
            second, kind=first.kind, direction=first.direction, period=first.period, bound=Bound.HIGH,
            qualifier=second.qualifier or first.qualifier,
        )  # fmt: skip
        self._quantities += [replace(first, bound=Bound.LOW, qualifier=second.qualifier), second]
        return unit.end

    def _ordinal(self, start: int, run: int, ordinal: int, *, han: bool) -> int:
        text = self._text
        if han and markers.ordinal_marker_at(text, ordinal, self._start) and not names.rank_end(text, ordinal, run, self._start):
            return self._dismiss(start, run, _MARKER)
        inside = names.title_end(text, start, self._stop) is not None or names.quote_of(text, start, self._stop) is not None
        end = None if inside else names.rank_end(text, ordinal, run, self._start)
        number = (numbers.han_at if han else numbers.arabic_at)(text, start, self._stop) if end is not None else None
        if end is None or number is None or number.value < 1 or number.end > run:
            return self._dismiss(start, run, names.ordinal_reason(text, run, han=han))
        self._rank(number, ordinal, end)
        return end

    def _rank(self, number: numbers.Number, start: int, end: int, qualifier: Qualifier | None = None) -> None:
        in_plan, planned_for = self._plan(start)
        period = self._periods.at(number.start) or (planned_for if in_plan else self._default)
        kind = Kind.TARGET if in_plan or context.planned(self._text, self._start, start) else Kind.RANK
        span = Span(number.start, number.end)
        self._quantities.append(Quantity(start, end, span, number.value, "名", kind, None, qualifier, None, period))

    # -- Han numerals

    def _han(self, start: int, run: int) -> int:
        text, stop = self._text, self._stop
        if run - start > 20:
            return self._dismiss(start, run, _VAGUE)
        place = before(text, start, self._start)
        left = text[place] if place >= self._start else "\n"
        if run - start <= 3 and (
            markers.marker_at(text, start, self._start, han=True) or self._headings and self._heading_marker(start)
        ):
            self._periods.reset()
            return self._dismiss(start, run, _MARKER)
        if left == "第":
            return self._ordinal(start, run, place, han=True)
        titled = names.title_end(text, start, stop) is not None
        date = dates.han_date_at(text, start, stop)
        if date is not None and date.end > run:
            return self._date(start, date, running=not titled)
        if titled:
            return self._dismiss(start, run, _NAME)
        if text[start] == "零":
            nil = zeros.nil_numeral(text, start, self._start) if run - start == 1 else None
            if nil is not None and not self._plan(start)[0]:
                self._nil(nil)
                return nil.end
            if run - start == 1:
                return self._dismiss(start, run, _NAME)
        reason = names.han_word(text, start, run)
        if reason is not None:
            return self._dismiss(start, run, reason)
        quote = names.quote_of(text, start, stop)
        if quote is not None and self._quoted(quote, run):
            return self._dismiss(start, run, _NAME)
        return self._han_number(start, run, left)

    def _han_number(self, start: int, run: int, left: str) -> int:
        text, stop = self._text, self._stop
        after = text[run] if run < stop else "\n"
        if text[start] in "十百千万亿" and left in "数几上成好大" or after == "几":
            return self._dismiss(start, run, _VAGUE)  # 数百, 上千, 十几
        if after == "年":
            return self._han_years(start, run)
        number = numbers.han_at(text, start, stop)
        if number is None or (number.end != run and not number.fraction and "点" not in text[start : number.end]):
            return self._dismiss(start, run, _VAGUE)
        if number.fraction:
            return self._measured(number, measures.Unit(number.after, "%"))
        if number.end > run and number.end - start > 20:
            return self._dismiss(start, run, _VAGUE)
        unit = measures.unit_at(text, skip_spaces(text, number.after, stop), stop)
        if unit is None or number.after < run:
            return self._dismiss(start, max(run, number.end), ranges.han_reason(text, start, run))
        reason = ranges.han_no_count(text, number, unit, start, run, left)
        if reason is not None:
            return self._front_rank(number, unit, left, place=before(text, start, self._start)) or self._dismiss(
                start, max(run, number.end), reason
            )
        if unit.name == "成":
            tenths = number._replace(value=number.value * 10)
            return self._measured(tenths, measures.Unit(unit.end, "%"))
        return self._measured(number, unit)

    def _front_rank(self, number: numbers.Number, unit: measures.Unit, left: str, place: int) -> int | None:
        return None

    def _han_years(self, start: int, run: int) -> int:
        text = self._text
        if ranges.duration(text, start):
            number = numbers.han_at(text, start, self._stop)
            if number is not None and number.end == run:
                return self._measured(number, measures.Unit(run + 1, "年"))
        return self._dismiss(start, run, _NAME if names.scale_only(text[start:run]) else _DATE)

    # -- words

    def _words(self, start: int, end: int) -> None:
        text = self._text
        if text[end - 2 : end] == "半年" and end - start == 3:
            if names.title_end(text, start, self._stop) is None:
                self._periods.half_year(end, first=text[start] == "上")
            return
        if self._plan(start)[0]:
            return
        nil = zeros.nil_at(text, start, end, self._start, self._stop)
        if nil is not None and names.title_end(text, start, self._stop) is None:
            self._nil(nil)

    def _nil(self, nil: zeros.Nil) -> None:
        kind = Kind.ACTUAL if nil.direction is None else Kind.CHANGE
        period = self._periods.at(nil.start) or self._default
        span = Span(nil.start, nil.end)
        self._quantities.append(
            Quantity(nil.start, nil.end, span, _ZERO, "", kind, nil.direction, nil.qualifier, None, period, stated_in_words=True)
        )
