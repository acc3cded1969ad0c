"""美团外卖, a month of one shop: four orders, a refund, two charges, money drawn.

Worked by hand. Only 外卖订单 settles an order: 20.50 + 42.00 + 16.90 - 1.00 = 78.40, while the column
as a whole adds up to 5.40. Of 7003 its own columns explain 17.00: 0.10 is a difference.
"""

from collections.abc import Mapping
from datetime import date

from acceptance.stories import SourceFile, SourceStory
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

SHOP, STORE = "示例小馆(河畔店)", "S1"
HEADER = [
    "门店id",
    "门店名称",
    "账单日期",
    "交易类型",
    "交易描述",
    "支付方式",
    "订单序号",
    "订单号",
    "下单时间",
    "完成时间",
    "退款时间",
    "订单状态",
    "配送方式",
    "配送状态",
    "结算状态",
    "归属账期",
    "商家应收款",
    "商品总价",
    "商家活动支出",
    "美团活动补贴",
    "平台服务费",
    "用户支付配送费",
    "用户线上支付金额",
    "用户线下支付金额",
    "费率",
    "保底",
    "分成折扣",
]
POS_ORDER = "7200000000000000101"


def event(day: str, kind: str, number: str, paid: str, **more: str) -> dict[str, str]:
    """A row of the settlement: what the shop gets for an event."""
    return {
        "门店id": "900417", "门店名称": SHOP, "账单日期": day, "交易类型": kind, "订单号": number or "-",
        "归属账期": "2025-03-01~2025-03-31", "商家应收款": paid, "配送方式": "美团专送", "结算状态": "已结算",
        **more,
    }  # fmt: skip


