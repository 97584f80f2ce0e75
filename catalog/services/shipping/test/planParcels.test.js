import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planParcels } from '../src/planParcels.js';

test('puts a small order into one parcel', () => {
  assert.deepEqual(
    planParcels([
      { sku: 'TNT', weightGrams: 2140, quantity: 1 },
      { sku: 'STV', weightGrams: 310, quantity: 1 },
    ]),
    [{ skus: ['TNT', 'STV'], weightGrams: 2450 }],
  );
});

test('opens a second parcel above the limit', () => {
  const parcels = planParcels([
    { sku: 'KYK', weightGrams: 24_000, quantity: 2 },
    { sku: 'PDL', weightGrams: 1200, quantity: 1 },
  ]);
  assert.deepEqual(
    parcels.map(p => p.weightGrams),
    [25_200, 24_000],
  );
});

test('refuses what fits into no parcel', () => {
  assert.throws(
    () => planParcels([{ sku: 'SAFE', weightGrams: 30_001, quantity: 1 }]),
    RangeError,
  );
});
