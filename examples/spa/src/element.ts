// The page's elements, made by one function.

export type Attributes = Readonly<Record<string, string>>;

/** Make an element with its attributes and children; a string is text, never HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** Make a button that does `press`. */
export function button(label: string, press: () => unknown, attributes: Attributes = {}): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", () => void press());
  return made;
}

/** Make a field with its label, in a line of its own. */
export function labelled(label: string, field: HTMLInputElement): HTMLElement {
  return element("p", { class: "field" }, element("label", { for: field.id }, label), field);
}

/** Say something to whoever cannot see it. */
export function announce(text: string): void {
  const region = document.getElementById("announcement");
  if (region) region.textContent = text;
}
