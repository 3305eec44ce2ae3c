"""The bilingual glossary: terms of official Chinese with their part of speech and English, and cutting text by them.

One term a line, separated by tabs: Chinese, part of speech, English, and for a `vn` the English noun as well;
`pp=held` names an irregular participle, `pl=criteria` an irregular plural. Lines that start with `#` are comments.
Later lines win over earlier ones, so that a report type's own terms, read last, override the general ones.

Parts of speech: `n` noun, `nu` noun without plural, `v` verb (with the noun it has, if any), `vn` verb that is as
often its own noun (检查), `a` modifier, `d` adverb, `p` coverb, `c` conjunction, `s` scope (全市), `np` proper name,
`t` time, `x` particle; `h` is a whole heading or clause with its English, kept apart: the same words may be a term too.

Reading 27,000 lines takes 25 ms, and a report needs one in ten of them. So a glossary can be packed: its lines sorted
and piled up by their first character, to be read when a text first holds their first two. `scripts/prepare.py` packs
the glossaries of the report types.
"""

import marshal
import re
from collections.abc import Iterable

from summarizer.errors import ReportTypeError
from summarizer.patterns import pattern
from summarizer.records import record

POS = frozenset({"n", "nu", "v", "vn", "a", "d", "p", "c", "s", "np", "h", "t", "x"})
_QUOTED = pattern('《[^《》]*》|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|"[^"]*"')
_MAY_QUOTE = pattern('[《“‘「"]')
_UNKNOWN_COST = 3.0
_LONGEST = 18
# Fewer pieces first; among equally many, one long term beside a short one wins over two of middle length.
_PRICES = [0.0, 1.5, *(1.0 - 0.003 * length * length for length in range(2, _LONGEST))]
_HAN_RUN = pattern("[\u4e00-\u9fff〇\u3400-\u4dbf]+")
_ASCII = pattern("[0-9A-Za-zⅠ-Ⅻ]")


@record
class Token:
    """A piece of Chinese text with what the glossary knows of it.

    Attributes:
        zh: the piece as written.
        pos: part of speech; `q` for a quoted name or title, `e` for Latin letters and digits, `?` for unknown.
        en: English, "" when there is none or the word is left out.
        noun: English noun of a `vn`, else "".
        participle: irregular past participle, else "".
        plural: irregular plural, else "".
    """

    zh: str
    pos: str
    en: str = ""
    noun: str = ""
    participle: str = ""
    plural: str = ""

    def __hash__(self) -> int:
        # Equal tokens are written alike; a string remembers its hash.
        return hash(self.zh)


