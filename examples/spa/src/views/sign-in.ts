// Two ways to say who one is: a cookie, which the browser keeps and sends, and a token, which this page does.

import { attempt, type Call } from "../attempt";
import { button, element } from "../element";
import { Result } from "../result";

const WITH_COOKIES: RequestInit = { credentials: "include" };
const LOG_IN: Call = { api: "shop", path: "/login", init: { method: "POST", ...WITH_COOKIES } };
const LOG_OUT: Call = { api: "shop", path: "/logout", init: { method: "POST", ...WITH_COOKIES } };
const ME: Call = { api: "shop", path: "/me", init: WITH_COOKIES };
const TOKEN: Call = {
  api: "orders",
  path: "/token",
  init: { method: "POST", credentials: "omit", headers: { "content-type": "application/json" }, body: JSON.stringify({ name: "Ann" }) },
};

export function signInView(): Node[] {
  return [...byCookie(), ...byToken()];
}

function byCookie(): Node[] {
  const result = new Result("By a cookie");
  const press = (call: Call) => () => result.show(call, () => attempt(call));
  return [
    element("h2", {}, "By a cookie"),
    element("p", {}, "Each call has credentials: “include”. The API has to name this page's origin, * is not enough, and to allow credentials."),
    element("p", { class: "buttons" }, button("Sign in", press(LOG_IN)), button("Who am I?", press(ME)), button("Sign out", press(LOG_OUT))),
    result.element,
  ];
}

function byToken(): Node[] {
  const result = new Result("By a token");
  let token = "";
  async function get(): Promise<void> {
    const outcome = await result.show(TOKEN, () => attempt(TOKEN));
    if (outcome.kind === "status" && outcome.status === 200) token = (JSON.parse(outcome.body) as { token: string }).token;
  }
  async function orders(): Promise<void> {
    const call: Call = { api: "orders", path: "/orders", init: { credentials: "omit", headers: { authorization: `Bearer ${token}` } } };
    await result.show(call, () => attempt(call));
  }
  return [
    element("h2", {}, "By a token"),
    element("p", {}, "The page sends it in Authorization, so the browser asks first, and the answer to OPTIONS has to name that header."),
    element("p", { class: "buttons" }, button("Get a token", get), button("My orders", orders)),
    result.element,
  ];
}
