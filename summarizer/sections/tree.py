"""Which marks are headings, and how deep each one lies.

One walk over the marks with the open lists on a stack. A mark whose list is open must go on counting; a mark that
opens a list must stand at a sure place and be followed by its second. The level of a heading is its place in the
stack. Each decision looks ahead by index only, so the walk is linear but for a logarithm.
"""

from bisect import bisect_left
from dataclasses import dataclass

from summarizer.sections.marks import FIRM, ITEMS, Family, Mark, Place

_LOWEST_ITEM = 3  # 一是 items are sections down to this level (DESIGN.md)


def grow(marks: list[Mark]) -> list[tuple[Mark, int]]:
    """Give the headings among the marks, in order, each with its level (1 for the top)."""
    return _Tree(marks).grow()


@dataclass(slots=True)
class _Open:
    """A list of headings still open: its family, the number of its last item."""

    family: Family
    value: int


class _Tree:
    """One walk over the marks with the open lists on a stack; the level of a heading is its place in the stack."""

    def __init__(self, marks: list[Mark]) -> None:
        self.marks = marks
        self.of: dict[Family, list[int]] = {family: [] for family in Family}
        for index, mark in enumerate(marks):
            self.of[mark.family].append(index)
        self.stack: list[_Open] = []
        self.structured = any(marks[i].place is Place.LINE or marks[i].value == 1 for f in FIRM for i in self.of[f])

    def grow(self) -> list[tuple[Mark, int]]:
        """Give the headings in order, each with its level."""
        nodes: list[tuple[Mark, int]] = []
        resume = 0
        for index, mark in enumerate(self.marks):
            if index < resume:
                continue
            skip = self._embedded_until(index)
            if skip:
                resume = skip
                continue
            depth = self._depth(index)
            if depth is None:
                continue
            del self.stack[depth:]
            self.stack.append(_Open(mark.family, mark.value))
            nodes.append((mark, depth + 1))
        return nodes

    def _depth(self, index: int) -> int | None:
        """Say how many headings stay open above this mark; None when it is no heading."""
        mark = self.marks[index]
        at = self._frame(mark.family)
        if mark.family is Family.BARE:
            return 0 if self._is_bare_heading(index) else None
        if at is not None:
            return at if self._continues(index, self.stack[at], at) else None
        depth = len(self.stack)
        while depth and self.stack[depth - 1].family > mark.family and not self._resumes(index, depth - 1):
            depth -= 1
        return depth if self._starts(index, depth) else None

    def _frame(self, family: Family) -> int | None:
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at].family is family:
                return at
        return None

    def _continues(self, index: int, last: _Open, depth: int) -> bool:
        """Judge a mark whose list is open: the next number, or a slip in the numbering at a sure place."""
        mark = self.marks[index]
        step = mark.value - last.value
        if mark.family in ITEMS and depth + 1 > _LOWEST_ITEM:
            return False
        if mark.doubtful:
            return step == 1 and self._follower(index, depth) == 1
        if step == 1:
            return True
        if mark.value == 1:
            return self._starts(index, depth)
        if mark.place is Place.LINE:
            return mark.family <= Family.BRACKET or -1 <= step <= 3
        if mark.family is Family.FIRST:
            return step >= 1 and mark.place is not Place.COMMA  # 首先…其次…最后…
        return mark.place is not Place.COMMA and 0 <= step <= 2

    def _starts(self, index: int, depth: int) -> bool:
        """Judge a mark that would open a list at `depth`."""
        mark = self.marks[index]
        if mark.family in ITEMS and depth + 1 > _LOWEST_ITEM:
            return False
        if mark.place is Place.COMMA or (mark.family in ITEMS and self._introduces(index, depth)):
            return False
        if mark.family > Family.BRACKET and depth == 0 and self.structured:
            return False  # 一是 in the paragraph before 一、
        if mark.family <= Family.BRACKET and mark.place is Place.LINE:
            return True
        if mark.value != 1:
            return mark.place is Place.LINE and mark.family is Family.DIGIT and self._follower(index, depth) == 1
        if mark.place is not Place.LINE and mark.family not in ITEMS and depth + 1 > _LOWEST_ITEM:
            return False  # 重点推进:1.…;2.…;3.… inside a paragraph of the third level
        return self._follower(index, depth) in (1, 2)

    def _introduces(self, index: int, depth: int) -> bool:
        """Tell whether 一是…;二是… stands in the paragraph that leads to （一）: then it is no list of headings."""
        mark = self.marks[index]
        if mark.place is Place.LINE:
            return False
        follower = self._next(mark.family, index)
        limit = self._limit(index, depth)
        if follower is None or follower >= limit:
            return False
        nexts = [self._next(family, follower) for family in FIRM if self._frame(family) is None]
        return any(at is not None and at < limit and self.marks[at].value == 1 for at in nexts)

    def _follower(self, index: int, depth: int) -> int | None:
        """How much further the next mark of the same family counts, if no open heading above ends first."""
        mark = self.marks[index]
        after = self._next(mark.family, index)
        if after is None or after >= self._limit(index, depth):
            return None
        follower = self.marks[after]
        if follower.place is Place.COMMA:
            return None
        return follower.value - mark.value

    def _next(self, family: Family, index: int) -> int | None:
        """Index of the next mark of a family after `index`."""
        places = self.of[family]
        at = bisect_left(places, index + 1)
        return places[at] if at < len(places) else None

    def _limit(self, index: int, depth: int) -> int:
        """Index of the next mark of any family open above `depth`: there the list at `depth` ends."""
        ends = [self._next(frame.family, index) for frame in self.stack[:depth]]
        return min((end for end in ends if end is not None), default=len(self.marks))

    def _resumes(self, index: int, at: int) -> bool:
        """Tell whether the open list at `at` goes on after the list that this mark would open inside it.

        一是…:(1)…(2)… 二是…: rank alone would close 一是 at (1).
        """
        mark = self.marks[index]
        frame = self.stack[at]
        if mark.value != 1 or frame.family is Family.BARE:
            return False
        after = self._next(frame.family, index)
        if after is None or after >= self._limit(index, at):
            return False
        return self.marks[after].value == frame.value + 1

    def _embedded_until(self, index: int) -> int | None:
        """Find where a foreign list inside an open one ends, as index of the mark that takes up the open list again.

        In an open-government report 三、 holds the statutory table with rows 一、…二、…三、…四、, then 四、 follows.
        """
        mark = self.marks[index]
        at = self._frame(mark.family)
        if mark.value != 1 or at is None or mark.family is Family.BARE or self.stack[at].value < 1:
            return None
        outer = self.stack[at].value
        limit = self._limit(index, at)
        places = self.of[mark.family]
        inner = 1
        for place in range(bisect_left(places, index + 1), len(places)):
            if places[place] >= limit:
                return None
            value = self.marks[places[place]].value
            if value == inner + 1:
                inner = value
            elif value == outer + 1:
                return places[place]
            else:
                return None
        return None

    def _is_bare_heading(self, index: int) -> bool:
        """Accept a heading without a marker where it does not cut a running list in two."""
        mark = self.marks[index]
        if self.of[Family.PART] or self.of[Family.CHAPTER]:
            return mark.value == 0
        outer = next((f for f in self.stack if f.family is not Family.BARE), None)
        if outer is None:
            return True
        after = self._next(outer.family, index)
        return after is None or self.marks[after].value == 1