class Glossary:
    """Terms by their Chinese; entries are parsed when first used."""

    def __init__(self, contents: Iterable[str] = ()) -> None:
        """`contents` are glossary files, later ones winning. Malformed lines are passed over: see `check`."""
        self._lines: dict[str, str] = {}
        self._headings: dict[str, str] = {}
        self._tokens: dict[str, Token] = {}
        for content in contents:
            for line in content.splitlines():
                zh, tab, rest = line.partition("\t")
                if not tab or not zh or zh[0] == "#":
                    continue
                if rest.startswith("h\t"):
                    self._headings[zh] = rest[2:]
                else:
                    self._lines[zh] = rest
        self._lengths = _lengths_by_prefix(self._lines)
        self._lengths_of: dict[str, tuple[int, ...]] = {}
        self._count = len(self._lines) + len(self._headings)
        self._with_letters = tuple(
            sorted((zh for zh in self._lines if _ASCII.search(zh)), key=lambda zh: (-len(zh), zh))
        )
        self._mixed: re.Pattern[str] | None = None
        # The lines of an unpacked glossary, sorted, by their first character; between line ends, in UTF-8.
        self._piles: dict[str, bytes] = {}

    def packed(self) -> bytes:
        """The glossary for `unpacked`, to be read by the same version of Python."""
        lines = [f"{zh}\t{line}" for zh, line in self._lines.items() if len(zh) > 1]
        lines += [f"{zh}\th\t{en}" for zh, en in self._headings.items()]
        piles: dict[str, list[str]] = {}
        for line in sorted(lines):
            piles.setdefault(line[0], [""]).append(line)
        ready = {first: "\n".join([*pile, ""]).encode() for first, pile in piles.items()}
        # Terms of one character are asked for at every character.
        single = {zh: line for zh, line in self._lines.items() if len(zh) == 1}
        return marshal.dumps((self._count, single, self._with_letters, ready))

    @classmethod
    def unpacked(cls, packed: bytes) -> "Glossary":
        """The glossary that was packed, which cannot be packed again."""
        made = cls()
        made._count, made._lines, made._with_letters, made._piles = marshal.loads(packed)
        return made

    def __len__(self) -> int:
        return self._count

    def __contains__(self, zh: object) -> bool:
        return isinstance(zh, str) and self._line(zh) is not None

    def clause(self, zh: str) -> str | None:
        """English of a whole heading or clause from the translation memory, None when it is not there."""
        if zh[:2] not in self._lengths:
            self._open(zh[:2])
        return self._headings.get(zh)

    def get(self, zh: str) -> Token | None:
        """The entry of a term, None when there is none."""
        token = self._tokens.get(zh)
        if token is None:
            line = self._line(zh)
            if line is None:
                return None
            token = self._tokens[zh] = _parse(zh, line)
        return token

    def _line(self, zh: str) -> str | None:
        if zh[:2] not in self._lengths:
            self._open(zh[:2])
        return self._lines.get(zh)

    def _lengths_from(self, prefix: str) -> tuple[int, ...]:
        """The lengths of the terms that begin with these two characters, single characters left out."""
        if prefix not in self._lengths:
            self._open(prefix)
        bits = self._lengths[prefix]
        lengths = self._lengths_of[prefix] = tuple(n for n in range(2, bits.bit_length()) if bits >> n & 1)
        return lengths

    def _open(self, prefix: str) -> None:
        """Read the terms that begin with these two characters; from here on their lengths are known, as bits.

        Several threads may open the same lines: the lengths come last, since who finds them asks for nothing else.
        """
        key = b"\n" + prefix.encode("utf-8", "surrogatepass") + (b"" if len(prefix) > 1 else b"\t")
        pile = self._piles.get(prefix[:1], b"")
        start = pile.find(key)
        bits = 0
        if start >= 0:
            for line in pile[start + 1 : pile.find(b"\n", pile.rfind(key) + 1)].decode().split("\n"):
                zh, _, rest = line.partition("\t")
                if rest.startswith("h\t"):
                    self._headings[zh] = rest[2:]
                else:
                    self._lines[zh] = rest
                    bits |= 1 << len(zh)
        self._lengths[prefix] = bits

    def segment(self, text: str) -> list[Token]:
        """Cut text into known terms, quoted names, Latin words and unknown runs; joined again they give `text`.

        Known terms are chosen for the fewest and longest pieces over the whole run, not greedily from the left
        (依法行政执法 is 依法 + 行政执法, not 依法行政 + 执法, when both readings are known).
        """
        if not _MAY_QUOTE.search(text):
            return self._terms(text)
        out: list[Token] = []
        here = 0
        for match in _QUOTED.finditer(text):
            out += self._terms(text[here : match.start()])
            out.append(Token(match[0], "q"))
            here = match.end()
        out += self._terms(text[here:])
        return out

    def _terms(self, text: str) -> list[Token]:
        """Terms with letters or digits (5G基站, 世界500强) are few and win over everything else."""
        if not _ASCII.search(text):
            return self._pieces(text)
        out: list[Token] = []
        here = 0
        for match in self._mixed_terms().finditer(text):
            known = self.get(match[0])
            assert known is not None
            out += self._pieces(text[here : match.start()])
            out.append(known)
            here = match.end()
        out += self._pieces(text[here:])
        return out

    def _mixed_terms(self) -> re.Pattern[str]:
        if self._mixed is None:
            # (?!) matches nothing.
            self._mixed = re.compile("|".join(map(re.escape, self._with_letters)) or "(?!)")
        return self._mixed

    def _pieces(self, text: str) -> list[Token]:
        out: list[Token] = []
        i, n = 0, len(text)
        while i < n:
            char = text[i]
            j = i
            run = _HAN_RUN.match(text, i)
            if run:
                j = run.end()
                out.extend(self._cut(run[0]))
            elif char.isalnum():
                while j < n and (text[j].isalnum() or text[j] in ".-+/") and not _is_han(text[j]):
                    j += 1
                out.append(Token(text[i:j], "e", text[i:j]))
            else:
                j = i + 1
                out.append(Token(char, "x"))
            i = j
        return out

    def _cut(self, run: str) -> list[Token]:
        n = len(run)
        if 1 < n < _LONGEST:
            # One piece is cheaper than any two.
            whole = self.get(run)
            if whole is not None:
                return [whole]
        lines = self._lines
        cost = [0.0] + [1e9] * n
        back = [0] * (n + 1)
        lengths_of = self._lengths_of.get
        prices = _PRICES
        single = prices[1]
        for after, char in enumerate(run, 1):
            i = after - 1
            here = cost[i]
            if char in lines:
                if here + single < cost[after]:
                    cost[after] = here + single
                    back[after] = after
            elif here + _UNKNOWN_COST < cost[after]:
                cost[after] = here + _UNKNOWN_COST
                back[after] = -after
            lengths = lengths_of(run[i : i + 2])
            if lengths is None:
                lengths = self._lengths_from(run[i : i + 2])
            for length in lengths:
                j = i + length
                if j > n:
                    break
                if run[i:j] in lines:
                    price = here + (prices[length] if length < _LONGEST else prices[-1])
                    if price < cost[j]:
                        cost[j] = price
                        back[j] = after
        pieces: list[Token] = []
        known = self._tokens
        j = n
        while j > 0:
            i = back[j]
            if i < 0:
                i = -i - 1
                k = j
                while i > 0 and back[i] < 0:
                    i = -back[i] - 1
                pieces.append(Token(run[i:k], "?"))
                j = i
            else:
                i -= 1
                zh = run[i:j]
                pieces.append(known.get(zh) or _parse_into(known, zh, lines[zh]))
                j = i
        pieces.reverse()
        return pieces


