// The items: a plain GET, and a POST of JSON, which the browser asks the gateway about first.

import { attempt, type Call, type Outcome } from "../attempt";
import { button, element, labelled } from "../element";
import { Result } from "../result";

interface Item {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}

const LIST: Call = { api: "shop", path: "/items" };

export function shopView(): Node[] {
  const list = element("ul", { class: "items", "aria-label": "Items" });
  const total = element("p", { id: "total" });
  const listed = new Result("List the items");
  const added = new Result("Add an item");
  const name = element("input", { id: "item-name", required: "", autocomplete: "off" });
  const price = element("input", { id: "item-price", type: "number", min: "0", step: "0.01", required: "" });

  async function load(): Promise<void> {
    const outcome = await listed.show(LIST, () => attempt(LIST));
    const items = read<Item[]>(outcome) ?? [];
    list.replaceChildren(...items.map(row));
    total.textContent = outcome.kind === "status" ? `X-Total: ${outcome.headers["x-total"] ?? "not readable"}` : "";
  }
  async function add(): Promise<void> {
    const body = JSON.stringify({ name: name.value, price: Math.round(price.valueAsNumber * 100) });
    const call: Call = { api: "shop", path: "/items", init: { method: "POST", headers: { "content-type": "application/json" }, body } };
    const item = read<Item>(await added.show(call, () => attempt(call)));
    if (item) list.append(row(item));
  }

  const form = element("form", {}, labelled("Name", name), labelled("Price in euros", price), element("p", {}, element("button", {}, "Add the item")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  return [
    element("p", {}, button("List the items", load)),
    list,
    total,
    listed.element,
    element("h2", {}, "Add one"),
    form,
    added.element,
  ];
}

function row({ name, price }: Item): HTMLLIElement {
  const euros = (price / 100).toLocaleString("en", { style: "currency", currency: "EUR" });
  return element("li", {}, element("span", {}, name), element("span", {}, euros));
}

function read<T>(outcome: Outcome): T | undefined {
  return outcome.kind === "status" && outcome.status < 400 ? (JSON.parse(outcome.body) as T) : undefined;
}
