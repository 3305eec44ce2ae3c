"""Bytes of a text file to text, strictly: what cannot be told for sure is refused, never guessed into mojibake."""

import codecs

from summarizer.errors import EmptyDocumentError, UnreadableDocumentError
from summarizer.patterns import pattern
from summarizer.records import record


@record
class Decoded:
    """Text as it stands in the file.

    Attributes:
        text: without byte order mark, line ends untouched.
        encoding: Python codec name; decoding the whole file with it gives `text`.
        warnings: one-line remarks for a careful user.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


# Mark, codec without the mark, codec that skips it: `data.decode(encoding) == text` holds for the last.
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BOMS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
# The 400 most frequent characters of 49 government reports: 82% of their Han text. Text decoded with a wrong codec
# spreads over thousands of characters and reaches a few percent.
_COMMON = frozenset(
    "业建区的新全大设化和展发实一中工进市国动加推力政产高等成人深务体生城作创地行公制开会平强持项增提理民"
    "以合重造个心改年企上学治服能社家法保施用快资科水完面点基目质在现为经要机入管规有安度主技系升文好量坚"
    "优出育是代不打环更济长方通圳三定府落部事园明医标共级划性道程立场办品领革集境海金善态际总万范支各教续"
    "效引元分域投商构对计台位特统精与信山活整融路交源院数我策期亿智二型批光向港运时同专应防物色协准步导先"
    "网监联群示决小研线空外放式下关综多电营风流党稳利本前委第做局战到十术积间口才率广达四省供健五们费争自"
    "护消任模件结调题转极及解龙内来过指控求居意习次障核车了头取校东干类房案速众绿础试南得培首村超处执义清"
    "近员险湾权表名条严就促格接问两获收值所息单聚抓土华住评扩突疗形略预验片字河确排配势街老筹审督最查议责"
    "神田备康层果里之招站让于断功团美组气养污游贯布正思子低职情双链比依坪把举湖户农节破宝界需央端围旅球识"
)
_LEAST_COMMON = 0.35
_NON_ASCII = pattern(r"[^\x00-\x7f]")
_HAN = pattern(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CJK_SIGNS = pattern(r"[\u2010-\u203b\u2460-\u24ff\u3000-\u301f\uff01-\uff5e\u00b7\u2190-\u2193\u25a0-\u25cf]")
_CONTROL = pattern(r"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.05


def decode(data: bytes, shown: str) -> Decoded:
    """Decode a text file: byte order mark, else UTF-8, else GB18030 when the result reads like Chinese.

    Raises:
        EmptyDocumentError: nothing but a byte order mark and white space.
        UnreadableDocumentError: binary, or in none of these encodings; names the byte offset.
    """
    if not data.strip():
        raise EmptyDocumentError(f"{shown}: no text; the file is empty")
    for bom, bare, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(_checked(data, len(bom), bare, shown), encoding)
    nul = data.find(b"\x00")
    if nul >= 0:
        raise UnreadableDocumentError(
            f"{shown}: NUL byte at offset {nul}, so this is no plain text (or UTF-16 without a byte order mark); "
            "save it as UTF-8"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        return _gb18030(data, shown, exc)
    refuse_binary(text, shown)
    return Decoded(text, "utf-8")


def refuse_binary(text: str, shown: str) -> None:
    """Raise UnreadableDocumentError for text that holds NUL or a good share of control characters."""
    nul = text.find("\x00")
    if nul >= 0:
        raise UnreadableDocumentError(f"{shown}: NUL at character {nul}, so this is no plain text; save it as UTF-8")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > _MOST_CONTROL * len(text):
        raise UnreadableDocumentError(
            f"{shown}: {controls} control characters, so this is no plain text; convert it to UTF-8 text first"
        )


def _checked(data: bytes, skip: int, encoding: str, shown: str) -> str:
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as exc:
        raise UnreadableDocumentError(
            f"{shown}: byte order mark says {encoding}, but byte {exc.start + skip} does not fit ({exc.reason}); "
            "save it as UTF-8"
        ) from exc
    refuse_binary(text, shown)
    return text


def _gb18030(data: bytes, shown: str, utf8: UnicodeDecodeError) -> Decoded:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as exc:
        raise UnreadableDocumentError(_undecodable(data, shown, utf8, exc)) from exc
    if not _reads_like_chinese(text):
        raise UnreadableDocumentError(_undecodable(data, shown, utf8, None)) from utf8
    refuse_binary(text, shown)
    return Decoded(text, "gb18030")


def _undecodable(data: bytes, shown: str, utf8: UnicodeDecodeError, gb: UnicodeDecodeError | None) -> str:
    """Name the damaged byte when the encoding is clear, else say that no encoding fits."""
    advice = "save it as UTF-8 and check the text there"
    lenient = data.decode("utf-8", "ignore")
    if _reads_like_chinese(lenient) and len(lenient.encode()) > 0.9 * len(data):
        return f"{shown}: byte {utf8.start} is no valid UTF-8 (0x{data[utf8.start]:02x}, {utf8.reason}); {advice}"
    if gb is not None and _reads_like_chinese(data.decode("gb18030", "ignore")):
        return f"{shown}: byte {gb.start} is no valid GB18030 (0x{data[gb.start]:02x}, {gb.reason}); {advice}"
    return f"{shown}: neither UTF-8 (byte {utf8.start}) nor GB18030 Chinese text; {advice}"


def _reads_like_chinese(text: str) -> bool:
    """Judge by the share of frequent characters and Chinese punctuation among all that is not ASCII."""
    foreign = len(_NON_ASCII.findall(text))
    han = _HAN.findall(text)
    if not han:
        return False
    common = sum(1 for char in han if char in _COMMON)
    signs = len(_CJK_SIGNS.findall(text))
    return common >= _LEAST_COMMON * len(han) and len(han) + signs >= 0.9 * foreign
