import unittest
from datetime import datetime, timedelta, timezone

from product_catalog.stock import OutOfStock, Stock

NOON = datetime(2026, 9, 1, 12, tzinfo=timezone.utc)


class StockTest(unittest.TestCase):
    def test_reserves_all_or_nothing(self):
        stock = Stock({"TNT": 1, "STV": 5})
        with self.assertRaises(OutOfStock) as raised:
            stock.reserve("order-1", {"TNT": 2, "STV": 1}, NOON)
        self.assertEqual(raised.exception.short, {"TNT": 1})
        self.assertEqual(stock.available("STV", NOON), 5)

    def test_gives_the_same_order_the_same_reservation(self):
        stock = Stock({"TNT": 1})
        first = stock.reserve("order-1", {"TNT": 1}, NOON)
        self.assertEqual(stock.reserve("order-1", {"TNT": 1}, NOON), first)

    def test_forgets_a_reservation_after_fifteen_minutes(self):
        stock = Stock({"TNT": 1})
        stock.reserve("order-1", {"TNT": 1}, NOON)
        self.assertEqual(stock.available("TNT", NOON), 0)
        self.assertEqual(stock.available("TNT", NOON + timedelta(minutes=15)), 1)


if __name__ == "__main__":
    unittest.main()
