import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { productPage } from '../src/pages/product.js';

const product = {
  sku: 'STV-GAS',
  name: 'Stove <gas>',
  price: { amount: 3450, currency: 'EUR' },
};

test('escapes what people typed', () => {
  assert.match(productPage(product), /<h1>Stove &lt;gas&gt;<\/h1>/);
});

test('writes prices that screen readers read as prices', () => {
  assert.match(productPage(product), /<data value="34.50">€34.50<\/data>/);
});

test('stays within the budget of 40 kB', () => {
  assert.ok(gzipSync(productPage(product)).length < 40_000);
});
