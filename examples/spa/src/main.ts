// The views, by the address's fragment.

import { control, hasBroken } from "./apis";
import { element } from "./element";
import { listen } from "./emulator";
import { mistakesView } from "./views/mistakes";
import { pictureView } from "./views/picture";
import { proxyView } from "./views/proxy";
import { shopView } from "./views/shop";
import { signInView } from "./views/sign-in";

interface View {
  readonly title: string;
  readonly make: () => readonly Node[];
}

const views: Readonly<Record<string, View>> = {
  "#/shop": { title: "Items", make: shopView },
  "#/sign-in": { title: "Sign in", make: signInView },
  "#/picture": { title: "Send a picture", make: pictureView },
  ...(hasBroken ? { "#/mistakes": { title: "What can go wrong", make: mistakesView } } : {}),
  "#/proxy": { title: "Is a proxy hiding it?", make: proxyView },
};

function show(main: HTMLElement, navigation: HTMLElement, byUser: boolean): void {
  const hash = location.hash in views ? location.hash : "#/shop";
  const view = views[hash] as View;
  main.replaceChildren(element("h1", {}, view.title), ...view.make());
  document.title = `${view.title}: the shop`;
  const links = Object.entries(views).map(([href, { title }]) =>
    element("li", {}, element("a", { href, ...(href === hash ? { "aria-current": "page" } : {}) }, title)),
  );
  navigation.replaceChildren(...links);
  if (byUser) {
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

function start(main: HTMLElement, navigation: HTMLElement, places: HTMLElement): void {
  const connection = element("span", { id: "connection" }, control ? "connecting" : "none beside this page");
  places.append(element("p", {}, "This page is at ", element("code", {}, location.origin), "."), element("p", {}, "The emulator: ", connection, "."));
  listen((isOpen) => {
    connection.textContent = isOpen ? `listening to ${control}` : `not reached at ${control}: does emulate serve run?`;
    connection.dataset.open = String(isOpen);
  });
  window.addEventListener("hashchange", () => {
    if (location.hash.startsWith("#/")) show(main, navigation, true);
  });
  show(main, navigation, false);
}

const [main, navigation, places] = ["view", "views", "places"].map((id) => document.getElementById(id));
if (main && navigation && places) start(main, navigation, places);