EVENTS: list[Mapping[str, str]] = [
    event(
        "2025-03-02", "外卖订单", POS_ORDER, "20.50", 商品总价="30.00", 商家活动支出="-5.00",
        美团活动补贴="2.00", 平台服务费="-4.50", 用户支付配送费="3.00", 用户线上支付金额="26.00", 费率="15%",
    ),
    event(
        "2025-03-05", "外卖订单", "7002", "42.00", 商品总价="40.00", 平台服务费="-2.00",
        用户支付配送费="4.00", 配送方式="商家自配送",
    ),
    event("2025-03-05", "外卖订单", "7003", "16.90", 商品总价="20.00", 平台服务费="-3.00", 保底="3.00"),
    event(
        "2025-03-06", "外卖订单", "7004", "-1.00", 商品总价="15.00", 平台服务费="-1.00",
        用户线下支付金额="15.00",
    ),
    event("2025-03-07", "外卖订单退款", "7002", "-9.50", 商品总价="-10.00", 平台服务费="0.50"),
    event("2025-03-08", "推广费", "", "-12.00"),
    event("2025-03-08", "骑手意外保险", "", "-1.50"),
    event("2025-03-31", "余额提现", "", "-50.00"),
]  # fmt: skip
TOTAL = {"门店id": "合计", "商家应收款": "5.40", "商品总价": "95.00"}
FILE = "订单明细_2025-03.csv"
RECORDS = {
    "settlements": f"""
settlement_id,store_id,platform,order_id,fee_type,amount,payout_date,payout_id
2025-03-02:外卖订单:{POS_ORDER}:1:goods,S1,meituan_waimai,{POS_ORDER},sales,-28.00,2025-03-02,2025-03-01~2025-03-31
2025-03-02:外卖订单:{POS_ORDER}:1:merchant_promo,S1,meituan_waimai,{POS_ORDER},merchant_promo,5.00,2025-03-02,2025-03-01~2025-03-31
2025-03-02:外卖订单:{POS_ORDER}:1:service_fee,S1,meituan_waimai,{POS_ORDER},commission,4.50,2025-03-02,2025-03-01~2025-03-31
2025-03-02:外卖订单:{POS_ORDER}:1:platform_promo,S1,meituan_waimai,{POS_ORDER},platform_promo,-2.00,2025-03-02,2025-03-01~2025-03-31
2025-03-02:外卖订单:{POS_ORDER}:1:payout,S1,meituan_waimai,{POS_ORDER},payout,-20.50,2025-03-02,2025-03-01~2025-03-31
2025-03-05:外卖订单:7002:1:goods,S1,meituan_waimai,7002,sales,-40.00,2025-03-05,2025-03-01~2025-03-31
2025-03-05:外卖订单:7002:1:service_fee,S1,meituan_waimai,7002,commission,2.00,2025-03-05,2025-03-01~2025-03-31
2025-03-05:外卖订单:7002:1:delivery_fee,S1,meituan_waimai,7002,sales,-4.00,2025-03-05,2025-03-01~2025-03-31
2025-03-05:外卖订单:7002:1:payout,S1,meituan_waimai,7002,payout,-42.00,2025-03-05,2025-03-01~2025-03-31
2025-03-05:外卖订单:7003:1:goods,S1,meituan_waimai,7003,sales,-20.00,2025-03-05,2025-03-01~2025-03-31
2025-03-05:外卖订单:7003:1:service_fee,S1,meituan_waimai,7003,commission,3.00,2025-03-05,2025-03-01~2025-03-31
2025-03-05:外卖订单:7003:1:recon_delta,S1,meituan_waimai,7003,recon_delta,0.10,2025-03-05,2025-03-01~2025-03-31
2025-03-05:外卖订单:7003:1:payout,S1,meituan_waimai,7003,payout,-16.90,2025-03-05,2025-03-01~2025-03-31
2025-03-06:外卖订单:7004:1:service_fee,S1,meituan_waimai,7004,commission,1.00,2025-03-06,2025-03-01~2025-03-31
2025-03-06:外卖订单:7004:1:payout,S1,meituan_waimai,7004,payout,1.00,2025-03-06,2025-03-01~2025-03-31
2025-03-07:外卖订单退款:7002:1:goods,S1,meituan_waimai,7002,refund,10.00,2025-03-07,2025-03-01~2025-03-31
2025-03-07:外卖订单退款:7002:1:service_fee,S1,meituan_waimai,7002,commission,-0.50,2025-03-07,2025-03-01~2025-03-31
2025-03-07:外卖订单退款:7002:1:payout,S1,meituan_waimai,7002,payout,9.50,2025-03-07,2025-03-01~2025-03-31
2025-03-08:推广费:1:whole,S1,meituan_waimai,,ads,12.00,2025-03-08,2025-03-01~2025-03-31
2025-03-08:推广费:1:payout,S1,meituan_waimai,,payout,12.00,2025-03-08,2025-03-01~2025-03-31
2025-03-08:骑手意外保险:1:whole,S1,meituan_waimai,,insurance,1.50,2025-03-08,2025-03-01~2025-03-31
2025-03-08:骑手意外保险:1:payout,S1,meituan_waimai,,payout,1.50,2025-03-08,2025-03-01~2025-03-31
""",
}
STORY = SourceStory(
    name="meituan_waimai",
    source=SourcePolicy(
        name="waimai", layout="meituan_waimai", folder="waimai", time_zone="Asia/Shanghai",
        currency_code="CNY", country="CN", stores=(STORE,), store_map={SHOP: STORE},
    ),
    stores=(
        StorePolicy(
            store_id=STORE, store_name="Riverside", time_zone="Asia/Shanghai", currency_code="CNY",
            country="CN",
        ),
    ),
    first=date(2025, 3, 1),
    last=date(2025, 3, 31),
    files=(
        SourceFile(
            FILE,
            (tuple(HEADER), *(tuple(row.get(name, "") for name in HEADER) for row in (*EVENTS, TOTAL))),
            totals=1, needed="平台服务费", amount="商品总价", encoding="gb18030",
        ),
    ),
    records=RECORDS,
    counts={FILE: RowCounts(read=9, loaded=7, summary=1, out_of_scope=1)},
    # Each row says its payout twice, as a sum of lines and as a line: 55.40 in all.
    cents={"settlements.amount": "-110.80"},
    howto="meituan_waimai.md",
    answers={
        "another_source": "refused: header_not_found",
        "bad_amount": "quarantined: amount_not_exact",
        # Its total row says that there is a row too many.
        "duplicate_row": "refused: control_total_differs",
    },
)  # fmt: skip
STORIES = (STORY,)
