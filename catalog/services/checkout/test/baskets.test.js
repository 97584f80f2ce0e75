import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Baskets } from '../src/baskets.js';

test('adds up the items', () => {
  const baskets = new Baskets();
  const { id } = baskets.create('EUR');
  baskets.setItem(id, { sku: 'TNT-2P-GRN', quantity: 1, unitPrice: 18900 });
  const { total } = baskets.setItem(id, {
    sku: 'STV-GAS',
    quantity: 2,
    unitPrice: 3450,
  });
  assert.deepEqual(total, { amount: 25800, currency: 'EUR' });
});

test('removes an item with quantity 0', () => {
  const baskets = new Baskets();
  const { id } = baskets.create('EUR');
  baskets.setItem(id, { sku: 'STV-GAS', quantity: 1, unitPrice: 3450 });
  const basket = baskets.setItem(id, { sku: 'STV-GAS', quantity: 0 });
  assert.deepEqual(basket.items, []);
});

test('forgets a basket that expired', () => {
  let now = 0;
  const baskets = new Baskets({ ttlMinutes: 1, now: () => now });
  const { id } = baskets.create('EUR');
  now = 61_000;
  assert.equal(baskets.get(id), undefined);
});

test('refuses a quantity above 99', () => {
  const baskets = new Baskets();
  const { id } = baskets.create('EUR');
  assert.throws(
    () => baskets.setItem(id, { sku: 'A', quantity: 100, unitPrice: 1 }),
    RangeError,
  );
});
