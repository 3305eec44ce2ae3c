"""What a line of a saved web page is by itself: navigation, metadata, posting line, credits, buttons, footer.

One pattern per kind, tried in the order of `kind`. A pattern is anchored at the beginning of the line: a sentence that
merely mentions 浏览次数 is no posting line.
"""

import re

from summarizer.patterns import pattern


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


# 首页 > 政务公开 > 法治政府建设年度报告
_NAVIGATION = pattern(
    _any(
        r"您?(?:现在|目前)?(?:的)?(?:当前)?(?:所在)?位置(?:是)?[:：\s]|当前位置|所在位置|您的位置|您现在的位置|您当前所在的位置",
        r">{1,2}|首页(?:$|[\s>|/·-])|网站首页|返回(?:首页|顶部|上一页|列表|手机版)",
        r"无障碍|长者(?:助手|模式|版)|适老化|繁体|简体|English|登录|注册|个人中心|网站地图|高级搜索|站内搜索|搜索位置|我的收藏",
        r"设为首页|加入收藏",
        r"\S{1,12}(?:\s*(?:>|»|›|＞|→)\s*\S{1,24})+",
    )
)
# 索 引 号：… | [ 成文日期 ] 2024-01-05 | • [ 发布机构 ]
_FIELD = _any(
    r"索\s*引?\s*号(?:码)?|信息(?:索引号|名称|分类|公开类别|来源|类别)?|发文(?:字号|文号|机关|单位|日期|时间)|文\s*号|文件编号",
    r"公文种类|主题(?:分类|词)|体裁(?:分类)?|组配分类|服务对象|分\s*类|成文(?:日期|时间)|发布(?:日期|时间|机构|单位|机关|人)",
    r"公开(?:日期|时间|方式|形式|范围|主体|责任部门|类别|时限|属性)|生成日期|印发(?:日期|机关)|制发(?:日期|机关)",
    r"(?:生效|失效|废止)(?:日期|时间)|有\s*效\s*性|有性|时\s*效\s*性?|名\s*称|标\s*题|题\s*名|关键[词字]|内容概述",
    r"责任(?:部门|单位)|载体类型|统一登记号|语\s*种",
)
_METADATA = pattern(rf"[•·●*\-\s]*[\[【〔（(]?\s*{_FIELD}\s*[\]】〕）)]?\s*(?:[:：]|$|\t)")
_BRACKETED = pattern(rf"[•·●*\-\s]*[\[【〔]\s*{_FIELD}\s*[\]】〕]")
_ROW = pattern(rf"{_FIELD}\s*[:：]?\s*[|]")  # a row of a table, bars between its cells
_CLOCK = r"[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?"
DATE = rf"(?:19|20)[0-9]{{2}}\s?[-/.年]\s?[0-9]{{1,2}}\s?[-/.月]\s?[0-9]{{1,2}}\s?日?(?:\s*{_CLOCK})?"
"""Pattern of a date as web pages write it, with or without the time of day."""
# 发布时间:2020-12-22 16:11浏览次数:字号:[ ] | 2022-03-07 点击数:
_POSTING = pattern(
    _any(
        rf"(?:发布|发表|更新|发稿|公布|编辑|信息)?\s*(?:日期|时间|于)\s*[:：]?\s*{DATE}",
        rf"{DATE}\s*(?:$|[|]|来源|点击|浏览|阅读|作者|信息|字[体号]|【|\[|发布|访问|分享|打印|稿源|人气)",
        r"(?:信息|文章|稿件|内容|新闻)?(?:来源|稿源|作者|编辑|供稿)\s*[:：]",
        r"(?:浏览|阅读|点击|访问|查看)(?:次数|量|数|人次)?\s*[:：]",
        r"字\s*[体号]\s*[:：【\[]|【?\s*字体|【字号|\[字号|视力保护色|分享(?:到|至)?\s*[:：]?\s*$|分享到",
    )
)
_CREDITS = pattern(
    _any(
        r"(?:(?:责任|网站|值班|文字|执行)?编\s*辑|责编|初审|复审|终审|一审|二审|三审|审核人?|校对|监制|供稿(?:单位|人)?|撰稿|作者)\s*[:：]",
        r"(?:信息来源|文章来源|来源|稿源|信息员)\s*[:：]",
        r"[【\[（(]?\s*(?:责任)?编辑\s*[:：]",
    )
)
# 【打印本页】【关闭窗口】
_BUTTON = _any(
    r"打印(?:本页|此页|文章|页面)?|关闭(?:本页|窗口|页面|此页)?|返回顶部|收藏(?:本页)?|我要纠错|分享|字体|下载(?:文字|图片)版|下载|回到顶部",
    r"大|中|小|返回|顶部|纠错|复制链接|朗读|全文|PDF|一键分享|点击收藏|放大|缩小|默认|超大|A\+|A-",
    r"扫一扫\S{0,16}|用手机\S{0,12}|手机(?:扫一扫|阅读)\S{0,12}|微信扫一扫\S{0,12}",
)
_CONTROLS = pattern(rf"[\[【〔（(<\s]*{_BUTTON}(?:[\]】〕）)>\s|:：、]+(?=$|\S)|$)")
_FOOTER = pattern(
    _any(
        r"版权所有|版权声明|(?:主办|承办|协办|主管|制作|维护|运维)(?:单位|方)?\s*[:：]",
        r"主办、承办|维护单位|技术支持|运维单位|开发维护|网站维护|制作单位",
        r"[\u4e00-\u9fff]{0,12}(?:主办|承办)$|\S{0,3}ICP备案?|[\u4e00-\u9fff]?公网安备|网站标识码|政府网站标识",
        r"Copyright|©|All Rights",
        r"微信公众号\s*$|官方微信|官方微博|政务(?:微博|微信|新媒体)\s*$|网站地图|关于我们|联系我们|网站声明|隐私(?:声明|保护)|使用帮助",
        r"友情链接|站点地图|法律声明|免责声明|上一[篇条页]|下一[篇条页]|(?:附件|文件)下载\s*[:：]?$",
        r"相关(?:链接|阅读|文档|附件|信息|推荐|文章|报道|新闻|稿件|解读)\s*(?:[:：]?$|[:：]\s)",
        r"扫一扫|扫描二维码|用手机(?:打开|扫)|手机版|电脑版|建议使用|最佳浏览|浏览器|无障碍浏览|登录注册\s*$|地方部门平台链接|图解\s*$|一图读懂",
        r"(?:邮政编码|邮编|(?:联系|咨询|举报|值班)?电话|传真|(?:联系|办公)?地\s*址|(?:电子|投稿)?邮箱)\s*[:：]|您(?:正在|是第)",
        r"访问(?:量|总数)|当前在线|返回顶部|[（(]?右侧滑动条|https?://\S+$|www\.\S+$|[×✕]\s*$|\S{0,10}e读版$",
    )
)
# What only the foot of a web site has.
_SITE = pattern(r"版权所有|ICP备|网站标识码|公网安备|主办(?:单位)?\s*[:：]|Copyright|All Rights")
# 抄送：区委办，区政府办。 / XX局办公室 2023年1月12日印发 / （联系人：张三，电话：12345678）
_COLOPHON = pattern(rf"(?:抄送|抄报|分送|报送|印发)\s*[:：]|.{{2,40}}{DATE}\s*印发$|[（(]\s*联系人\s*[:：].*[)）]$")
_FILE = r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|jpe?g|png|zip|rar|pptx?|txt)"
# 附件：1．2016年南山区民生实事项目一览表.doc
_ATTACHMENT = pattern(
    r"附\s?件(?:下载\s*$|(?:下载)?\s?[0-9一二三四五]{0,2}\s*[:：.．、])"  # 附件1 alone opens an annex
    + rf"|.{{0,80}}{_FILE}\s*(?:[（(\[【].{{0,20}})?$",
    re.I,
)
COMMA = pattern(r"[，,；;：:]")
STOP = pattern(r"[。！？]")


