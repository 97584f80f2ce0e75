/** What each carrier charges, in cents, by the heaviest parcel of a step, in grams. */
export const CARRIERS = {
  nordpost: {
    days: { min: 1, max: 3 },
    zones: { DE: 'home', AT: 'near', NL: 'near', SE: 'far' },
    steps: {
      home: [
        [2_000, 490],
        [10_000, 690],
        [30_000, 1490],
      ],
      near: [
        [2_000, 890],
        [10_000, 1290],
        [30_000, 2490],
      ],
      far: [
        [2_000, 1190],
        [10_000, 1890],
        [30_000, 3290],
      ],
    },
  },
  velox: {
    days: { min: 1, max: 1 },
    zones: { DE: 'home' },
    steps: {
      home: [
        [5_000, 1290],
        [20_000, 2190],
      ],
    },
  },
};

/** The delivery options for a parcel, cheapest first. */
export function options({ country, weightGrams }) {
  return Object.entries(CARRIERS)
    .flatMap(([carrier, { zones, steps, days }]) => {
      const step = steps[zones[country]]?.find(([max]) => weightGrams <= max);
      return step
        ? [
            {
              id: `${country.toLowerCase()}-${carrier}`,
              carrier,
              price: { amount: step[1], currency: 'EUR' },
              days,
            },
          ]
        : [];
    })
    .sort((a, b) => a.price.amount - b.price.amount);
}
