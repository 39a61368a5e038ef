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
    "pc pcs piece pieces pce ea each set sets unit units nos off roll rolls reel reels boxes box "
    "carton cartons ctn ctns bag bags pair pairs prs bottle bottles drum drums pallet pallets plt "
    "plts sheet sheets parts dozen dozens doz dz cabinet cabinets panel panels case cases coil coils "
    "bundle bundles pack packs pkt pkts packet packets tube tubes can cans sack sacks barrel barrels "
    "kit kits copies tray trays crate crates jar jars tin tins bale bales head heads portion portions "
    "plant plants skid skids tub tubs bucket buckets pail pails length lengths strip strips item "
    "items sample samples container containers truckload truckloads load loads vial vials ampoule "
    "ampoules tablet tablets capsule capsules cone cones spool spools bobbin bobbins tote totes ibc "
    "ibcs keg kegs cylinder cylinders block blocks brick bricks slab slabs plank planks board boards "
    "pole poles rod rods stem stems bunches tree trees rack racks stand stands sachet sachets pouches "
    "cup cups ream reams blank blanks gross hide hides skin skins hank hanks skein skeins punnet "
    "punnets cask casks flask flasks carboy carboys sleeve sleeves quire quires stack stacks loaves "
    "basket baskets hamper hampers stick sticks"
)
_MEASURED_LATIN = (
    "kg kgs kilo kilos kilogram kilograms ton tons tonne tonnes mt m2 sqm sq.m m3 cbm meter meters "
    "metre metres liter liters litre litres ltr ltrs yard yards yd yds lb lbs pound pounds feet foot "
    "ft gallon gallons gal gram grams t m g l"
)
_HAN = sorted(f"{_COUNTED_HAN} {_MEASURED_HAN}".split(), key=len, reverse=True)
_LONG_HAN = "|".join(unit for unit in _HAN if len(unit) > 1)
_SHORT_HAN = "".join(unit for unit in _HAN if len(unit) == 1)
# One set of characters for all short ones: a branch for each would cost every number a look at all of them.
HAN_UNITS = f"(?:{_LONG_HAN}|[{_SHORT_HAN}])(?!{_NOT_BEFORE})"
# Any word may be a unit; those that are stand in `LATIN_UNITS`.
LATIN_UNIT = r"sq\.?\sm|sq\.m|bolts of|[a-z]+[23]?"
LATIN_UNITS = frozenset(f"{_COUNTED_LATIN} {_MEASURED_LATIN}".split()) | {"sq m", "sq. m", "bolts of"}
# Units that a size or a weight in a description has too.
MEASURED = frozenset(f"{_MEASURED_HAN} {_MEASURED_LATIN}".split())
