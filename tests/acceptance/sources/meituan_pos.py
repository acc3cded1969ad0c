"""美团餐饮收银, one day of one shop: a member, a takeaway, a check closed twice, two refunds.

Worked by hand. DT1001: 60.00 noodles less 6.00, a side dish for nothing (8.00), a drink sent back,
4.00 for tea: 58.00, of which 10.00 are given back. WM2001: a set of 45.00 less 5.00, box 2.00: 42.00,
of which 3.00 are given back. DT1002: closed for 30.00 and again for 26.00. Net sales are
48.00 + 39.00 + 26.00 = 113.00. 20.00 go back for an order of an earlier day.
"""

from collections.abc import Mapping
from datetime import date

from acceptance.stories import Rows, SourceFile, SourceStory
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

DAY = date(2025, 3, 1)
SHOP, STORE = "示例小馆(河畔店)", "S1"
ORDER_HEADER = """
省份,城市,门店名称,营业日期,餐段,订单号,原单号,外卖订单号,全渠道流水号,取餐号,桌牌号,桌台区域,订单金额,顾客实付,
订单收入,订单优惠,订单来源,订单子来源,经营模式,用餐方式,宴会类型,订单状态,退单标识,下单员,收银员,销售员,创建时间,
完成时间,接单时间,下单制作时间,预定用餐时间,订单备注,桌台备注,用餐人数,席数,是否会员,会员姓名,会员卡号,会员手机号,
发票,菜品金额,菜品收入,退单时间,取消时间,外卖订单已退金额,敏感操作,结账方式
""".replace("\n", "").split(",")
ITEM_HEADER = """
城市,机构编码,门店名称,营业日期,下单时间所属餐段,出品部门,菜品大类,菜品小类,菜品编码,品项名称,关联菜品名称,商品别名,
品项类型,菜品类型,菜品标签,规格,单位,关联做法,关联加料,关联餐盒,销售方式,订单号,销售数量,赠送数量,销售金额(元),
赠送金额(元),优惠金额(元),品项收入(元),点菜时间,下单时间,接单/结账/退菜时间,收银员,点菜员,下单人,订单分类,订单来源,
新订单来源,订单子来源,桌台区域,取餐号,桌牌号,订单金额(元),营业额(元),订单优惠(元),订单收入(元),标记,退菜数量,
退菜金额(元),敏感操作类型,单品备注
""".replace("\n", "").split(",")
RECEIPT_HEADER = """
门店,营业日期,业务大类,业务小类,结账方式,支付状态,支付时间,支付日(账单日),支付金额(抵扣金额),支付优惠,收款金额,
结算状态,结算日期,手续费(服务费),商家活动支出,其他支出,到账金额,订单号,订单状态,收银员
""".replace("\n", "").split(",")


def sheet_of(title: str, header: list[str], rows: list[Mapping[str, str]]) -> Rows:
    """A report as the till writes it: two title rows, the header, the rows, 合计 if it has one."""
    shown = [tuple(row.get(name, "") for name in header) for row in rows]
    return ((title,), (f"营业日期:2025/03/01至2025/03/01,{SHOP}",), tuple(header), *shown)


def order(number: str, gross: str, income: str, **more: str) -> dict[str, str]:
    """An order that was paid in the restaurant, but for what is said of it."""
    return {
        "省份": "浙江", "城市": "杭州", "门店名称": SHOP, "营业日期": "2025-03-01", "订单号": number,
        "订单金额": gross, "顾客实付": income, "订单收入": income, "订单优惠": "0.00",
        "订单来源": "收银机", "用餐方式": "堂食", "订单状态": "已完成", "退单标识": "否",
        "菜品金额": gross, **more,
    }  # fmt: skip


def dish(
    number: str, code: str, name: str, money: str, of: tuple[str, str], **more: str
) -> dict[str, str]:
    """A dish that was sold once at this money, on an order of that gross and income."""
    return {
        "城市": "杭州", "机构编码": "JG01", "门店名称": SHOP, "营业日期": "2025-03-01", "订单号": number,
        "菜品编码": code, "品项名称": name, "品项类型": "单品", "销售方式": "正常", "销售数量": "1",
        "赠送数量": "0", "销售金额(元)": money, "赠送金额(元)": "0.00", "优惠金额(元)": "0.00",
        "品项收入(元)": money, "订单金额(元)": of[0], "订单收入(元)": of[1], "退菜数量": "0",
        "退菜金额(元)": "0.00", **more,
    }  # fmt: skip


