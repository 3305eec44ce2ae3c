"""Mastheads: the gold of the seeds, and each source of each fact by itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.document import Masthead
from summarizer.masthead import identify
from summarizer.reading import read_path, read_text
from summarizer.sections import split

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))
PROSE = "2023年，在上级的正确领导下，各项工作取得新进展，现将有关情况报告如下。\n一、工作情况\n办案3件，罚款5万元。\n"


def masthead(text: str) -> Masthead:
    document = read_text(text, "2019年某某报告.txt")  # a name is no evidence
    return identify(document, split(document))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_gold(path: Path) -> None:
    """Issuer, year and date of a seed are the annotators'."""
    gold = json.loads((HERE / "data" / "gold" / f"{path.stem}.sections.json").read_text("utf-8"))
    document = read_path(path)
    found = identify(document, split(document))
    assert (found.issuer, found.year, found.issued) == (gold["issuer_zh"], gold["report_year"], gold["issued_date"])


@pytest.mark.parametrize(
    ("path", "title"),
    list(
        zip(
            SEEDS,
            [
                "重庆市荣昌区生态环境局关于2023年法治政府建设情况的报告",
                None,
                None,
                "临沂市生态环境局兰山分局2021年度法治政府建设情况报告",
                "江西省生态环境厅2020年法治政府建设工作总结",
            ],
            strict=True,
        )
    ),
    ids=lambda value: value.stem[:3] if isinstance(value, Path) else "",
)
def test_titles(path: Path, title: str | None) -> None:
    """Titles broken over two lines are joined; a report without one has none."""
    document = read_path(path)
    assert identify(document, split(document)).title == title


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (f"{PROSE}\n某山市司法局\n2024年1月4日\n", "某山市司法局"),
        (f"{PROSE}\n某山市司法局（盖章）\n二〇二四年一月四日\n", "某山市司法局"),
        (f"{PROSE} 某山市司法局 2024年1月4日", "某山市司法局"),
        (f"某山市司法局2023年法治政府建设报告\n{PROSE}", "某山市司法局"),
        (f"2023年某山市司法局法治政府建设报告\n{PROSE}", "某山市司法局"),
        (f"某山市司法局\n关于2023年法治政府建设情况的报告\n{PROSE}", "某山市司法局"),
        (f"发布机构：某山市司法局\n发布日期：2024-01-05\n2023年法治政府建设报告\n{PROSE}", "某山市司法局"),
        (f"2023年，某山市司法局坚持以人民为中心，认真履职，成效显著。\n{PROSE}", "某山市司法局"),
        (
            "各位代表：\n现在，我代表深圳市人民政府，向大会报告政府工作，请予审议。\n一、2022年工作回顾\n",
            "深圳市人民政府",
        ),
        ("各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议，请提出意见。\n一、2022年工作回顾\n", "国务院"),
        (
            f"某山区司法局2023年报告\n{PROSE}办理深海市某山区建议5件。\n版权所有：深海市某山区人民政府\n",
            "深海市某山区司法局",
        ),
        (
            "各位代表：\n现在，我代表省人民政府，向大会报告工作，请予审议，请提意见。\n" + "推动广东高质量发展。" * 5,
            "广东省人民政府",
        ),
        (
            "关于某山市2022年度本级预算执行的审计工作报告\n——2023年8月29日在某山市第五届人民代表大会常务委员会第九次会议上\n"
            f"某山市审计局局长\n主任、各位委员：\n{PROSE}",
            "某山市审计局",
        ),
        (f"某山市2018年国民经济和社会发展统计公报[1]\n某山市统计局 国家统计局某山调查队\n{PROSE}", "某山市统计局"),
        (
            "某山市中级人民法院工作报告\n——2016年2月25日在某山市第四届人民代表大会第五次会议上\n各位代表：\n"
            f"现在，我代表市中级人民法院向大会报告工作，请予审议。\n{PROSE}",
            "某山市中级人民法院",
        ),
        (PROSE, None),
        (f"{PROSE}在区委的坚强领导下，加快区域协调发展，完成区级任务5项。\n", None),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    """Each source speaks when those above it are silent; with none, there is no issuer."""
    assert masthead(text).issuer == issuer


