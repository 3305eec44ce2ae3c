"""Arabic, Chinese and mixed numerals to `Decimal`, exactly.

Grammar, with the forms met in reports:

    number   := fraction | segments | han
    fraction := han "分之" han                    百分之八点二, 三分之一
    segments := (arabic scale*)+                  138.75625, 1,813, 1.5万亿, 3千, 1亿2000万
    han      := structured | positional           一万二千, 廿, 两百零五 | 二〇二三
    decimals := han "点" digits                   八点二, 一点五万

Never float: 16.4 * 10**8 is 1639999999.9999998 there.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from summarizer.patterns import pattern

_MAX_LENGTH = 40  # no figure of a report is longer; glued table cells are
_CONTEXT = Context(prec=80, rounding=ROUND_HALF_EVEN)

_WIDTH = str.maketrans("０１２３４５６７８９．，○Ｏ", "0123456789.,〇〇")
_SPACES = pattern(r"[ \t\u00a0\u2009\u202f\u3000]+")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,8}|[0-9]{1,30})(?:\.[0-9]{1,20})?"
_SEGMENTS = pattern(rf"(?:{_ARABIC}[十百千万亿]{{0,3}}){{1,4}}")
_SEGMENT = pattern(rf"({_ARABIC})([十百千万亿]{{0,3}})")
_POSITIONAL = pattern("[〇零一二三四五六七八九]{2,20}")
_PARTS = ((10**8, "亿"), (10**4, "万"))


def parse(s: str) -> Decimal:
    """Value of a numeral: `parse("1.5万亿")` is 1500000000000, `parse("三分之一")` is 33.3333.

    `s` is the numeral with its scale words and without unit or qualifier; spaces, full-width digits and
    thousands commas are accepted. Fractions (百分之八点二, 三分之一) are given in percent, to 4 decimals.

    Returns: a finite Decimal, never negative, without trailing zeros and without an exponent above 0.
    Raises: ValueError if `s` is no numeral or longer than 40 characters.
    """
    if len(s) > _MAX_LENGTH:
        raise ValueError(f"numeral longer than {_MAX_LENGTH} characters: {s[:20]!r}...")
    if s.isascii() and s.isdigit():
        return Decimal(int(s))
    plain = _SPACES.sub("", s).translate(_WIDTH)
    if not plain:
        raise ValueError("empty numeral")
    if "分之" in plain:
        return _fraction(plain)
    if plain[0] in "0123456789":
        return tidy(_segments(plain))
    return tidy(_han(plain))


def tidy(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without a positive exponent (6.0 -> 6, 1E+2 -> 100)."""
    short = value.normalize(_CONTEXT)
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1), context=_CONTEXT) if isinstance(exponent, int) and exponent > 0 else short


def _fraction(plain: str) -> Decimal:
    below, _, above = plain.partition("分之")
    bottom, top = _either(below), _either(above)
    if not bottom:
        raise ValueError(f"fraction without denominator: {plain!r}")
    percent = _CONTEXT.divide(_CONTEXT.multiply(top, Decimal(100)), bottom)
    return tidy(percent.quantize(Decimal("0.0001"), context=_CONTEXT))


def _either(plain: str) -> Decimal:
    if not plain:
        raise ValueError("half a fraction")
    return _segments(plain) if plain[0] in "0123456789" else _han(plain)


def _segments(plain: str) -> Decimal:
    """1.5万亿, 1亿2000万: scales multiply within a segment and fall from segment to segment."""
    if not _SEGMENTS.fullmatch(plain):
        raise ValueError(f"not a numeral: {plain!r}")
    total = Decimal(0)
    last: int | None = None
    for match in _SEGMENT.finditer(plain):
        scale = 1
        for char in match[2]:
            scale *= _SCALES[char]
        part = _CONTEXT.multiply(Decimal(match[1].replace(",", "")), Decimal(scale))
        if last is not None and (scale >= last or part >= last):
            raise ValueError(f"scales do not fall: {plain!r}")
        total = _CONTEXT.add(total, part)
        last = scale
    return total


def _han(plain: str) -> Decimal:
    whole, point, rest = plain.partition("点")
    if not point:
        return Decimal(_positional(whole) if _POSITIONAL.fullmatch(whole) else _structured(whole))
    decimals = rest.rstrip("十百千万亿")
    scale = 1
    for char in rest[len(decimals) :]:
        scale *= _SCALES[char]
    digits = "".join(str(_DIGITS[c]) for c in decimals if c in _DIGITS)
    if not decimals or len(digits) != len(decimals):
        raise ValueError(f"not a decimal: {plain!r}")
    return _CONTEXT.multiply(Decimal(f"{_structured(whole)}.{digits}"), Decimal(scale))


def _positional(plain: str) -> int:
    return int("".join(str(_DIGITS[c]) for c in plain))


def _structured(plain: str) -> int:
    """一万二千, 廿三, 百 (an omitted leading 一), 三百五 (an omitted last scale: 350)."""
    text = plain.replace("廿", "二十").replace("卅", "三十")
    if text in _DIGITS:
        return _DIGITS[text]
    if text[:1] in {"百", "千", "万", "亿"}:  # 近百家, 千余人, 万亿
        text = "一" + text
    text = _spoken(text)
    total = 0
    for scale, char in _PARTS:
        left, found, right = text.rpartition(char)
        if not found:
            continue
        # 一万二千亿: what stands before 亿 may itself hold 万, never another 亿.
        high = _structured_below(left, scale) if char == "亿" else _section(left)
        if not high:
            raise ValueError(f"scale without a number: {plain!r}")
        total += high * scale
        text = right
        if not text:
            return total
    return total + _section(text)


def _structured_below(text: str, scale: int) -> int:
    if "亿" in text:
        raise ValueError(f"亿 twice: {text!r}")
    left, found, right = text.rpartition("万")
    value = _section(left) * 10**4 + (_section(right) if right else 0) if found else _section(text)
    if value >= scale:
        raise ValueError(f"too large before its scale: {text!r}")
    return value


def _section(text: str) -> int:
    """0 to 9999; 零 stands for one or more places left out (一千零五), a leading one for the places before."""
    total, digit = 0, 0
    last = 10**4  # the scale just read: the next one must be smaller
    zero = False
    for char in text:
        if char in "零〇":
            if zero or digit:
                raise ValueError(f"零 out of place: {text!r}")
            zero = True
        elif char in _DIGITS:
            if digit:
                raise ValueError(f"two digits without a scale: {text!r}")
            digit = _DIGITS[char]
        else:
            scale = _SCALES.get(char, 0)
            if not scale or scale >= last or (not digit and scale != 10):
                raise ValueError(f"not a numeral: {text!r}")
            if zero and scale * 10 == last:  # 一千零五百 skips nothing
                raise ValueError(f"零 out of place: {text!r}")
            total += (digit or 1) * scale  # 十五
            digit, last, zero = 0, scale, False
    if not text or last == 1 or (zero and not digit):
        raise ValueError(f"not a numeral: {text!r}")
    return total + digit


def _spoken(text: str) -> str:
    """三百五 -> 三百五十, 一万二 -> 一万二千: the last scale is left out in speech, never after 零 or 十."""
    if len(text) >= 3 and text[-1] in "一二两三四五六七八九" and text[-2] in "百千万亿":
        return text + {"百": "十", "千": "百", "万": "千", "亿": "千万"}[text[-2]]
    return text