def kind(line: str) -> str | None:
    """Kind of furniture a line is by itself: `navigation`, `metadata` ...; None for what may be the report.

    `line` is one line without blanks at its ends.
    """
    size = len(line)
    if size > 400:
        return None
    if _BRACKETED.match(line) or _ROW.match(line):
        return "metadata"
    stop = STOP.search(line) is not None
    if size <= 200 and not (size > 60 and stop) and _METADATA.match(line):
        return "metadata"
    if not stop:
        if _NAVIGATION.match(line):
            return "navigation"
        if _POSTING.match(line):
            return "posting"
    if size <= 120 and _CREDITS.match(line):
        return "credits"
    if size <= 120 and _COLOPHON.match(line):
        return "colophon"
    if size <= 60 and not stop and _CONTROLS.match(line):
        return "controls"
    if size <= 120 and _ATTACHMENT.match(line):
        return "attachment"
    if size <= 200 and _FOOTER.match(line):
        return "footer"
    return None


def is_site_footer(line: str) -> bool:
    """A line of the foot of a web site, wherever in the line that shows."""
    return _SITE.search(line) is not None


def is_metadata_name(line: str) -> bool:
    """A line that names a field in brackets; its value may stand on the next: • [ 发布机构 ] / • 荣昌区生态环境局."""
    return _BRACKETED.match(line) is not None
