"""The measure words of many trades, as pieces of regular expressions. The longest one must come first."""

# What is counted. Behind some of them another character makes another word of it: 个月, 条件, 台风.
_COUNTED_HAN = (
    "件套 个 個 只 套 台 支 条 根 片 块 张 卷 盘 箱 盒 包 袋 桶 瓶 罐 双 对 副 付 组"
    " 颗 粒 枚 把 本 册 匹 床 株 扇 樘 筒 捆 扎 打 朵 束 托盘 托 幅 板 头 车皮 车 高柜"
    " 小柜 大柜 货柜 集装箱 柜 份 间 节 棵 盆 盏 令 座 架 辆 枝 串 部 提 听 件 批 顶"
    " 顿 具 杆 挂 锭 坛 壶 杯 碗 笼 筐 篓 箩 尾 羽 块儿 套件 沓 刀 坨 缸 艘 栋 块料 剂"
    " 绞 垛 联 捧 斗 船 贴 帖 段 截 桌 篮 匣 屉 摞 团 尊"
)
_MEASURED_HAN = (
    "平方米 立方米 平方 立方 平米 延米 米长 公斤 千克 公升 毫升 加仑 公里 立米 方 吨"
    " 斤 升 米 码 克 磅 克拉 ㎡ m² m³"
)
# Not the measure word but the beginning of another one.
_NOT_BEFORE = (
    "线|标|样|钱|月|星期|小时|工作日|装箱|质|业|级|(?<=批)次|(?<=方)[案向式法便面]|(?<=条)[款件码例]"
    "|(?<=部)[门分件]|(?<=台)[风阶历]|(?<=头)[像部]|(?<=本)[月周年次批]|(?<=节)[前后日假]|(?<=件)号"
    "|(?<=车)[间型门架厂]|(?<=间)[距隔]|(?<=组)[装]|(?<=段)落|(?<=块)钱|(?<=包)[装含括]|(?<=卷)曲|(?<=盘)点|(?<=个)人|(?<=张)[力总工]"
    "|(?<=架)构|(?<=支)[架付]|(?<=套)餐|(?<=座)[谈位]|(?<=顶)[部]|(?<=打)[样包印]|(?<=米)[高深宽外内处]|(?<=升)温"
)
_COUNTED_LATIN = (
    r"pcs?|pieces?|pce|ea|each|sets?|units?|nos|off|rolls?|reels?|boxes|box|cartons?|ctns?|bags?|pairs?"
    r"|prs|bottles?|drums?|pallets?"
    r"|plts?|sheets?|parts|dozens?|doz|dz|cabinets?|panels?|cases?|coils?|bundles?|packs?|pkts?|packets?"
    r"|tubes?|cans?|sacks?|barrels?|kits?"
    r"|copies|trays?|crates?|jars?|tins?|bales?|heads?|portions?|plants?|skids?|tubs?|buckets?|pails?"
    r"|lengths?|strips?|items?|samples?"
    r"|containers?|truckloads?|loads?|vials?|ampoules?|tablets?|capsules?|cones?|spools?|bobbins?|totes?"
    r"|ibcs?|kegs?|cylinders?|blocks?|bricks?"
    r"|slabs?|planks?|boards?|poles?|rods?|stems?|bunches|trees?|racks?|stands?|sachets?|pouches|cups?"
    r"|reams?|blanks?|gross|hides?|skins?"
    r"|hanks?|skeins?|punnets?|casks?|flasks?|carboys?|sleeves?|quires?|stacks?|loaves|baskets?|hampers?"
    r"|sticks?|bolts of"
)
_MEASURED_LATIN = (
    r"kgs?|kilos?|kilograms?|tons?|tonnes?|mt|m2|sqm|sq\.?\s?m|m3|cbm|met(?:er|re)s?|lit(?:er|re)s?|ltrs?"
    r"|yards?|yds?|lbs?|pounds?|feet|foot|ft"
    r"|gallons?|gal|grams?|t|m|g|l"
)


def _longest_first(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


HAN_UNITS = f"(?:{_longest_first(_COUNTED_HAN)}|{_longest_first(_MEASURED_HAN)})(?!{_NOT_BEFORE})"
LATIN_UNITS = f"{_COUNTED_LATIN}|{_MEASURED_LATIN}"
# Units that a size or a weight in a description has too.
MEASURED = frozenset(_MEASURED_HAN.split()) | frozenset(
    [
        "kg",
        "kgs",
        "kilo",
        "kilos",
        "kilogram",
        "kilograms",
        "ton",
        "tons",
        "tonne",
        "tonnes",
        "mt",
        "m2",
        "sqm",
        "m3",
        "cbm",
        "meter",
        "meters",
        "metre",
        "metres",
        "liter",
        "liters",
        "litre",
        "litres",
        "ltr",
        "ltrs",
        "yard",
        "yards",
        "yd",
        "yds",
        "lb",
        "lbs",
        "pound",
        "pounds",
        "feet",
        "foot",
        "ft",
        "gallon",
        "gallons",
        "gal",
        "gram",
        "grams",
        "t",
        "m",
        "g",
        "l",
    ]
)
