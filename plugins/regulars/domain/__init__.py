"""The words of the trade: records, money, days. Nothing here reads or writes anything."""
