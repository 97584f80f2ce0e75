"""Stock and its reservations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

RESERVATION_TIME = timedelta(minutes=15)


@dataclass(frozen=True)
class Reservation:
    """Items that are held for one order."""

    id: UUID
    order_id: str
    items: dict[str, int]
    expires_at: datetime


class OutOfStock(Exception):
    """Some items are short; ``short`` maps their SKU to what is available."""

    def __init__(self, short: dict[str, int]):
        super().__init__(f"out of stock: {', '.join(sorted(short))}")
        self.short = short


class Stock:
    """What is on hand, and what is held for orders."""

    def __init__(self, on_hand: dict[str, int]):
        self._on_hand = dict(on_hand)
        self._reservations: dict[str, Reservation] = {}

    def available(self, sku: str, now: datetime) -> int:
        held = sum(
            reservation.items.get(sku, 0)
            for reservation in self._open(now)
        )
        return max(0, self._on_hand.get(sku, 0) - held)

    def reserve(self, order_id: str, items: dict[str, int], now: datetime) -> Reservation:
        """Reserves all items or none. The same order gets the same reservation."""
        known = self._reservations.get(order_id)
        if known and known.expires_at > now:
            return known
        short = {
            sku: self.available(sku, now)
            for sku, quantity in items.items()
            if self.available(sku, now) < quantity
        }
        if short:
            raise OutOfStock(short)
        reservation = Reservation(uuid4(), order_id, dict(items), now + RESERVATION_TIME)
        self._reservations[order_id] = reservation
        return reservation

    def release(self, order_id: str) -> None:
        self._reservations.pop(order_id, None)

    def _open(self, now: datetime) -> Iterable[Reservation]:
        return (r for r in self._reservations.values() if r.expires_at > now)
