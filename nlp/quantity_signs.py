"""What stands next to a number of goods, and what next to a number that is none.

All compare folded text, `*_AFTER` right behind the number, the others right before it.
"""

import re

# Part of a code, a size, a price.
CODE_BEFORE = frozenset("0123456789.±/+φ~～<>=≤≥$€£¥￥#@∅ø_第^")
RANGE_BEFORE = frozenset("-–:~至到")
RANGE = re.compile(r"(?a)(?:[a-z0-9][-–:]|\d ?[-–~至到])$")
SIZE_BEFORE = re.compile(r"(?a)\d\s?(?:mm|cm|m|米|公分|厘米|毫米)?\s?[x×*]\s?$")
SIZE_AFTER = re.compile(
    r"(?a)\s?(?:mm|cm|m|米|公分|厘米|毫米)?\s?[x×*]\s?(?!\d[\d.,]*\s?(?:kg|kilo|l\b|lit|g\b|ml|公斤|升|千克"
    r"|克))\d"
)
PRICE_OR_LIMIT = re.compile(
    r"(?a)(?:单价|价格?|净重|毛重|单重|重量|weigh\w*|不超过|不低于|不少于|不小于|不大于|不得超过|限|超过|至少"
    r"|低于|高于|起订量?是?|起订|最小|\b(?:max|min|moq|usd|eur|rmb|gbp|cny|hk|nt|chf|spec|shore|hrc|hv"
    r"|above|below|over|under|up to|less than|more than|every)\.?"
    r"|人民币|公差|[￥$€£]|规格|直径|长度?|宽|高度?|厚度?|深|内径|外径|容量|约定|百分之|近)[\s:：]?$"
)
# Before a number without a unit: it only names something.
NUMBERED = re.compile(
    r"(?a)(?:\b(?:version|ral|pantone|tel|weeks?|wk|level|rev|ip|grade|lines?|row|page|floor|room|gate|dock|no"
    r"|po|pi|rfq|ncr|lot|batch|note|invoice|certificate|advice|section|rule|model|type|class|iso|en|din|gb"
    r"|gb/t|astm|iec|ul|jis|order|blanket|contract|release|unit|ext|fax|mobile|cell|ticket|ref|enquiry"
    r"|inquiry|quotation)\.?|[a-z]{2,}[-_#]|型号|电话|手机|微信|等级|楼|栋|号楼|版|编号|订单号?|合同号?)[\s:：]?$"
)
NO_GOODS_AFTER = re.compile(
    r"(?a)\s?(?:元|块钱|块(?=一|/|左右)|美金|美元|欧元|港币|usd|eur|%|％|‰|°|℃|度|mm|cm|dm|um|μ|nm|mpa|kpa"
    r"|bar\b|ppm|ppb|v\b"
    r"|va\b|a\b"
    r"|w\b|kw|hz|mah|ah\b|n\b|nit|k\b|lux|lm\b|db|rpm|gsm|dpi|px|gb\b|tb\b|mb\b|mg|ml|小?时|分钟|秒"
    r"|[天年月日号周]"
    r"|个?(?:小时|工作日|月|星期|礼拜|百分点|季度)"
    r"|点|期|成|倍|折|级|层|次|遍|步|项|家|人|位|名|同志|楼|欧|毫米|公分|厘米|英寸|寸|目|丝|版|页|伏|安"
    r"|瓦|千瓦|赫兹|行|款|种|岁|字|克拉|路|号|方|公里|千米"
    r"|(?:hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|seconds?|am|pm|o'clock|degrees?|percent"
    r"|cycles?|people|persons?|engineers?"
    r"|times|points?|inch|inches|micron|volts?|watts?|amps?|working|business|calendar|st|nd|rd|th"
    r"|questions?|pages?|lines?|visits?|km"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar"
    r"|apr|jun|jul|aug"
    r"|sept?|oct|nov|dec|customers?|sorter|guests?|workers?|employees|machines|vehicles|stores|shops"
    r"|auditors?|colleagues|calls?|mails?|photos?)\b"
    r"|:\d|-\d|\.\d|/\d|\$|€|：\d)"
)
_PACK = "个|只|箱|盒|包|袋|托|板|盘|卷|件|套|捆|层|批|桶|瓶|提|柜|扎|组|束"
PER = re.compile(
    rf"(?a)(?:每(?:{_PACK}|小|大|车|人)?|(?:一|/|单)(?:{_PACK})|\bper|\beach|\bevery|/)"
    r"\s?(?:(?:\w+ )?(?:pallet|box|carton|bag|drum|roll|reel|tray|case|pack|lot|layer|bundle|crate))?"
    r"\s?(?:装|放|of|contains?|holds?|有|是|不超过|只装|里|附|抽)?\s?$"
)
PER_AFTER = re.compile(
    rf"(?a)\s?(?:/(?!年|月|year|month)|一(?:{_PACK})|每|装(?!车|柜|船|箱发)|(?:per|an?|each)\s(?!year|month"
    rf"|week|annum"
    rf"|quarter)"
    r"|each\b|to a\b|in a\b|inside)"
)
_COPULA = r"(?:了|着|是|为|个|it|us|me|a|the|those|these|just|only|about|our|as|of)?"
WANTED = re.compile(
    r"(?a)(?:订购?|定购?|定做|要货?|来|做|开|加|补|买|拿|发|共计?|合计|总共|总计|数量|数|再|先|改[成为到]"
    r"|追加到?|增加到?|减到?|减少到|到|至|需求量?|需要?|用量|约"
    r"|大概|大约|首批|头批|第一批"
    r"|下单|采购|购|订单|安排|备货?|送货?|返单|翻单|下|给我|给|留|进|申请|供应?|生产|交|投|预[定订]|续|添"
    r"|就|凑|投产|释放"
    r"|\b(?:qty|quantity|order(?:ing|ed)?|supply|just|only|move|take|taking|get|pls|please|ok|go ahead"
    r"|those|the|remaining|confirm(?:ed)?"
    r"|for|to|need(?:s|ed)?|want|send|ship|deliver|book|reserve|release|produce|make|do|with|buy|have|add"
    r"|another|extra|additional|total|call[- ]?off"
    r"|approx|around|about|some|volume|demand|annually|run of|lot of|batch of|quote(?: us)?|quotation for"
    r"|price for|require[sd]?|looking for|requirement|usage|missing)\.?"
    rf"|\d?[x×*:：])\s?{_COPULA}\s?[:：]?\s?$"
)
WANTED_AFTER = re.compile(
    r"(?a)\s?(?:要了|照旧|不变|给我|定了|下单|拿下|就[够行好]|即可|如数|吧|全要|都要|先发|as per|please|pls"
    r"|asap|only|in total|altogether"
    r"|total\b"
    r"|per year|per month|per annum|a year|/年|for (?:now|delivery)|by )"
)
INSTEAD = re.compile(
    r"(?a)(?:由|从|把|原(?:来|先|本)?(?:定|订|单|合同|计划|数量)?的?是?|之前|上[次回批]\S{0,5}|去年\S{0,5}"
    r"|库存(?:还有|只有)?|还[有剩]|手[头上]有?"
    r"|last time|previously|不是|而不是|不要|instead of|\bnot|\bfrom|rather than|originally|in stock"
    r"|have left)\s?$"
)
CHANGED = re.compile(
    r"(?a)\s?\S{0,3}(?:(?:改[成为到]|变[成为]|减[到为至]|加[到至]|增[到至加])\s?[\d一二两三四五六七八九十]"
    r"|[)）]?\s?to \d|down to|up to)"
)
SAMPLED = re.compile(
    r"(?a)(?:抽检|抽测|抽查|抽样|抽验|抽|检|测|试|称|开|拆|打开|\b(?:sampled?|checked|measured|opened"
    r"|inspected|tested|unpacked"
    r"|of (?:the|our|these|those)|of))了?\s?$"
)
SAMPLE = re.compile(r"(?a)(?:样品?|首样|样件|小样|样板|试样|\bsamples?|specimens?|留样|记录|报告)\D{0,3}$")
WHOLE = re.compile(
    r"(?a)(?:到货|送来|买了?|订了?|总数|共|一共|收到|合计|发货|进了?|\b(?:delivered|received|shipment of"
    r"|total|ordered|bought"
    r"|delivery of|consignment of|lot of))\s?\S{0,4}$"
)
SAMPLE_AFTER = re.compile(r"(?a)\s?(?:做|作|送)?\S{0,5}样")
OUT_OF = re.compile(
    r"(?a)\s?(?:\S{0,6}?(?:里|中|当中|其中|只有|只到|实[到收])|(?:\w+ )?(?:delivered|received|ordered))"
)
PART_OF = re.compile(r"(?a)(?:里|中|其中|有|里面|当中|就有|of which|又见|发现|了|\bonly|found)\s?$")
AFFECTED = re.compile(
    r"(?a)不良|坏|\bng\b|不亮|断|漏|裂|隔离|退|换|少|差|欠|不合格|报废|重做|返工|补|失效|破|烂|碎|霉|锈|变形"
    r"|划|脏|污|错|短|瘪|渗|臭|馊|过期|褪色|掉|脱|没有?反应"
    r"|不能|不行|不对"
    r"|不转|失灵|停用|封存|扣|异常|超差|死|蔫|开胶|开线|爆|压|湿|潮|空焊|卡[滞死住顿]|defect|fault"
    r"|missing|short|damag|block|replac"
    r"|unusable|crack|broken|wrong"
    r"|\bwet|quarantin|on hold|dead|fail|reject|return|credit|bent|leak|torn|mou?ld|rotten|spoil|stain"
    r"|crush|dent|scratch|loose|\bbad|smash|melt"
    r"|rust|chipped|warp|unsaleable|scrap|collaps|spill|spilt|fell|do(?:es)? not|did not|don't|won't"
)
REPLACE = re.compile(
    r"(?a)(?:[少差缺欠短]了?[送发装给]?了?|补发?|换|重做|重发|补货|补送|补寄|补做|退[掉回货]?|收回"
    r"|\b(?:replace(?:ment)?s?(?: of| for)?"
    r"|resend|remake|redo|swap|exchange|return(?: of)?))\D{0,4}$"
)
# 20 x 25 kg: twenty of them.
PACKED = re.compile(r"(?a)\s?[x×*]\s?\d[\d.,]*\s?(?:kg|kilo|l\b|lit|g\b|ml|公斤|升|千克|克)")
NOUN = re.compile(
    r"(?a) (?!(?:and|or|to|of(?! the| our| your| those| these| \d)|in|on|at|by|from|is|are|was|were|for|with"
    r"|if|as|we|you|i|he|she|they|per|but|than|when|that|this"
    r"|it|please|which|will|can|have|has|had|who|where|how|what|so|not|do|does|did|after|before|until"
    r"|till|because|since|via|net|inclusive)\b)"
    r"(?:[a-z][a-z0-9\"'./-]*[a-z]|of (?:the|our|your|those|these)|\S*\d\S* [a-z]{3,}|x \w)"
)
ITEM_BEFORE = re.compile(r"(?a)(?:[a-z]{3,}s|[\u4e00-\u9fff]{2})\s?$")
ENDS = re.compile(r"(?a)\s?(?:$|[。.;；，,、!！?？\n)）]|as per|please|pls|asap|要|，)")
# What comes with the goods, or a part of them: 分两车, 一式两份, 另配2个.
BESIDE = re.compile(
    r"(?a)(?:分[成作为]?|一式|另?[配附赠]|加送|赠送|其中|其余|首批|头批|第一批|头[一]?车|第二批|每次|每回"
    r"|间隔|最多|最少|\bin|split into|including"
    r"|incl\.?|plus|first)\s?$"
)
PAPER = re.compile(
    r"(?a)\s?(?:纸质|扫描|不同|主要)?(?:颜色|品种|款式|规格|尺[码寸]|口味|版本|型号|批次|车次|站点?|门?店"
    r"|楼层|字|方面|数|报告|合同|证书|发票|图纸?|目录|清单|报价"
    r"|资料|协议|收据|回单|送货单|说明|文件|意见|问题|原因|地址|地方|仓库?|门店|项目|工人|师傅|司机|人"
    r"|(?:drops?|lots?|batch(?:es)?|deliver(?:y|ies)|shipments?|instal+ments?|copies|report|certificate"
    r"|invoice|drawing|question|site|location|warehouse|address|driver|men\b))"
)
DESCRIBED = re.compile(
    r"(?a)\s?(?:的(?!$)|以[上下内]|左右的|长|宽|高|深|厚|粗|款|型|规格|级|幅宽|net\b|long|wide|high|deep"
    r"|thick|tall|bags?\b"
    r"|sacks?\b|drums?\b|cans?\b|bottles?\b|tins?\b|buckets?\b|[a-z]+ each)"
)
GOODS_BEFORE = re.compile(r"(?a)[\u4e00-\u9fff]{2}\s?$")
TOTAL = re.compile(
    r"(?a)(?:共计?|合计|总[共计数]|总量|加到|增加?到|改[成为到]|\b(?:total(?:ling)?|in all|altogether"
    r"|total of))[:：]?\s?$"
)
# 15块一斤 is a price, 42码 a size.
NO_PIECE = re.compile(r"(?a)块(?:钱|一|/|每|\d|算|左右|[一二三四五六七八九]|含税|包邮)|码(?:的|数|，|,|$)")
YEAR = re.compile(r"(?a)19\d\d|20[0-3]\d")
OF_MORE = re.compile(r"(?a) of (?:the|our|your|these|those|\d)")