def test_region_from_the_text() -> None:
    """A generic name is completed only when the report names the region again and again."""
    mentions = "".join(f"落实《杭州市生态条例{i}》要求。" for i in range(6))
    assert masthead(f"2024年，市生态环境局坚持依法行政，成效显著。\n{mentions}\n").issuer == "杭州市生态环境局"
    assert masthead("2024年，市生态环境局坚持依法行政，成效显著。\n").issuer == "市生态环境局"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"某山市司法局2022年度法治政府建设情况报告\n{PROSE}", 2022),
        (f"某山市司法局二〇二二年工作总结\n{PROSE}", 2022),
        (
            "关于某山市2022年度本级预算执行的审计工作报告\n——2023年8月29日在某山市第五届人民代表大会常务委员会第九次会议上\n"
            f"主任、各位委员：\n{PROSE}",
            2022,
        ),
        ("2024年政府工作报告\n各位代表：\n我代表市人民政府报告工作，请予审议，请提意见。\n一、2023年工作回顾\n", 2023),
        ("2024年政府工作报告\n各位代表：\n我代表市人民政府报告工作，请予审议，请提意见。\n一、过去一年\n", 2023),
        (
            "各位代表：\n我代表市人民政府报告工作，请予审议，请提意见。\n一、过去一年工作回顾\n办案3件，成效显著，社会稳定。\n"
            "二、高质量做好2022年各项工作\n",
            2021,
        ),
        ("一、2021年主要举措\n办案3件，成效显著，社会稳定。\n二、2022年工作安排\n", 2021),
        ("2022 年，我局认真履职，现将2022年度工作情况报告如下。\n", 2022),
        ("我局认真履职，成效显著，社会稳定。\n某局\n2024年2月1日\n", 2023),
        ("我局认真履职，成效显著，社会稳定。\n某局\n2024年12月1日\n", 2024),
        ("我局认真履职，成效显著，社会稳定。\n", None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    """The year is the one looked back on: title, headings, opening, then the date of issue."""
    assert masthead(text).year == year


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        (f"发布日期：2024-01-05\n2023年报告\n{PROSE}某山市司法局\n2024年1月4日\n", "2024-01-04"),
        (f"发布日期：2024-01-05\n2023年法治报告\n{PROSE}", "2024-01-05"),
        (f"[ 成文日期 ] 2024-01-03 [ 发布日期 ] 2024-01-05\n2023年法治报告\n{PROSE}", "2024-01-03"),
        (f"2023年法治报告\n时间：2024/1/5 浏览次数：3\n{PROSE}", "2024-01-05"),
        (f"{PROSE}某山市司法局\n二〇二四年十二月三十一日\n", "2024-12-31"),
        (f"{PROSE}某山市司法局\n2024年2月30日\n", None),
        (f"{PROSE}截至2024年1月4日，办案3件。\n", None),
    ],
)
def test_issued(text: str, issued: str | None) -> None:
    """The signed date goes before the posting date; a date in running text is neither."""
    assert masthead(text).issued == issued


@given(st.text(alphabet="一二年月日2023 14局市县区政府报告关于：:\n（）|我代表发布日期，。", min_size=1, max_size=300))
@settings(max_examples=200, deadline=None)
def test_never_raises(text: str) -> None:
    """Any text has a masthead, if an empty one."""
    found = masthead(f"甲{text}")
    assert found.issued is None or len(found.issued) == 10


def test_a_speech_is_about_the_latest_year_it_looks_back_on() -> None:
    """Plans name their years more often; 2035年远景目标 and a comparison with 2015年 are no years looked back on."""
    text = (
        "各位代表：\n现在，我代表甲区人民政府向大会作工作报告，请予审议。\n"
        "一、过去五年的工作\n生产总值比2015年增长五成，2020年达到4000亿元。编制2035年远景目标纲要。\n"
        "二、今后五年的目标任务\n2024年建成。2024年通车。到2025年，生产总值达到6000亿元。2025年完工。\n"
    )
    assert masthead(text).year == 2020
