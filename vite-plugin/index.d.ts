import type { Plugin } from "vite";

export interface EmulateOptions {
  /**
   * Where the control port of `emulate serve` is, as its banner says.
   * Default: the environment variable EMULATE_CONTROL_URL, else http://127.0.0.1:4000.
   */
  control?: string;
  /**
   * The least that is shown. "error": what a browser blocks, and errors. "warning": these, and a small badge that counts
   * the warnings. Default: "error".
   */
  severity?: "error" | "warning";
}

/** Show in the page what `emulate serve` finds, while Vite serves it; absent from builds. */
export default function emulate(options?: EmulateOptions): Plugin;
