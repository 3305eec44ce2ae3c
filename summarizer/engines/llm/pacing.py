"""How fast an endpoint may be asked: learnt from its answers, shared by all threads and reports of a process.

One `Pacer` for each address and model. It holds requests back where they stand before they are sent, so that

- no more are in flight than the endpoint bears: fewer after a 429, 503 or 529, slowly more again after answers;
- a wait the endpoint asks for is waited by everybody, once, and one that it does not put into seconds begins at 2 s,
  doubles, and ends with one request on trial, not with all of them;
- after a 429 requests leave no faster than the endpoint has been taking them, spread evenly. The rate then follows
  the curve of TCP CUBIC (RFC 9438), counted in requests: 10% below what was measured, up to it within 100 requests,
  10% above after 200 (one rejection in 200 is the price of finding out), and on, ever faster, where more is allowed.

`Pace` decides and knows neither clock nor thread; `Pacer` waits.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable

_HOLD = 0.3  # seconds; a request that is rejected is rejected at once, so one that takes longer has been taken
_BLIND = 2.0  # seconds of the first wait when the endpoint names none
_LONGEST_BLIND = 60.0
_LIFT = 100  # requests until the rate is what was measured
_DEPTH = 0.1  # how far below it begins
_SLOWEST = 0.1  # requests a second; below that it is for the waits to wait
_CREDIT = 0.1  # seconds a late thread may catch up
_RAMP = 100.0  # a second: how fast the first requests follow each other, before anything is known
_TELLING = 5  # requests that a measurement needs
_TRUSTED = 20  # requests of which a measurement is believed that differs a lot from the last
_IDLE = 5.0  # seconds without a request in flight, after which a measurement begins anew
_SLICE = 0.2  # seconds; Ctrl-C does not get through a longer wait on every system


class BlockedError(Exception):
    """The endpoint asked for a longer wait than anybody will wait.

    Attributes:
        told: seconds it asked for.
    """

    def __init__(self, told: float) -> None:
        super().__init__()
        self.told = told


class PatienceError(Exception):
    """The next wait is longer than the patience that is left.

    Attributes:
        waited: seconds of common waits until then.
    """

    def __init__(self, waited: float) -> None:
        super().__init__()
        self.waited = waited


class Pace:
    """When the next request may go. Every method is told what time it is; times are seconds of one clock.

    Attributes:
        most: requests in flight at most, whatever the endpoint bears.
        in_flight: requests that are out.
        taken, refused: requests the endpoint took, and those it turned away.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.in_flight = 0
        self.taken = self.refused = 0
        self._limit = float(most)
        self._number = 0  # of the last request
        self._began: float | None = None
        self._opened: float | None = None  # when the first answer came, or no longer was waited for
        self._until = -math.inf  # the end of the common wait
        self._rejections = 0  # waits in a row, none of which helped
        self._trial: float | None = None  # when the one request went that shows whether waiting has helped
        self._trying = False
        self._rate: float | None = None  # requests a second as measured, None before the first rejection
        self._guessed = False
        self._climbed = 0  # requests that had to wait for their time since then
        self._next = -math.inf
        self._cut = 0  # the last request that went before the last rejection was known
        self._load_cut = 0
        self._measured = (0, 0.0)  # requests and seconds the rate comes from, and what it may be at most
        self._bounds = (0.0, math.inf)
        self._since, self._sent = 0.0, 0
        self._last_out = -math.inf

    @property
    def limit(self) -> int:
        """Requests in flight that the endpoint is believed to bear."""
        return max(1, min(self.most, int(self._limit)))

    @property
    def rate(self) -> float | None:
        """Requests a second that may go, None for no limit."""
        if self._rate is None or self._guessed:
            return self._rate
        return max(_SLOWEST, self._rate * (1 + _DEPTH * ((self._climbed - _LIFT) / _LIFT) ** 3))

    def paused(self, now: float) -> float:
        """Seconds of the common wait that are left."""
        return max(0.0, self._until - now)

    def due(self, now: float) -> float:
        """Seconds until the next request may go, as far as time alone decides; infinite when an answer must come."""
        if now < self._until:
            return self._until - now
        if self.in_flight >= self.limit:
            return math.inf
        return max(0.0, self._held(now), self._tried(now), self._next - now if self._rate is not None else 0.0)

    def _held(self, now: float) -> float:
        """At the very beginning one request goes ahead; then the others, a few at a time."""
        if self._began is None or self._rate is not None:
            return 0.0
        if self._opened is None:
            if self.in_flight and now < self._began + _HOLD:
                return self._began + _HOLD - now
            self._opened = now
        room = 4 + 2 * self.taken + _RAMP * (now - self._opened)
        return 0.0 if self.in_flight < room else (self.in_flight - room) / _RAMP + 0.001

    def _tried(self, now: float) -> float:
        if not self._trying or self._trial is None:
            return 0.0
        if now >= self._trial + _HOLD:
            self._trying = False
            return 0.0
        return self._trial + _HOLD - now

    def send(self, now: float, *, waited: bool) -> int:
        """A request goes; `due` has said that it may.

        Args:
            waited: it was ready before its time had come, so that the rate is what holds requests back.

        Returns: its number.
        """
        if not self.in_flight and now - max(self._last_out, self._until) > _IDLE:
            self._since, self._sent = now, 0
        if self._began is None:
            self._began = self._since = now
        if self._trying and self._trial is None:
            self._trial = now
        rate = self.rate
        if rate is not None:
            self._next = max(self._next, now - _CREDIT) + 1 / rate
            if self._guessed and self._rate is not None:
                self._rate += 0.7  # twice as fast every second
            elif waited:
                self._climbed += 1
        self.in_flight += 1
        self._sent += 1
        self._number += 1
        return self._number

    def accepted(self, number: int, now: float) -> None:
        """The endpoint took a request, whatever it said to it."""
        self._out(now)
        self.taken += 1
        self._opened = now if self._opened is None else self._opened
        self._limit = min(self.most, self._limit + 0.25)
        if number > self._cut:
            self._rejections, self._trying = 0, False

    def lost(self, now: float) -> None:
        """Nobody knows what became of a request."""
        self._out(now)

    def rejected(self, number: int, now: float, told: float | None) -> float | None:
        """The endpoint turned a request away because there were too many.

        Args:
            told: seconds it asks to wait, None when it does not say.

        Returns: seconds of a wait that begins now, None when one has begun already.
        """
        flight = self.in_flight
        self._out(now)
        self.refused += 1
        if number <= self._cut:  # it went before the wait began, so it says nothing new
            taken, seconds = self._measured
            self._measured = (taken - 1, seconds)
            self._settle()
            self._until = max(self._until, now + (told or 0.0))
            self._next = max(self._next, self._until)
            self._limit = min(self._limit, max(1.0, 0.8 * flight))
            return None
        taken = self._sent - 1
        before = self.rate
        if taken or before is None:  # else the wait was too short, which says nothing of the rate
            lowest = 0.7 if taken < _TRUSTED else 0.3
            self._bounds = (0.0, math.inf) if before is None else (lowest * before, 0.95 * before)
            self._measured = (taken, now - self._since)
            self._settle()
        self._rejections = self._rejections + 1 if taken <= 0 else 1
        blind = min(_LONGEST_BLIND, _BLIND * 2 ** (self._rejections - 1))
        # An endpoint that names the same short wait again and again is not taken at its word.
        wait = blind if told is None else max(told, blind / 4) if self._rejections > 2 else told
        self._trying = told is None or self._rejections > 1 or self._guessed
        self._trial = None
        self._limit = max(1.0, 0.8 * min(self._limit, flight))
        self._begin_wait(now, wait)
        return wait

    def overloaded(self, number: int, now: float, told: float | None) -> float | None:
        """The endpoint has no room (503, 529). Returns: seconds of a wait that begins now, if it asked for one."""
        flight = self.in_flight
        self._out(now)
        self.refused += 1
        if number <= self._load_cut or number <= self._cut:
            return None
        self._load_cut = self._number
        self._limit = max(1.0, 0.5 * min(self._limit, flight))
        if told is None:
            return None
        self._begin_wait(now, told)
        return told

    def _begin_wait(self, now: float, seconds: float) -> None:
        self._until = max(self._until, now + seconds)
        self._next = max(self._next, self._until) if self._rate is None else self._until
        self._cut = self._number
        self._since, self._sent = now, 0

    def _settle(self) -> None:
        """Set the rate by what was measured, within the bounds; with too little measured, by a guess."""
        taken, seconds = self._measured
        low, high = self._bounds
        self._climbed = 0
        self._guessed = False
        if taken >= _TELLING and seconds > 0:
            self._rate = max(_SLOWEST, low, min(high, taken / seconds))
        elif high < math.inf:
            self._rate = max(_SLOWEST, low)
        else:
            self._rate, self._guessed = 1.0, True

    def _out(self, now: float) -> None:
        self.in_flight -= 1
        self._last_out = now


