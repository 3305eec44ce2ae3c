"""What the views call things, in both languages: kinds, statuses, findings."""

from summarizer.brief import Bilingual, MetricStatus, SectionStatus, Severity
from summarizer.document import Bound, Direction, Kind

KINDS = {
    Kind.ACTUAL: Bilingual("实际", "actual"),
    Kind.CHANGE: Bilingual("变化", "change"),
    Kind.RANK: Bilingual("排名", "rank"),
    Kind.TARGET: Bilingual("目标", "target"),
}
DIRECTIONS = {
    Direction.UP: Bilingual("上升", "up"),
    Direction.DOWN: Bilingual("下降", "down"),
    Direction.FLAT: Bilingual("持平", "flat"),
}
BOUNDS = {
    Bound.LOW: Bilingual("下限", "low end of a range"),
    Bound.HIGH: Bilingual("上限", "high end of a range"),
}
STATUSES = {
    MetricStatus.VERIFIED: Bilingual("已核对", "verified"),
    MetricStatus.DISPUTED: Bilingual("有争议", "disputed"),
    MetricStatus.UNVERIFIED: Bilingual("未核实", "unverified"),
}
SECTION_STATUSES = {
    SectionStatus.OK: Bilingual("正常", "ok"),
    SectionStatus.FINDINGS: Bilingual("有提示", "has findings"),
    SectionStatus.FAILED: Bilingual("失败", "failed"),
}
SEVERITIES = {
    Severity.ERROR: Bilingual("错误", "error"),
    Severity.WARNING: Bilingual("警告", "warning"),
    Severity.INFO: Bilingual("提示", "remark"),
}
# One name for each kind of finding; the message says the rest.
FINDINGS = {
    "adjacent_references": Bilingual("数字相连", "Figures run together"),
    "all_but_fewer": Bilingual("称全部完成，数字却不足", "All said to be done, fewer counted"),
    "beside_reference": Bilingual("数字旁另加单位或限定", "Something added beside a figure"),
    "change_does_not_compute": Bilingual("增减幅度与数值不符", "Change does not compute"),
    "direction_against_values": Bilingual("升降与数值不符", "Direction against its values"),
    "disputed": Bilingual("模型对数字有异议", "Figure disputed by the model"),
    "done_as_target": Bilingual("已完成说成计划", "Done told as a plan"),
    "empty": Bilingual("缺文字", "Text missing"),
    "foreign_reference": Bilingual("引用他节数字", "Figure of another section"),
    "invented_change": Bilingual("原文没有的升降", "Change the report does not state"),
    "invented_comparison": Bilingual("原文没有的比较", "Comparison the report does not make"),
    "issued_before_year": Bilingual("日期早于报告年份", "Dated before its own year"),
    "label_missing": Bilingual("指标缺名称", "Figure without a label"),
    "language": Bilingual("语言不对", "Wrong language"),
    "malformed_reference": Bilingual("引用格式有误", "Malformed reference"),
    "markup": Bilingual("含标记或网址", "Markup or address in a text"),
    "missing_item": Bilingual("模型漏答", "Left out by the model"),
    "no_answer": Bilingual("模型无有效答复", "No usable answer"),
    "not_all_done": Bilingual("未全部完成", "Not all done"),
    "number_counted_twice": Bilingual("数字重复归类", "Number counted twice"),
    "number_in_label": Bilingual("名称中有来历不明的数字", "Unexplained number in a label"),
    "number_in_prose": Bilingual("文中有来历不明的数字", "Unexplained number in a text"),
    "number_unaccounted": Bilingual("数字未归类", "Number not accounted for"),
    "parts_exceed_total": Bilingual("分项之和大于总数", "Parts exceed their total"),
    "parts_fall_short": Bilingual("分项之和小于总数", "Parts fall short of their total"),
    "rate_against_counts": Bilingual("比率与数量不符", "Rate against its counts"),
    "reading": Bilingual("读取文件时的问题", "Trouble reading the file"),
    "reference_in_label": Bilingual("名称中有引用", "Reference in a label"),
    "rough_english": Bilingual("部分英文粗略或未译", "Rough or missing translation"),
    "second_reader": Bilingual("两个引擎说法不同", "The two engines differ"),
    "section_failed": Bilingual("整节失败", "Section failed"),
    "stated_twice": Bilingual("同一指标前后数值不同", "Stated twice with other values"),
    "target_as_done": Bilingual("目标说成已完成", "Target told as done"),
    "too_long": Bilingual("文字过长", "Text too long"),
    "unknown_reference": Bilingual("引用不存在的数字", "Reference to no figure"),
    "unpaired_reference": Bilingual("中英文所引数字不一致", "Figure told in one language only"),
    "unsupported": Bilingual("说法与数字可能不符", "Statement may not fit its figure"),
    "unsupported_label": Bilingual("名称与数字可能不符", "Label may not fit its figure"),
    "untranslated": Bilingual("未全部译成英文", "Not wholly in English"),
    "wrong_direction": Bilingual("升降说反", "Direction reversed"),
    "written_number": Bilingual("文中自写数字", "Number written by the model"),
    "year_against_title": Bilingual("年份与标题不符", "Year against the title"),
}
