export const MAX_PARCEL_GRAMS = 30_000;

/** Packs items, largest first, each into the first parcel with room. Weights are in grams. */
export function planParcels(items, limit = MAX_PARCEL_GRAMS) {
  const parcels = [];
  const pieces = items
    .flatMap(({ sku, weightGrams, quantity }) =>
      Array.from({ length: quantity }, () => ({ sku, weightGrams })),
    )
    .sort((a, b) => b.weightGrams - a.weightGrams);

  for (const piece of pieces) {
    if (piece.weightGrams > limit) {
      throw new RangeError(
        `${piece.sku} weighs ${piece.weightGrams} g; a parcel holds ${limit} g`,
      );
    }
    const parcel = parcels.find(
      p => p.weightGrams + piece.weightGrams <= limit,
    );
    if (parcel) {
      parcel.skus.push(piece.sku);
      parcel.weightGrams += piece.weightGrams;
    } else {
      parcels.push({ skus: [piece.sku], weightGrams: piece.weightGrams });
    }
  }
  return parcels;
}
