"""Stock statements of such reports as whole patterns: what is lacking, what needs work, what goes well."""

from summarizer.patterns import pattern

# What is lacking: {0} and {1} are the parts in brackets, told as verb or noun phrases.
LACKS = tuple(
    (pattern(p), e)
    for p, e in (
        (r"^(.+?)与(.+?)(?:无法|不能|未能|难以)(?:有效)?实现(.+)$", "{2} between {0} and {1} cannot be achieved"),
        (
            r"^存在(?:一次)?(.+?)[须需]在?多个?平台重复(?:录入|填报)(?:信息|数据)?的?问题$",
            "{0} has to be entered repeatedly on several platforms",
        ),
        (r"^([^对]+?)对(.+?)(?:还|仍)?缺乏(.+)$", "{0} lack {2} of {1}"),
        (r"^对(.+?)(?:还|仍)?缺乏(.+)$", "there is a lack of {1} of {0}"),
        (
            r"^([^，,]{4,})的(?:能力本领|能力|本领|水平)"
            r"(?:还|仍|尚)?(?:不强|不足|不够|不高|偏弱|欠缺|有限|有所欠缺|(?:有待|需要?)(?:进一步)?(?:增强|提高|提升|加强))$",
            "capacity for {0} is still inadequate",
        ),
        (
            r"^对(.+?)的?(学习|认识|理解|掌握|研究|把握|重视|运用)(?:还|仍)?(?:不够|不足|不)(?:深入|全面|到位|透彻|系统|深|够)?"
            r"(?:和全面|、全面)?$",
            "{1} of {0} is not yet thorough enough",
        ),
        (
            r"^在?(.+?)(?:等)?(?:方面|上)(?:还|仍|仍然|尚)?(?:存在|有)?(?:一定|一些|较大)?的?"
            r"(?:不足|欠缺|短板|差距|问题|薄弱环节|弱项)$",
            "there are still shortcomings in {0}",
        ),
        (
            r"^(.+?)(?:距离|离|与|同|和|对标|较)(.+?)(?:相比)?(?:还|仍|仍然|尚)?(?:有|存在)(?:一定|较大|一些|不小)?的?(?:差距|不足)$",
            "{0} still falls short of {1}",
        ),
        (
            r"^(.+?)(?:还|仍|尚)?(?:不能|不)(?:完全|很好)?(?:满足|适应)(.+?)的?(?:要求|需要|需求)?$",
            "{0} does not yet meet {1}",
        ),
        *(
            (rf"^(.+?)(?:还|仍|仍然|尚)?不够{zh}$", f"{{0}} is not yet {en}")
            for zh, en in (
                ("新颖", "novel enough"),
                ("(?:丰富|多样)", "varied enough"),
                ("均衡", "balanced enough"),
                ("(?:紧密|密切)", "close enough"),
                ("顺畅", "smooth enough"),
                ("规范", "standardized enough"),
                ("(?:深|深入|透彻)", "thorough enough"),
                ("(?:大|强|高|到位|全面|完善|健全|充分|有力|明显|理想|足)", "sufficient"),
            )
        ),
        (r"^(.+?)缺乏(.+)$", "{0} lacks {1}"),
        (
            r"^(.{3,}?)(?:还|仍|仍然|依然|也)(?:存在|有)(?:一定|一些|较大|不少|个别)?的?(.+?)(?:等|的)?(?:现象|情况)$",
            "there is still {1} in {0}",
        ),
        (
            r"^(?:还|仍|仍然|依然)?(?:存在|有)(?:一定|一些|较大|不少)?的?(.+?)(?:等|的)?(?:问题|现象|情况)$",
            "there is {0}",
        ),
    )
)

# What is said of the subject before it.
PREDICATES = tuple(
    (pattern(p), e)
    for p, e in (
        (
            r"(?:还|仍|仍然|尚)?(?:有|存在)(?:一定|一些|较大)?(?:程度)?的?(?:不足|欠缺|短板|弱项)$",
            "is still inadequate",
        ),
        (
            r"(?:仍|还|尚)?(?:有待|需要?|亟待|亟需|待)(?:进一步|不断|持续|继续)?(?:提高|提升)$",
            "needs to be improved",
        ),
        (
            r"(?:仍|还|尚)?(?:有待|需要?|亟待|亟需|待)(?:进一步|不断|持续|继续)?(?:加强|强化|增强|加大)$",
            "needs to be strengthened",
        ),
        (
            r"(?:仍|还|尚)?(?:有待|需要?|亟待|亟需|待)(?:进一步|不断|持续|继续)?(?:完善|健全|优化|改进|规范|丰富|深化|创新|拓展|拓宽)$",
            "needs further improvement",
        ),
        (
            r"(?:还|仍|仍然|尚)?(?:不够|不足|不强|薄弱|较弱|偏弱|欠缺|不到位|不完善|不健全|存在不足|有欠缺|相对薄弱|不高|不平衡)$",
            "is still inadequate",
        ),
        (r"(?:力度)?(?:还|仍|仍然|尚)?不够大$", "is still inadequate"),
        (r"(?:还|仍|仍然)?(?:比较|较为|过于|较|有些)?单一$", "is rather limited in form"),
        (r"(?:还|仍|仍然)?(?:有|存在)(?:一定|较大|不小)?(?:的)?差距$", "still falls short of what is required"),
        (r"(?:还|仍|仍然)?(?:不|未)(?:够)?(?:理想|明显|显著)$", "is still unsatisfactory"),
        (r"(?:依然|仍然|仍|十分|较为|比较)?(?:严峻|繁重|艰巨|突出|较大|较重)$", "remains a serious challenge"),
        (r"(?:稳步|有序|扎实|顺利)推进$", "made steady progress"),
        (
            r"(?:不断|持续|进一步|明显|显著|稳步)(?:提升|提高|增强|改善|加大|优化|完善|健全|深化)$",
            "continued to improve",
        ),
    )
)

