import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { bearerToken, hasValidHmac, hasValidToken } from './signatures';

const sign = (rawBody: Buffer, secret: string) =>
  createHmac('sha256', secret).update(rawBody).digest('hex');

const bodies = fc
  .uint8Array({ maxLength: 200 })
  .map(bytes => Buffer.from(bytes));
const secretTexts = fc.string({ minLength: 1, maxLength: 40 });

describe('hasValidHmac', () => {
  it('takes the signature under any of the secrets', () => {
    fc.assert(
      fc.property(
        bodies,
        fc.array(secretTexts, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (rawBody, secrets, pick) => {
          const signature = sign(rawBody, secrets[pick % secrets.length]);
          expect(
            hasValidHmac({ rawBody, signatures: [signature], secrets }),
          ).toBe(true);
        },
      ),
    );
  });

  it('refuses a signature that is off by one byte, or for a body that is', () => {
    fc.assert(
      fc.property(
        bodies.filter(body => body.length > 0),
        secretTexts,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (rawBody, secret, position, change) => {
          const signature = Buffer.from(sign(rawBody, secret), 'hex');
          const wrongSignature = Buffer.from(signature);
          wrongSignature[position % signature.length] ^= change;
          const wrongBody = Buffer.from(rawBody);
          wrongBody[position % rawBody.length] ^= change;
          const verify = (body: Buffer, given: Buffer) =>
            hasValidHmac({
              rawBody: body,
              signatures: [given.toString('hex')],
              secrets: [secret],
            });
          expect(verify(rawBody, signature)).toBe(true);
          expect(verify(rawBody, wrongSignature)).toBe(false);
          expect(verify(wrongBody, signature)).toBe(false);
        },
      ),
    );
  });

  it('refuses what is no signature: empty, short, long, upper case, not hexadecimal', () => {
    const rawBody = Buffer.from('{}');
    const right = sign(rawBody, 's3cret');
    for (const signature of [
      '',
      right.slice(0, -1),
      right.slice(0, -2),
      `${right}00`,
      right.toUpperCase(),
      `${right.slice(0, -1)}g`,
      ` ${right}`,
      `${right}\n`,
      'undefined',
    ]) {
      expect(
        hasValidHmac({ rawBody, signatures: [signature], secrets: ['s3cret'] }),
      ).toBe(false);
    }
    expect(hasValidHmac({ rawBody, signatures: [], secrets: ['s3cret'] })).toBe(
      false,
    );
    expect(
      hasValidHmac({
        rawBody,
        signatures: [sign(rawBody, '')],
        secrets: [''],
      }),
    ).toBe(false);
  });
});

describe('hasValidToken', () => {
  it('takes exactly the secrets', () => {
    fc.assert(
      fc.property(secretTexts, secretTexts, (token, secret) => {
        expect(hasValidToken(token, [secret])).toBe(token === secret);
      }),
    );
    expect(hasValidToken('b', ['a', 'b'])).toBe(true);
    expect(hasValidToken('', [''])).toBe(false);
    expect(hasValidToken(undefined, ['a'])).toBe(false);
    expect(hasValidToken('a', [])).toBe(false);
  });
});

describe('bearerToken', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['Bearer a b', undefined],
    ['Bearer ', undefined],
    ['Basic abc', undefined],
    [undefined, undefined],
  ])('reads %s', (authorization, expected) => {
    expect(bearerToken({ authorization })).toBe(expected);
  });
});