class Pacer:
    """Lets requests go at the pace of one endpoint, first come, first served. Thread-safe."""

    def __init__(
        self,
        most: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: "Callable[[threading.Condition, float], object] | None" = None,
    ) -> None:
        """`wait` waits for a condition, or for so many seconds of the clock at most."""
        self.pace = Pace(most)
        self._clock = clock
        self._wait = wait or _wait
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()
        self._blocked: tuple[float, float] | None = None  # until when, and the seconds that were told

    def widen(self, most: int) -> None:
        """Let another caller's limit count, when it is higher."""
        with self._changed:
            if most > self.pace.most:
                self.pace._limit += most - self.pace.most
                self.pace.most = most

    def enter(self, refuse: Callable[[], None], patience: float, *, again: bool) -> tuple[int, float]:
        """Wait for the turn of a request and count it as sent.

        Args:
            refuse: raises when the request must not be sent any more; asked all the time.
            patience: seconds of common waits that may be waited.
            again: it was turned away before, so that it goes first.

        Returns: the number of the request, and seconds of common waits. Raises: BlockedError, PatienceError, and
            whatever `refuse` raises.
        """
        me = object()
        spent, waited = 0.0, False
        with self._changed:
            (self._queue.appendleft if again else self._queue.append)(me)
            try:
                while True:
                    refuse()
                    now = self._clock()
                    if self._blocked is not None and now < self._blocked[0]:
                        raise BlockedError(self._blocked[1])
                    paused, due = self.pace.paused(now), self.pace.due(now)
                    if spent + paused > patience:
                        raise PatienceError(spent)
                    mine = self._queue[0] is me
                    if mine and due <= 0:
                        return self.pace.send(now, waited=waited), spent
                    waited = waited or (mine and not paused and due < math.inf)
                    self._wait(self._changed, due if mine else math.inf)
                    if paused:
                        spent += min(paused, self._clock() - now)
            finally:
                self._queue.remove(me)
                self._changed.notify_all()

    def accepted(self, number: int) -> None:
        """The endpoint took a request."""
        with self._changed:
            self.pace.accepted(number, self._clock())
            self._changed.notify_all()

    def lost(self, number: int) -> None:
        """Nobody knows what became of a request."""
        with self._changed:
            self.pace.lost(self._clock())
            self._changed.notify_all()

    def rejected(self, number: int, told: float | None, *, load: bool) -> float | None:
        """The endpoint turned a request away: too many, or (`load`) no room. Returns: seconds of a new common wait."""
        with self._changed:
            turned = self.pace.overloaded if load else self.pace.rejected
            wait = turned(number, self._clock(), told)
            self._changed.notify_all()
            return wait

    def block(self, number: int, told: float) -> None:
        """The endpoint asked for a wait that nobody will wait: nothing is sent until it is over."""
        with self._changed:
            self.pace.lost(self._clock())
            self._blocked = (self._clock() + told, told)
            self._changed.notify_all()

    def wake(self) -> None:
        """Have everybody who waits ask again whether to go on."""
        with self._changed:
            self._changed.notify_all()


def _wait(changed: threading.Condition, seconds: float) -> None:
    changed.wait(min(seconds, _SLICE))


_pacers: dict[tuple[str, str], Pacer] = {}
_lock = threading.Lock()


def pacer_of(who: tuple[str, str], most: int) -> Pacer:
    """The pacer of an address and a model, the same for everybody in this process."""
    with _lock:
        found = _pacers.setdefault(who, Pacer(most))
    found.widen(most)
    return found


def forget_paces() -> None:
    """Know of no endpoint how fast it may be asked."""
    with _lock:
        _pacers.clear()