# Clauses of a settled shape, whatever fills them.
SHAPES = tuple(
    (pattern(p), e)
    for p, e in (
        (
            r"^(?:受到|得到|获得|获)了?(.+?)的?(?:一致|充分|高度|广泛)?(?:肯定|好评|点赞|表扬|赞扬|认可|表彰|赞誉)$",
            "being commended by {0}",
        ),
        (
            r"^(?:进一步|持续|不断)?(?:加强|强化|完善|做好|健全)(.+?)[与和同](.+?)的?(?:司法|有效|无缝|紧密|工作)*(?:衔接|对接)$",
            "strengthening the linkage between {0} and {1}",
        ),
        (
            r"^(?:推动|促进|推进)(《[^》]+》)的?(?:尽快|早日|正式)*(?:出台|颁布|通过|审议通过)(?:实施)?$",
            "pushing for the formal adoption of {0}",
        ),
        (
            r"^(?:会同|联合|与)(.+?)建立了?(.+?)[与和](.+?)(?:高效|快捷|有效|顺畅|、)+的?(?:联动|衔接|协作)机制$",
            "establishing a fast mechanism with {0} that links {1} with {2}",
        ),
        (
            r"^(?:积极)?(?:推动|推进)(.+?)(?:生态环境损害赔偿案件)提起(.+)$",
            "pushing for {1} in the eco-environmental damage compensation case over {0}",
        ),
        (
            r"^(?:积极|认真)?开展(《[^》]+》)(?:[（(]草案[）)])?的?起草和申报(?:工作)?$",
            "drafting and submitting {0} (draft)",
        ),
        (r"^确保(.+?)(?:稳步|有序|扎实|顺利|持续|深入)+(?:推进|开展|实施)$", "ensuring steady progress in {0}"),
        (r"^确保(.+?)(?:按时|如期|按期)+(?:完成|落实)$", "ensuring the timely completion of {0}"),
        (r"^将(.+?)[与和同](.+?)(?:紧密|有机|深度)?结合(?:起来)?$", "integrating {0} with {1}"),
        (r"^(.+?)(?:均|都|全部|稳定)?达到(?:了)?(.+)$", "{0} reached {1}"),
        (r"^为(.+?)提供了?(.+)$", "providing {1} for {0}"),
        (r"^以(.+?)为(?:导向|引领|统领)$", "guided by {0}"),
        (r"^以(.+?)为(?:重点|核心|中心|主线|主题)$", "with a focus on {0}"),
        (r"^以(.+?)为(?:抓手|契机|载体|依托|基础)$", "building on {0}"),
        (r"^(?:坚持)?以(.+?)为指导$", "guided by {0}"),
        (r"^在(.+?)的?(?:坚强|正确|统一)?领导下$", "under the leadership of {0}"),
        (r"^在(.+?)的?(?:指导|支持|帮助|关心)下$", "with the support of {0}"),
        (r"^(.+?)(?:成功|首次|再次)?入选(?:了)?(.+)$", "{0} {be} selected for {1}"),
        (r"^(.+?)(?:被)?(?:评为|获评|评定为)(?:了)?(.+)$", "{0} {be} rated as {1}"),
        (r"^(?![将把])(.+?)(?:被)?(?:列入|纳入)(.+)$", "{0} {be} included in {1}"),
        (r"^(.+?)(?:荣获|获得)(?:了)?(.+)$", "{0} won {1}"),
        (r"^首次在(.+)上线(.+)$", "launching {1} on {0} for the first time"),
        (r"^首次(?:开展|实施|举办)(.+)$", "carrying out {0} for the first time"),
        (r"^(?:及时|定期)?对(?![标照接外于])(.+?)(?:进行|开展|实施)了?(.+)$", "carrying out {1} of {0}"),
        (r"^(?:会同|联合)(.+?)(?:开展|进行)了?(.+)$", "carrying out {1} jointly with {0}"),
        (r"^与(.+?)(?:建立|构建)了?(.+)$", "establishing {1} with {0}"),
        (r"^与(.+?)(?:签订|签署)了?(.+)$", "signing {1} with {0}"),
        (r"^将(.+?)作为(.+)$", "taking {0} as {1}"),
        (r"^把(.+?)作为(.+)$", "taking {0} as {1}"),
        (r"^(?:严格)?(?:按照|根据|依照|依据)(.+?)的?(?:规定|要求|部署|安排)$", "in accordance with {0}"),
        (r"^(?![将把])(.{2,}?)作为(.+)$", "{0}, as {1}"),
        (r"^(?:按照|根据|依照|依据)(.+)$", "in accordance with {0}"),
        (r"^(?:围绕|聚焦)(.+)$", "focusing on {0}"),
        (r"^(.+?)得到(?:了)?(?:进一步|有效|明显|显著|全面|不断)?(?:提升|提高|增强|加强|改善)$", "{0} {be} enhanced"),
    )
)

# Cheap tests that save trying every pattern on every clause.
MAY_LACK = pattern("不|无法|未能|难以|有待|有限|缺乏|差距|短板|薄弱|欠缺|问题|弱项|现象|情况")
MAY_PREDICATE = pattern("[高升强化大善全进范富新宽够足弱缺位衡一距想显著峻重巨出]$")
OPENS_SHAPE = frozenset("为以在对会联与将把按根依围聚首坚严受获推促积开确及定")
MAY_SHAPE = pattern("达到|衔接$|对接$|作为|入选|获评|评为|评定为|列入|纳入|荣获|获得|得到")
