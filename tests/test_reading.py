"""Reading: every encoding or a clear refusal, furniture with a receipt, and not a character changed."""

import codecs
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.document import Document
from summarizer.errors import EmptyDocumentError, InputError, UnreadableDocumentError, UnsupportedFormatError
from summarizer.reading import read, read_bytes, read_path, read_text

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))
TEXT = "一、工作情况\r\n2023年，我局认真履职，办理行政处罚案件15件，罚款138.75625万元。\r\n二、下一步打算\r继续努力。\n"


# --- decoding ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32"),
    ],
    ids=["utf-8", "utf-8 bom", "gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_encodings(data: bytes, encoding: str) -> None:
    """The text is exactly the decoded file: line ends kept, byte order mark left out."""
    document = read_bytes(data, "a.txt")
    assert document.text == TEXT
    assert document.encoding == encoding
    assert data.decode(document.encoding) == TEXT


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds_in_gb18030(path: Path) -> None:
    """A report in GB18030 gives the same document as in UTF-8."""
    text = path.read_bytes().decode()
    one, other = read_bytes(text.encode(), "a.txt"), read_bytes(text.encode("gb18030"), "a.txt")
    assert (one.text, one.body, one.removed) == (other.text, other.body, other.removed)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyDocumentError, "no text"),
        (codecs.BOM_UTF8, EmptyDocumentError, "no text"),
        (codecs.BOM_UTF16_LE, EmptyDocumentError, "no text"),
        (b" \r\n\t ", EmptyDocumentError, "no text"),
        ("\u3000\u00a0\n".encode(), EmptyDocumentError, "no text"),
        (b"%PDF-1.7\n...", UnsupportedFormatError, "PDF reports are not read yet"),
        (b"PK\x03\x04....word/document.xml", UnsupportedFormatError, "DOCX"),
        (b"PK\x03\x04....xl/workbook.xml", UnsupportedFormatError, "XLSX"),
        (b"PK\x03\x04....a.txt", UnsupportedFormatError, "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnsupportedFormatError, "old Office"),
        (b"\x89PNG\r\n\x1a\n\x00", UnsupportedFormatError, "images"),
        (b"\xff\xd8\xff\xe0", UnsupportedFormatError, "images"),
        (b"<!DOCTYPE html><html>", UnsupportedFormatError, "HTML"),
        ("\ufeff <html lang='zh'>".encode(), UnsupportedFormatError, "HTML"),
        (b"{\\rtf1", UnsupportedFormatError, "RTF"),
        (TEXT.encode() + b"\x00", UnreadableDocumentError, f"NUL byte at offset {len(TEXT.encode())}"),
        (TEXT.encode("utf-16-le"), UnreadableDocumentError, "NUL byte"),
        (TEXT.encode("big5", "ignore"), UnreadableDocumentError, "neither UTF-8"),
        ("Cet été, à la préfecture de l'Hérault".encode("latin-1"), UnreadableDocumentError, "neither UTF-8"),
        ("行政処罰の件数は十五件です。".encode("shift_jis"), UnreadableDocumentError, "neither UTF-8"),
        ("행정처분 건수는 열다섯 건입니다".encode("euc-kr"), UnreadableDocumentError, "neither UTF-8"),
        (bytes(range(1, 256)) * 4, UnreadableDocumentError, "neither UTF-8"),
        (b"\x01\x02\x03abc" * 10, UnreadableDocumentError, "control characters"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", UnreadableDocumentError, "byte 2"),
    ],
)
def test_refusals(data: bytes, error: type[InputError], words: str) -> None:
    """What is no text, or in no known encoding, is refused on one line that says what and what to do."""
    with pytest.raises(error, match=re.escape(words)) as caught:
        read_bytes(data, "报告\n.txt")
    assert str(caught.value).startswith("报告\\x0a.txt: ")
    assert "\n" not in str(caught.value)


def test_one_bad_byte() -> None:
    """A damaged byte of a UTF-8 or GB18030 file is named by its offset, never read as something else."""
    data = TEXT.encode() * 3
    at = data.index(b"138")
    with pytest.raises(UnreadableDocumentError, match=f"byte {at} is no valid UTF-8"):
        read_bytes(data[:at] + b"\xff" + data[at:], "a.txt")
    data = TEXT.encode("gb18030") * 3
    at = data.index(b"138")
    with pytest.raises(UnreadableDocumentError, match=r"no valid GB18030|neither"):
        read_bytes(data[:at] + b"\xff" + data[at:], "a.txt")


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes(data: bytes) -> None:
    """Any bytes are read or refused, by our own errors only."""
    try:
        document = read_bytes(data, "a.txt")
    except InputError:
        return
    check_receipt(document)


# --- sources ----------------------------------------------------------------------------------------------------


def test_paths(tmp_path: Path) -> None:
    """A path, a string path and the bytes give the same document, named by the file alone."""
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode())
    assert read(path) == read(str(path)) == read_path(path) == read_bytes(TEXT.encode(), "报告.txt")
    assert read_path(path).name == "报告.txt"
    assert read_text("\ufeff" + TEXT, "-").text == TEXT


