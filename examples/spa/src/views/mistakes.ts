// What can go wrong: a button for each, what JavaScript gets of it, and what the emulator says.

import { address, attempt, method } from "../attempt";
import { button, element } from "../element";
import { chapters, type Chapter, type Mistake } from "../mistakes";
import { Result } from "../result";

export function mistakesView(): Node[] {
  const presses: (() => Promise<void>)[] = [];
  const parts = chapters.map((chapter) => part(chapter, presses));
  const all = button("Make all the calls", async () => {
    all.disabled = true;
    for (const press of presses) await press();
    all.disabled = false;
  });
  return [
    element("p", {}, "Each call has one mistake. To the page most of them look alike; beside it stands what the emulator says. Not every one is blocked: then that is the mistake."),
    element("p", {}, all),
    ...parts,
  ];
}

function part({ title, mistakes }: Chapter, presses: (() => Promise<void>)[]): HTMLElement {
  return element("section", { class: "chapter", "aria-label": title }, element("h2", {}, title), ...mistakes.map((one) => row(one, presses)));
}

function row({ name, says, call }: Mistake, presses: (() => Promise<void>)[]): HTMLElement {
  const result = new Result(name);
  const press = async (): Promise<void> => {
    await result.show(call, () => attempt(call));
  };
  presses.push(press);
  return element(
    "article",
    { id: name, "aria-labelledby": `title-${name}` },
    element("div", { class: "what" }, element("h3", { id: `title-${name}` }, name), element("p", {}, says), element("p", {}, element("code", {}, `${method(call)} ${address(call)}`))),
    button("Call", press, { "aria-label": `Call ${name}` }),
    result.element,
  );
}
