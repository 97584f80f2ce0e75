import assert from 'node:assert/strict';
import { test } from 'node:test';
import { options } from '../src/rates.js';

test('lists options from the cheapest', () => {
  const found = options({ country: 'DE', weightGrams: 1500 });
  assert.deepEqual(
    found.map(o => [o.carrier, o.price.amount]),
    [
      ['nordpost', 490],
      ['velox', 1290],
    ],
  );
});

test('leaves out a carrier above its limit', () => {
  const found = options({ country: 'DE', weightGrams: 20_001 });
  assert.deepEqual(
    found.map(o => o.carrier),
    ['nordpost'],
  );
});

test('has no option where we do not deliver', () => {
  assert.deepEqual(options({ country: 'US', weightGrams: 500 }), []);
});
