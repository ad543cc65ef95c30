// What a page is told of the control port's events: no more than it shows, so no notes. Decides, and does no input or
// output.

const SHOWN = ["error", "warning"];

/** Make the news that an event is, null where it is none. `link` turns a text into parts, some of them places in files. */
export function newsOf(name, data, link) {
  switch (name) {
    case "exchange":
      return callOf(data, link);
    case "reload":
      return { kind: "reload", time: Date.parse(data.time) };
    case "note":
      return { kind: "saved", time: Date.parse(data.time) };
    case "problem":
      return data.is_configuration ? { kind: "configuration", time: Date.parse(data.time), parts: link(data.message) } : null;
    case "warning":
      return { kind: "warning", time: Date.parse(data.time), text: data.message, parts: link(data.message) };
    default:
      return null;
  }
}

function callOf(data, link) {
  const { request, verdict = null } = data;
  if (!request.is_from_browser || !request.origin) {
    return null; // curl's and emulate's own calls are no page's
  }
  const findings = data.findings.filter((finding) => SHOWN.includes(finding.severity));
  return {
    kind: "call",
    time: Date.parse(data.time),
    origin: request.dev_origin ?? request.origin,
    api: data.api,
    method: (request.is_preflight && request.access_control_request_method) || request.method,
    path: request.path,
    isPreflight: request.is_preflight,
    word: wordOf(data, verdict),
    findings: findings.map((finding) => foundOf(finding, verdict, link)),
  };
}

function wordOf({ status }, verdict) {
  if (verdict && verdict.outcome !== "allowed") {
    return verdict.outcome.toUpperCase();
  }
  return status >= 500 ? `FAILED ${status}` : "ERROR";
}

function foundOf({ name, severity, layer, message, evidence, fix }, verdict, link) {
  const isBrowsers = message === verdict?.message || /^Access to .* has been blocked by CORS policy: /s.test(message);
  const facts = isBrowsers ? evidence : [message, ...evidence];
  return {
    id: `${name}\n${layer}\n${fix}`,
    name,
    severity,
    layer,
    fix: fix ? link(fix) : null,
    since: facts.map(link),
    said: isBrowsers ? message : null,
    error: message === verdict?.message ? verdict.error : null,
  };
}