@pytest.mark.parametrize("name", ["a\nb.txt", "-rf", "长" * 80 + ".txt", "a\u202etxt.b"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    """Odd file names are read like any other."""
    path = tmp_path / name
    path.write_bytes(TEXT.encode())
    assert read_path(path).name == name


def test_name_that_is_no_utf_8(tmp_path: Path) -> None:
    """A name of stray bytes is spelled out, so that any output can hold it."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_bytes(TEXT.encode())
    assert read_path(path).name == "\\xff.txt"
    with pytest.raises(UnreadableDocumentError, match=r"\\xfe\.txt: no such file"):
        read_path(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfe.txt")))


def test_unreadable_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, folder, pipe, link loop and forbidden each get one clear line."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "secret.txt").write_bytes(TEXT.encode())
    for name, words in {
        "gone\n.txt": "gone\\\\x0a.txt: no such file",
        ".": "is a folder",
        "pipe": "is no regular file",
        "loop": "cannot be read",
        "nul\0": "cannot be read",
    }.items():
        with pytest.raises(UnreadableDocumentError, match=words):
            read_path(tmp_path / name)

    def forbid(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbid)
    with pytest.raises(UnreadableDocumentError, match="no permission"):
        read_path(tmp_path / "secret.txt")


def test_lone_surrogate() -> None:
    """A string that no file could hold is refused with its place."""
    with pytest.raises(UnreadableDocumentError, match="character 1"):
        read_text("甲\ud800乙", "-")


def test_menu_without_report() -> None:
    """A page without running text is kept whole, with a warning."""
    document = read_text("首页\n政务公开\n机构职能\n统计数据\n", "a.txt")
    assert document.body == (0, 17)
    assert document.removed == ()
    assert "no running text" in document.warnings[0]


# --- furniture --------------------------------------------------------------------------------------------------


def check_receipt(document: Document) -> None:
    """Body and removed stretches are in order, do not overlap, and leave nothing outside unexplained."""
    text, body = document.text, document.body
    assert 0 <= body.start <= body.end <= len(text)
    here = 0
    outside = [r for r in document.removed if r.end <= body.start or r.start >= body.end]
    for stretch in sorted([*outside, body], key=lambda s: s.start):
        assert not text[here : stretch.start].strip("\ufeff\u200b").strip(), repr(text[here : stretch.start])
        here = stretch.end
    assert not text[here:].strip("\ufeff\u200b").strip()
    ends = [0]
    for removed in document.removed:
        assert ends[-1] <= removed.start < removed.end
        assert removed.end <= body.start or removed.start >= body.start
        assert removed.end <= body.end or removed.start >= body.end
        ends.append(removed.end)


_PARTS = re.split(r"^\.\n", (HERE / "cases" / "furniture.txt").read_text("utf-8"), flags=re.M)
_CASES = [(t.strip(), i, e.rstrip("\n")) for t, i, e in zip(_PARTS[0::3], _PARTS[1::3], _PARTS[2::3], strict=True)]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in _CASES], ids=[c[0] for c in _CASES])
def test_case(text: str, expected: str) -> None:
    """Each page of the cases comes apart as written beside it; `…` stands for anything."""
    document = read_text(text, "a.txt")
    check_receipt(document)
    shown = [(r.start, f"{r.reason} {text[r.start : r.end]}") for r in document.removed]
    shown.append((document.body.start - 1, text[document.body.start : document.body.end]))
    found = [stretch for _, stretch in sorted(shown)]
    wanted = expected.split("\n")
    assert len(found) == len(wanted), found
    for stretch, pattern in zip(found, wanted, strict=True):
        assert re.fullmatch(".*".join(map(re.escape, pattern.split("…"))), stretch, re.S), (pattern, stretch)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_gold(path: Path) -> None:
    """The body of a seed is the annotators'."""
    gold = json.loads((HERE / "data" / "gold" / f"{path.stem}.sections.json").read_text("utf-8"))
    document = read_path(path)
    assert document.body == (gold["body_start"], gold["body_end"])
    check_receipt(document)


_LINES = st.sampled_from(
    [
        "首页 > 政务公开 > 年报",
        "当前位置：首页",
        "机构概况",
        "[ 索引号 ]",
        "• 123/2024",
        "发布日期：2024-01-05",
        "2023年工作报告",
        "某某市司法局",
        "2023年，我局认真履职，成效显著，现将情况报告如下。",
        "一、甲",
        "办案3件",
        "名称",
        "- 3 -",
        "||||",
        "| 甲 | 3 |",
        "附件：1.表格",
        "2.名单.docx",
        "附件1",
        "2024年1月4日",
        "【关闭窗口】",
        "版权所有：某某",
        "某某局2024年报告 发布日期:2025-01-15 【打印】 2024年,我局认真履职,成效显著。 某某局 2025年1月1日 上一篇:甲",
        "",
        " \u3000\u00a0",
        "\ufeff",
    ]
)


@given(st.lists(_LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
@settings(max_examples=400, deadline=None)
def test_any_page(lines: list[str], end: str) -> None:
    """For any page: furniture and body account for everything, and no sentence of the report is given up."""
    try:
        document = read_text(end.join(lines), "a.txt")
    except EmptyDocumentError:
        return
    check_receipt(document)
    for match in re.finditer("我局认真履职", document.text):
        assert document.body.start <= match.start() < document.body.end
