"""Names of public bodies."""

HAN = r"\u4e00-\u9fff"

BODY_END = (
    r"(?:人民政府办公[厅室]|人民政府|管理委员会|常务委员会|委员会办公室|委员会|管委会|领导小组办公室|街道办事处|办事处|人民法院|人民检察院"
    r"|国务院办公厅|国务院|派出所|总局|分局|支局|总队|支队|大队|研究院|监测站|监测中心|服务中心|指挥中心|税务局|办公[厅室]|政府|党委"
    r"|市委|区委|县委|省委|卫健委|发改委|国资委|住建委|局|厅|署|院|部|委|海关|中心|公司|集团|大学|学院|协会|总站|中队|站|处|所|科|办)"
)
"""Pattern of what the name of a public body ends in, longer ends first."""
ORGANISATION = rf"[{HAN}（）()·、]{{1,28}}?{BODY_END}(?:[{HAN}]{{2,12}}(?:分局|支队|大队|分中心))?"
"""Pattern of a name; `…局兰山分局` belongs to it."""