def check(name: str, content: str) -> None:
    """Raise ReportTypeError naming file and line for the first entry that is malformed."""
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) < 3 or not parts[0] or parts[1] not in POS:
            raise ReportTypeError(
                f"{name}:{number}: expected `term<TAB>part of speech<TAB>English`, found {line[:60]!r}"
            )
        if any(_is_han(c) for c in parts[2]):
            raise ReportTypeError(f"{name}:{number}: the English of {parts[0]} holds Chinese characters")
        if parts[1] == "vn" and len(parts) < 4:
            raise ReportTypeError(f"{name}:{number}: {parts[0]} is a vn and needs its English noun as fourth column")


def _lengths_by_prefix(terms: Iterable[str]) -> dict[str, int]:
    """Lengths of the terms that begin with these two characters, as bits: 0b1100 for lengths 2 and 3."""
    found: dict[str, int] = {}
    get = found.get
    for zh in terms:
        prefix = zh[:2]
        found[prefix] = get(prefix, 0) | 1 << len(zh)
    return found


def _parse_into(known: dict[str, Token], zh: str, line: str) -> Token:
    token = known[zh] = _parse(zh, line)
    return token


def _parse(zh: str, line: str) -> Token:
    pos, en, *rest = line.split("\t")
    noun = part = many = ""
    for extra in rest:
        if extra.startswith("pp="):
            part = extra[3:]
        elif extra.startswith("pl="):
            many = extra[3:]
        elif extra:
            noun = extra
    return Token(zh, pos, "" if en == "-" else en, noun, part, many)


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char == "〇" or "\u3400" <= char <= "\u4dbf"
