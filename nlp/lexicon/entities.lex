# Units of goods. The customer's unit is given back as written.

[unit]
件 | 个 | 只 | 套 | 台 | 支 | 条 | 根 | 片 | 块 | 张 | 米 | 卷 | 盘 | 箱 | 盒 | 包 | 袋 | 桶 | 瓶 | 罐 | 吨 | 公斤 | 千克 | 斤 | 升 | 双 | 对 | 副 | 组 | 颗 | 粒 | 枚 | 把 | 本 | 册 | 份 | 批 | 平方 | 平方米 | 平米 | 立方 | 立方米 | 码 | 匹 | 打 | 床 | 顶 | 株 | 扇 | 樘 | 株 | 筒 | 捆 | 扎 | 板 | 托 | 车 | 柜 | 头 | 箩 | 罗 | 节 | 面 | 门 | 扎 | 尾 | 朵 | 束 | 提 | 听 | 轴 | 幅
pcs | pc | pieces | piece | ea | each | sets | set | units | unit | nos | off | kg | kgs | kilos | tons | tonnes | m2 | sqm | m3 | meters | metres | rolls | reels | boxes | cartons | ctns | bags | pairs | bottles | drums | pallets | sheets | parts | litres | liters | yards | yds | dozen | cabinets | panels | cases | coils | bundles | packs | tubes | cans | sacks | barrels | kits | copies | trays | lengths | heads | crates | jars | tins | containers | lbs
