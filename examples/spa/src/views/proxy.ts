// How a development server's proxy hides CORS, and how to tell. Asks the page's own server, nobody else.

import { apis } from "../apis";
import { element } from "../element";

export function proxyView(): Node[] {
  const rows = Object.entries(apis).filter(([, url]) => url);
  return [
    element("p", {}, "With server.proxy in vite.config.ts the page calls its own origin, and Vite passes the call on. For the browser nothing is of another origin: it sends no preflight and checks no header. Whatever is wrong with the API's CORS shows on the day the page is deployed, where there is no proxy."),
    element("p", {}, "This page has no proxy. Its calls go where they will go in production, to an origin of the API's own:"),
    element("ul", { class: "origins", "aria-label": "Where the APIs are" }, ...rows.map(([name, url]) => row(name, url))),
    element("h2", {}, "How to tell"),
    element(
      "ul",
      {},
      element("li", {}, "The network panel of the browser shows the call at the page's own address, and no OPTIONS before it."),
      element("li", {}, "The request has Sec-Fetch-Site: same-origin, and a GET has no Origin header."),
      element("li", {}, "The address in the code begins with /api instead of https://."),
      element("li", {}, "emulate serve notes cors-hidden-by-proxy, and says what the page would meet without the proxy."),
    ),
    element("h2", {}, "What to do instead"),
    element("p", {}, "Call the API by its address, from an environment file. And let emulator.yaml say that this machine stands in for production, so that the policy needs no entry for localhost:"),
    element("pre", { tabindex: "0", "aria-label": "frontends in emulator.yaml" }, "frontends:\n  - origin: https://shop.example.com\n    dev: http://localhost:5173"),
  ];
}

function row(name: string, url: string): HTMLLIElement {
  const isOther = new URL(url, location.href).origin !== location.origin;
  return element("li", {}, element("strong", {}, name), " ", element("code", {}, url), isOther ? " of another origin: CORS applies" : " the page's own origin: no CORS applies");
}
