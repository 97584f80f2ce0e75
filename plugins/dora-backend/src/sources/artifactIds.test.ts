import { artifactOf } from './artifactIds';

describe('artifactOf', () => {
  it.each([
    [undefined, {}],
    [
      '0B31B1C02FF458AD',
      { revision: '0b31b1c02ff458ad', commit: '0b31b1c02ff458ad' },
    ],
    ['six-1.14.0.whl', { revision: 'six-1.14.0.whl' }],
    ['pkg:npm/checkout@1.8.0', { revision: '1.8.0', version: '1.8.0' }],
    [
      'pkg:golang/example.com/checkout@4F2C9E14',
      { revision: '4f2c9e14', commit: '4f2c9e14' },
    ],
    [
      'pkg:oci/checkout@sha256%3Aabc?repository_url=ghcr.io&tag=1.8.0&vcs_url=git%2Bhttps://git.example.com/shop.git%404f2c9e14b0c6',
      { revision: '4f2c9e14b0c6', version: '1.8.0', commit: '4f2c9e14b0c6' },
    ],
    [
      'pkg:oci/checkout@%E0%A4%A',
      { revision: '%E0%A4%A', version: '%E0%A4%A' },
    ],
    ['pkg:oci/checkout', {}],
    ['pkg:', {}],
  ])('reads %s', (artifactId, expected) => {
    expect(artifactOf(artifactId)).toEqual(expected);
  });
});