def receipt(number: str, method: str, amount: str, at: str, **more: str) -> dict[str, str]:
    """A payment that arrived whole, but for what is said of it."""
    return {
        "门店": SHOP, "营业日期": "2025-03-01", "业务大类": "营业收款", "结账方式": method,
        "支付状态": "支付成功", "支付时间": at, "支付金额(抵扣金额)": amount, "支付优惠": "0.00",
        "收款金额": amount, "结算状态": "已结算", "结算日期": "2025-03-02", "手续费(服务费)": "0.00",
        "商家活动支出": "0.00", "其他支出": "0.00", "到账金额": amount, "订单号": number, **more,
    }  # fmt: skip


MEMBER = {"是否会员": "是", "会员姓名": "林一", "会员卡号": "0088001", "会员手机号": "13800000001"}
ORDERS = [
    order(
        "DT1001", "72.00", "58.00", 订单优惠="14.00", 菜品金额="68.00", 餐段="午餐", 用餐人数="2",
        创建时间="2025-03-01 11:50:10", 完成时间="2025-03-01 12:31:05", **MEMBER,
    ),
    order(
        "WM2001", "47.00", "42.00", 订单优惠="5.00", 菜品金额="45.00", 外卖订单号="7200000000000000101",
        订单来源="外卖", 订单子来源="美团外卖", 用餐方式="外卖", 完成时间="2025-03-01 18:20:00",
        会员手机号="13911112222_0301", 外卖订单已退金额="3.00",
    ),
    order("DT1002", "30.00", "30.00", 完成时间="2025-03-02 05:10:00", 会员手机号="13800000002"),
    order("DT1002", "26.00", "26.00", 完成时间="2025-03-02 05:40:00", 会员手机号="13800000002"),
    order(
        "TD3001", "-20.00", "-20.00", 退单标识="是", 原单号="DT0990", 订单状态="已退单",
        完成时间="2025-03-01 13:00:00", 退单时间="2025-03-01 13:00:00",
    ),
    order(
        "TD3002", "-10.00", "-10.00", 退单标识="是", 原单号="DT1001", 订单状态="已退单",
        完成时间="2025-03-01 14:00:00", 退单时间="2025-03-01 14:00:00", **MEMBER,
    ),
    order(
        "DT1003", "15.00", "0.00", 订单状态="已取消", 创建时间="2025-03-01 15:00:00",
        取消时间="2025-03-01 15:04:00", 完成时间="--",
    ),
    {"省份": "合计", "订单金额": "160.00", "订单收入": "126.00", "订单优惠": "19.00"},
]  # fmt: skip
AT_1001, AT_WM, AT_1002 = ("72.00", "58.00"), ("47.00", "42.00"), ("26.00", "26.00")
NOODLES, SET = ("N01", "牛肉面"), ("S01", "面饮套餐")
ITEMS = [
    dish(
        "DT1001", *NOODLES, "60.00", AT_1001, 销售数量="2", 菜品大类="面食",
        **{"优惠金额(元)": "6.00", "品项收入(元)": "54.00", "接单/结账/退菜时间": "2025-03-01 12:31:05"},
    ),
    dish(
        "DT1001", "C01", "小菜", "8.00", AT_1001, 赠送数量="1", 菜品大类="凉菜",
        **{"赠送金额(元)": "8.00", "品项收入(元)": "0.00", "接单/结账/退菜时间": "2025-03-01 12:31:05"},
    ),
    dish(
        "DT1001", "D01", "酸梅汤", "0.00", AT_1001, 销售方式="退菜", 销售数量="0", 退菜数量="1", 菜品大类="饮品",
        **{"退菜金额(元)": "12.00", "接单/结账/退菜时间": "2025-03-01 12:05:00"},
    ),
    dish(
        "WM2001", *SET, "45.00", AT_WM, 品项类型="套餐", 菜品大类="套餐",
        **{"优惠金额(元)": "5.00", "品项收入(元)": "40.00"},
    ),
    dish("WM2001", *NOODLES, "30.00", AT_WM, 品项类型="套餐明细", 关联菜品名称=SET[1], 菜品大类="面食"),
    dish("WM2001", "D02", "豆浆", "15.00", AT_WM, 品项类型="套餐明细", 关联菜品名称=SET[1], 菜品大类="饮品"),
    dish(
        "DT1002", "R01", "炒饭", "30.00", ("30.00", "30.00"), 菜品大类="主食",
        **{"接单/结账/退菜时间": "2025-03-02 05:10:00"},
    ),
    dish(
        "DT1002", "R01", "炒饭", "26.00", AT_1002, 菜品大类="主食",
        **{"接单/结账/退菜时间": "2025-03-02 05:40:00"},
    ),
    dish("TD3002", *NOODLES, "-10.00", ("-10.00", "-10.00"), 销售数量="-1", 菜品大类="面食"),
    dish("DT1003", "T01", "红茶", "15.00", ("15.00", "0.00"), 菜品大类="饮品"),
    {
        "城市": "合计", "销售金额(元)": "219.00", "优惠金额(元)": "11.00", "品项收入(元)": "200.00",
    },
]  # fmt: skip
RECEIPTS = [
    receipt(
        "DT1001", "微信支付", "38.00", "2025-03-01 12:30:50",
        **{"手续费(服务费)": "0.23", "到账金额": "37.77"},
    ),
    receipt(
        "DT1001", "微信支付", "38.00", "2025-03-01 12:30:20", 支付状态="支付失败", 收款金额="0.00",
        到账金额="0.00",
    ),
    receipt("DT1001", "会员储值", "20.00", "2025-03-01 12:30:55"),
    receipt(
        "WM2001", "美团外卖", "42.00", "2025-03-01 17:45:00", 商家活动支出="2.00",
        **{"手续费(服务费)": "7.20", "到账金额": "32.80"},
    ),
    receipt("DT1002", "现金", "30.00", "2025-03-02 05:10:00"),
    receipt("DT1002", "现金", "-30.00", "2025-03-02 05:38:00", 支付状态="退款成功"),
    receipt(
        "DT1002", "支付宝", "26.00", "2025-03-02 05:40:00",
        **{"手续费(服务费)": "0.16", "到账金额": "25.84"},
    ),
    receipt("CZ9001", "现金", "500.00", "2025-03-01 16:00:00", 业务大类="会员业务", 业务小类="储值充值"),
    receipt("TD3001", "现金", "-20.00", "2025-03-01 13:00:00", 支付状态="退款成功"),
    receipt("TD3002", "微信支付", "-10.00", "2025-03-01 14:00:00", 支付状态="退款成功"),
    {
        "门店": "合计", "支付金额(抵扣金额)": "634.00", "收款金额": "596.00", "手续费(服务费)": "7.59",
        "到账金额": "586.41",
    },
]  # fmt: skip
ORDER_FILE, ITEM_FILE, RECEIPT_FILE = (
    "全渠道订单明细_2025-03-01.csv", "品项销售明细_2025-03-01.xlsx", "收款明细_20250301.csv"
)  # fmt: skip
FILES = (
    SourceFile(
        ORDER_FILE, sheet_of("全渠道订单明细", ORDER_HEADER, ORDERS), header=2, totals=1,
        needed="退单标识", amount="订单收入", encoding="gb18030",
    ),
    SourceFile(
        ITEM_FILE, sheet_of("品项销售明细", ITEM_HEADER, ITEMS), header=2, totals=1,
        needed="销售数量", amount="销售金额(元)",
    ),
    SourceFile(
        RECEIPT_FILE, sheet_of("收款明细", RECEIPT_HEADER, RECEIPTS), header=2, totals=1,
        needed="支付状态", amount="收款金额", encoding="gb18030",
    ),
)  # fmt: skip
RECORDS = {
    "orders": """
order_id,store_id,business_date,closed_at,channel,platform,status,daypart,covers,customer_ref,gross_amount,discount_amount,service_charge_amount,packaging_fee_amount,total_amount,revision
DT1001,S1,2025-03-01,2025-03-01 12:31:05,dine_in,,paid,lunch,2,0088001,68.00,14.00,4.00,,58.00,20250301123105
WM2001,S1,2025-03-01,2025-03-01 18:20:00,delivery_platform,meituan_waimai,paid,,,,45.00,5.00,,2.00,42.00,20250301182000
DT1002,S1,2025-03-01,2025-03-02 05:10:00,dine_in,,paid,,,,30.00,0.00,,,30.00,20250302051000
DT1002,S1,2025-03-01,2025-03-02 05:40:00,dine_in,,paid,,,,26.00,0.00,,,26.00,20250302054000
DT1003,S1,2025-03-01,2025-03-01 15:04:00,dine_in,,cancelled,,,,15.00,0.00,,,0.00,0
""",
    "adjustments": """
adjustment_id,order_id,adjustment_type,funded_by,amount,adjusted_at
WM2001:takeaway_refund,WM2001,refund,merchant,3.00,2025-03-01 18:20:00
TD3001:refund,DT0990,refund,merchant,20.00,2025-03-01 13:00:00
TD3002:refund,DT1001,refund,merchant,10.00,2025-03-01 14:00:00
""",
    "order_identifiers": """
order_id,identifier_type,identifier_value
DT1001,phone,13800000001
DT1002,phone,13800000002
DT1002,phone,13800000002
""",
    "customers": """
customer_ref,customer_kind,display_name,phone,revision
0088001,consumer,林一,13800000001,20250301140000
""",
    "order_lines": """
order_id,line_no,parent_line_no,item_id,item_name,quantity,gross_amount,discount_amount,is_gift,void_stage,revision
DT1001,1,,C01,小菜,1,8.00,0.00,true,,20250301123105
DT1001,2,,N01,牛肉面,2,60.00,6.00,false,,20250301123105
DT1001,3,,D01,酸梅汤,1,12.00,0.00,false,after_preparation,20250301123105
WM2001,1,,S01,面饮套餐,1,45.00,5.00,false,,0
WM2001,2,1,N01,牛肉面,1,0.00,0.00,false,,0
WM2001,3,1,D02,豆浆,1,0.00,0.00,false,,0
DT1002,1,,R01,炒饭,1,30.00,0.00,false,,20250302051000
DT1002,1,,R01,炒饭,1,26.00,0.00,false,,20250302054000
DT1003,1,,T01,红茶,1,15.00,0.00,false,,0
""",
    "items": """
item_id,item_name,category,revenue_kind
N01,牛肉面,面食,sale
C01,小菜,凉菜,sale
D01,酸梅汤,饮品,sale
S01,面饮套餐,套餐,sale
D02,豆浆,饮品,sale
R01,炒饭,主食,sale
T01,红茶,饮品,sale
""",
    "payments": """
payment_id,order_id,tender,amount,fee_amount,paid_at
2025-03-01 12:30:50:微信支付:1,DT1001,wallet,38.00,0.23,2025-03-01 12:30:50
2025-03-01 12:30:55:会员储值:1,DT1001,stored_value,20.00,0.00,2025-03-01 12:30:55
2025-03-01 17:45:00:美团外卖:1,WM2001,platform,42.00,,2025-03-01 17:45:00
2025-03-02 05:10:00:现金:1,DT1002,cash,30.00,0.00,2025-03-02 05:10:00
2025-03-02 05:38:00:现金:1,DT1002,cash,-30.00,,2025-03-02 05:38:00
2025-03-02 05:40:00:支付宝:1,DT1002,wallet,26.00,0.16,2025-03-02 05:40:00
2025-03-01 16:00:00:现金:1,top_up:CZ9001,cash,500.00,0.00,2025-03-01 16:00:00
2025-03-01 13:00:00:现金:1,TD3001,cash,-20.00,,2025-03-01 13:00:00
2025-03-01 14:00:00:微信支付:1,TD3002,wallet,-10.00,,2025-03-01 14:00:00
""",
}
STORY = SourceStory(
    name="meituan_pos",
    source=SourcePolicy(
        name="till", layout="meituan_pos", folder="meituan", time_zone="Asia/Shanghai",
        currency_code="CNY", country="CN", stores=(STORE,), store_map={SHOP: STORE},
    ),
    stores=(
        StorePolicy(
            store_id=STORE, store_name="Riverside", time_zone="Asia/Shanghai", currency_code="CNY",
            country="CN",
        ),
    ),
    first=DAY,
    last=DAY,
    files=FILES,
    records=RECORDS,
    counts={
        ORDER_FILE: RowCounts(read=8, loaded=7, summary=1),
        ITEM_FILE: RowCounts(read=11, loaded=9, summary=1, out_of_scope=1),
        RECEIPT_FILE: RowCounts(read=11, loaded=9, summary=1, out_of_scope=1),
    },
    cents={
        "orders.total_amount": "156.00",
        "orders.discount_amount": "19.00",
        "adjustments.amount": "33.00",
        "order_lines.gross_amount": "196.00",
        "order_lines.discount_amount": "11.00",
        "payments.amount": "596.00",
        "payments.fee_amount": "0.39",
    },
    howto="meituan_pos.md",
    broken=tuple(file.name for file in FILES),
    answers={
        "another_source": "refused: header_not_found",
        # Its total row says that there is a row too many.
        "duplicate_row": "refused: control_total_differs",
        f"{ORDER_FILE}: bad_amount": "quarantined: amount_not_exact",
        # An order is read whole or not at all.
        "bad_amount": "quarantined: amount_not_exact, part_of_bad_order",
    },
)  # fmt: skip
STORIES = (STORY,)
