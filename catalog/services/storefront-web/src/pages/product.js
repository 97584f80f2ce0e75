import { escape, price } from '../html.js';

/** The page of one product. */
export function productPage(product) {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${escape(product.name)}</title>
  <link rel="stylesheet" href="/public/site.css">
</head>
<body>
  <main>
    <h1>${escape(product.name)}</h1>
    <p>${price(product.price)}</p>
    <form method="post" action="/basket">
      <input type="hidden" name="sku" value="${escape(product.sku)}">
      <button>Add to basket</button>
    </form>
  </main>
</body>
</html>
`;
}
