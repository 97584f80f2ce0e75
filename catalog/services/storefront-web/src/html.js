const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes a value for HTML text and attributes. */
export function escape(value) {
  return String(value).replace(/[&<>"]/g, character => ESCAPES[character]);
}

/** A price in minor units, as customers read it. */
export function price({ amount, currency }, locale = 'en-IE') {
  const text = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
  }).format(amount / 100);
  return `<data value="${(amount / 100).toFixed(2)}">${escape(text)}</data>`;
}
