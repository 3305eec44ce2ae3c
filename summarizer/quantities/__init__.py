"""Every numeric mention of a report: what it states, or why it states nothing.

One jump from numeral to numeral, each read by small grammars in a fixed order:

    alphabet.py   which characters start a mention
    markers.py    一、 (二) 3. 一是
    dates.py      2023年1-6月, 一季度, 2023-01-05, and the period they set
    names.py      12345热线, 双随机一公开, 进一步, 第53次会议
    numbers.py    138.75625万, 二十余, 百分之八点二
    ranges.py     3至5次, 20.1:34.0:45.9, 分别为21、152微克/立方米
    bare.py       digits whose surroundings decide: 综合指数4.73, 连续3年, 500强
    counting.py   Han numerals that count (四名) and that do not (一项, 二级)
    measures.py   件, 人次, 亿千瓦时, μg/m3
    context.py    qualifier, kind and direction from the words around
    periods.py    which period governs a figure
    plans.py      sections about future work
    zeros.py      未发生, 无败诉情况, 持平
    ledger.py     kind, period and direction of what was found
    scanning.py   the loop
"""

from summarizer.quantities.scanning import scan

__all__ = ["scan"]
