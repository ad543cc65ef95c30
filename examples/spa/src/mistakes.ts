// What can go wrong: a call for each route that is broken on purpose (emulator.yaml). The last part of its path is the name of
// the finding.

import type { Api } from "./apis";
import type { Call } from "./attempt";

export interface Mistake {
  readonly name: string;
  readonly says: string;
  readonly call: Call;
}

export interface Chapter {
  readonly title: string;
  readonly mistakes: readonly Mistake[];
}

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const WITH_COOKIES: RequestInit = { credentials: "include" };

export const chapters: readonly Chapter[] = [
  {
    title: "The gateway's configuration",
    mistakes: [
      http("method-not-allowed", "cors.allowMethods lacks PUT.", { method: "PUT" }),
      http("header-not-allowed", "cors.allowHeaders lacks a header that the page sends.", { method: "POST", headers: { "X-Request-Id": "1" } }),
      http("method-case", "The page calls with patch: only PATCH is allowed.", { method: "patch" }),
      http("preflight-reached-function", "An ANY route takes the preflight from the gateway.", { method: "PUT" }),
      of("broken-origin", "origin-not-allowed", "The policy names this machine's page, and not production's."),
      rest("missing-options-route", "A REST API without an OPTIONS method.", { method: "PUT" }),
      rest("preflight-requires-authorization", "The route asks for an API key, which no preflight carries.", { method: "PUT", headers: { "X-Api-Key": "1" } }),
      rest("mapping-failed", "A MOCK answers OPTIONS, and its template makes no status.", { method: "PUT" }),
      rest("unknown-route", "There is a route for POST, and the page calls with GET."),
      rest("url-outside-stage", "A framework redirects to a path without the stage."),
      mistake("bad-request", "An error of the gateway's own, on an API without cors.", { api: "broken-bare", path: "/bad-request/100%" }),
      of("broken-one-string", "header-list-as-one-string", "Two header names stand in one entry of allowHeaders.", { method: "POST", headers: { "X-Request-Id": "1" } }),
      of("broken-two-policies", "gateway-and-function-disagree", "The function lets the page in; the function URL's cors does not."),
    ],
  },
  {
    title: "The answer to the preflight",
    mistakes: [
      rest("preflight-status", "OPTIONS asks for a login, which no preflight carries.", { method: "PUT" }),
      rest("preflight-redirected", "OPTIONS is redirected to the URL with a slash.", { method: "PUT" }),
      rest("preflight-without-cors", "OPTIONS is answered without CORS headers.", { method: "PUT" }),
      rest("invalid-allow-methods", "Methods without a comma between them.", { method: "PUT" }),
      rest("invalid-allow-headers", "Header names without a comma between them.", { method: "PUT", headers: { "X-Request-Id": "1" } }),
      rest("authorization-covered-by-wildcard", "* stands for every header but Authorization.", { method: "PUT", headers: { Authorization: "Bearer 1" } }),
      rest("max-age-capped", "To be kept for a month: no browser does.", { method: "PUT" }),
      rest("preflight-not-cached", "Kept for no time: each call makes two round trips.", { method: "PUT" }),
    ],
  },
  {
    title: "The headers of the answer",
    mistakes: [
      rest("missing-cors-headers", "A REST API adds none to what the function returns."),
      rest("error-response-without-cors", "The error has no CORS headers: the page never learns what is wrong."),
      rest("multiple-allow-origin-values", "A list of origins, where one has to stand."),
      rest("invalid-allow-origin", "The origin stands in quotes."),
      of("broken-twice", "duplicate-cors-headers", "Function and function URL both add the header."),
      rest("vary-origin-missing", "The cache may give it to whom it is not for.", { cache: "no-store" }),
      http("header-not-exposed", "X-Total came, and the page cannot read it."),
      http("function-cors-ignored", "The gateway drops the function's own CORS headers."),
      rest("redirect-to-other-origin", "A redirect to another origin, where the page is null."),
    ],
  },
  {
    title: "Credentials and cookies",
    mistakes: [
      session("wildcard-with-credentials", "* is not enough for a call with cookies."),
      session("credentials-not-allowed", "True, where only true counts."),
      session("cookie-refused", "SameSite=None without Secure."),
      session("cookie-not-sent", "The cookie is for a path that this API does not have."),
      session("same-site-by-accident", "Works because all ports of localhost are one site."),
      http("cookie-not-stored", "The page calls without credentials, and so the cookie is ignored.", { credentials: "omit" }),
    ],
  },
  {
    title: "Bodies",
    mistakes: [
      rest("base64-not-decoded", "A picture arrives as base64 text."),
      rest("binary-body-as-text", "An upload loses bytes: it was taken for text.", { method: "POST", body: JPEG }),
      rest("content-encoding-broken", "It says gzip, and is none."),
      http("content-type-defaulted", "JSON without a Content-Type arrives as text/plain."),
      http("request-body-is-base64", "The form reaches the function in base64.", { method: "POST", headers: FORM, body: "name=Ann" }),
    ],
  },
  {
    title: "Functions that fail",
    mistakes: [
      http("function-error", "It raises."),
      http("function-timeout", "It takes longer than the route waits."),
      http("malformed-function-response", "A status that is no number."),
      http("event-format-mismatch", "It reads an event of another format."),
      http("header-name-case", "It reads Origin, and the event has origin."),
      http("response-field-ignored", "multiValueHeaders, which format 2.0 does not have."),
      twice("throttled", "Two calls at a time, one environment."),
      twice("waited-for-environment", "Here the second waits, as none does on Lambda."),
    ],
  },
];

function mistake(name: string, says: string, call: Call): Mistake {
  return { name, says, call };
}

function of(api: Api, name: string, says: string, init: RequestInit = {}): Mistake {
  return mistake(name, says, { api, path: `/${name}`, init });
}

function http(name: string, says: string, init?: RequestInit): Mistake {
  return of("broken-http", name, says, init);
}

function rest(name: string, says: string, init?: RequestInit): Mistake {
  return of("broken-rest", name, says, init);
}

function session(name: string, says: string): Mistake {
  return of("broken-session", name, says, WITH_COOKIES);
}

/** Two at a time: without `no-store` the second would wait for what the first puts into the cache. */
function twice(name: string, says: string): Mistake {
  return mistake(name, says, { api: "broken-http", path: `/${name}`, init: { cache: "no-store" }, times: 2 });
}
