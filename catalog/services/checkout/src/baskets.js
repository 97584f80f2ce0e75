import { randomUUID } from 'node:crypto';

const MAX_QUANTITY = 99;

/** Keeps baskets in memory until they expire. Amounts are in minor units. */
export class Baskets {
  #baskets = new Map();
  #ttl;
  #now;

  constructor({ ttlMinutes = 120, now = Date.now } = {}) {
    this.#ttl = ttlMinutes * 60_000;
    this.#now = now;
  }

  create(currency) {
    const basket = { id: randomUUID(), currency, items: new Map() };
    this.#baskets.set(basket.id, basket);
    return this.#touch(basket);
  }

  get(id) {
    const basket = this.#baskets.get(id);
    if (!basket || basket.expiresAt <= this.#now()) {
      this.#baskets.delete(id);
      return undefined;
    }
    return view(basket);
  }

  setItem(id, { sku, quantity, unitPrice }) {
    const basket = this.#baskets.get(id);
    if (!basket || basket.expiresAt <= this.#now()) {
      return undefined;
    }
    if (
      !Number.isInteger(quantity) ||
      quantity < 0 ||
      quantity > MAX_QUANTITY
    ) {
      throw new RangeError(`quantity must be between 0 and ${MAX_QUANTITY}`);
    }
    if (quantity === 0) {
      basket.items.delete(sku);
    } else {
      basket.items.set(sku, { sku, quantity, unitPrice });
    }
    return this.#touch(basket);
  }

  #touch(basket) {
    basket.expiresAt = this.#now() + this.#ttl;
    return view(basket);
  }
}

function view({ id, currency, items, expiresAt }) {
  const list = [...items.values()];
  const amount = list.reduce((sum, i) => sum + i.quantity * i.unitPrice, 0);
  return {
    id,
    items: list.map(i => ({
      ...i,
      unitPrice: { amount: i.unitPrice, currency },
    })),
    total: { amount, currency },
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
