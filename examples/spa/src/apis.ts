// Where the APIs are. Vite puts the addresses of .env.development or .env.production in (README.md), so that no call
// needs to know which of the two it runs with.

const env = import.meta.env;

export const apis = {
  shop: url(env.VITE_SHOP_URL),
  orders: url(env.VITE_ORDERS_URL),
  pictures: url(env.VITE_PICTURES_URL),
  "broken-http": url(env.VITE_BROKEN_HTTP_URL),
  "broken-rest": url(env.VITE_BROKEN_REST_URL),
  "broken-session": url(env.VITE_BROKEN_SESSION_URL),
  "broken-origin": url(env.VITE_BROKEN_ORIGIN_URL),
  "broken-bare": url(env.VITE_BROKEN_BARE_URL),
  "broken-twice": url(env.VITE_BROKEN_TWICE_URL),
  "broken-one-string": url(env.VITE_BROKEN_ONE_STRING_URL),
  "broken-two-policies": url(env.VITE_BROKEN_TWO_POLICIES_URL),
};

export type Api = keyof typeof apis;

/** The emulator's control port; empty where there is no emulator. */
export const control = url(env.VITE_CONTROL_URL);

/** Whether the APIs that are broken on purpose are served. */
export const hasBroken = apis["broken-http"] !== "";

function url(text: string | undefined): string {
  return (text ?? "").replace(/\/+$/, "");
}
