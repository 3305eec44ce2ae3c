"""Every numeric mention of a report: what it states, or why it states nothing.

One jump from numeral to numeral, each read by small grammars in a fixed order:

    alphabet.py   which characters start a mention
    markers.py    一、 (二) 3. 一是
    dates.py      2023年1-6月, 一季度, 2023-01-05, and the period they set
    names.py      12345热线, 双随机一公开, 进一步, 第53次会议
    numbers.py    138.75625万, 二十余, 百分之八点二
    measures.py   件, 人次, 亿千瓦时, μg/m3
    context.py    qualifier, kind and direction from the words around
    periods.py    which period governs a figure
    zeros.py      未发生, 无败诉情况, 持平
    scanning.py   the loop
"""

from summarizer.quantities.scanning import scan

__all__ = ["scan"]
