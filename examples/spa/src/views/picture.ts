// A picture, sent as it is to a function URL, and how much of it is sent.

import { upload, type Call } from "../attempt";
import { element, labelled } from "../element";
import { Result } from "../result";

const SEND: Call = { api: "pictures", path: "/picture", init: { method: "POST" } };

export function pictureView(): Node[] {
  const result = new Result("Send a picture");
  const file = element("input", { id: "picture", type: "file", accept: "image/*", required: "" });
  const progress = element("progress", { id: "sent", max: "1", value: "0" });
  const form = element(
    "form",
    {},
    labelled("Picture", file),
    element("p", { class: "field" }, element("label", { for: "sent" }, "Sent"), progress),
    element("p", {}, element("button", {}, "Send it")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [picture] = file.files ?? [];
    if (!picture) return;
    progress.value = 0;
    void result.show(SEND, () => upload(SEND, picture, (part) => (progress.value = part)));
  });
  return [
    element("p", {}, "The bytes go to a function URL as they are; the function gets them in base64. The page listens to the progress of the upload, and that alone makes the browser send a preflight."),
    form,
    result.element,
  ];
}
