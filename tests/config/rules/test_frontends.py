"""Frontends: an origin is what a browser sends, to the character."""

import pytest

from configured import rule_problems

APIS = "apis:\n  up: {type: function-url, function: items}\nfunctions:\n  items: {handler: items.handler}\n"


def frontends(*declarations):
    return APIS + "frontends:\n" + "".join(f"  - {{{declaration}}}\n" for declaration in declarations)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            frontends(
                "origin: https://shop.example.com",
                "origin: 'http://[::1]:3000'",
                "origin: capacitor://localhost",
                "origin: ionic://localhost",
                "origin: 'file://'",
                "origin: 'null'",
                "origin: https://xn--bcher-kva.example:8443",
            ),
            "",
            id="sound",
        ),
        pytest.param(
            frontends(
                "origin: https://shop.example.com/",
                "origin: https://shop.example.com/app?x#y",
                "origin: shop.example.com",
                "origin: HTTPS://Shop.Example.com",
                "origin: https://shop.example.com:443",
                "origin: http://shop.example.com:80",
                "origin: '*'",
                "origin: https://user:pw@shop.example.com",
                "origin: https://shop.example.com:99999",
                "origin: 'https://'",
                "origin: https://bücher.example",
                "origin: https://*.example.com",
                "origin: ' https://a.example'",
                "origin: ''",
                "origin: https://shop.example.com:abc",
            ),
            "emulator.yaml:6: frontends[0].origin: `https://shop.example.com/`; expected an origin as browsers "
            "send it: scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:7: frontends[1].origin: `https://shop.example.com/app?x#y`; expected an origin as "
            "browsers send it: scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:8: frontends[2].origin: `shop.example.com`; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:9: frontends[3].origin: `HTTPS://Shop.Example.com`; expected an origin as browsers "
            "send it: scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:10: frontends[4].origin: `https://shop.example.com:443`; expected an origin as "
            "browsers send it: scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:11: frontends[5].origin: `http://shop.example.com:80`; expected an origin as "
            "browsers send it: scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "http://shop.example.com`.\n"
            "emulator.yaml:12: frontends[6].origin: `*`; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write it like `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:13: frontends[7].origin: `https://user:pw@shop.example.com`; expected an origin as "
            "browsers send it: scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:14: frontends[8].origin: `https://shop.example.com:99999`; expected an origin as "
            "browsers send it: scheme://host, with :port unless it is the scheme's default. Write it like "
            "`origin: https://shop.example.com`.\n"
            "emulator.yaml:15: frontends[9].origin: `https://`; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write it like `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:16: frontends[10].origin: `https://bücher.example`; expected an origin as browsers "
            "send it: scheme://host, with :port unless it is the scheme's default. Write it like `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:17: frontends[11].origin: `https://*.example.com`; expected an origin as browsers "
            "send it: scheme://host, with :port unless it is the scheme's default. Write it like `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:18: frontends[12].origin: ` https://a.example`; expected an origin as browsers send "
            "it: scheme://host, with :port unless it is the scheme's default. Write `origin: "
            "https://a.example`.\n"
            "emulator.yaml:19: frontends[13].origin: an empty text; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write it like `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:20: frontends[14].origin: `https://shop.example.com:abc`; expected an origin as "
            "browsers send it: scheme://host, with :port unless it is the scheme's default. Write it like "
            "`origin: https://shop.example.com`.",
            id="not-origins",
        ),
        pytest.param(
            frontends(
                "origin: localhost:5173",
                "origin: 127.0.0.1:5173/",
                "origin: 5173",
            ),
            "emulator.yaml:6: frontends[0].origin: `localhost:5173`; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write `origin: http://localhost:5173`.\n"
            "emulator.yaml:7: frontends[1].origin: `127.0.0.1:5173/`; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write `origin: http://127.0.0.1:5173`.\n"
            "emulator.yaml:8: frontends[2].origin: `5173`; expected an origin as browsers send it: scheme://host, "
            "with :port unless it is the scheme's default. Write `origin: http://localhost:5173`.",
            id="of-this-machine",
        ),
        pytest.param(
            frontends("origin: https://a.example, credentials: {up: include, $default: omit}"),
            "",
            id="credentials-by-api",
        ),
        pytest.param(
            frontends(
                "origin: https://a.example, credentials: {upp: include}",
                "origin: https://b.example, credentials: {default: include}",
                "origin: https://c.example, credentials: {orders: omit, up: omit}",
            ),
            "emulator.yaml:6: frontends[0].credentials.upp: the API `upp`, which is not declared; expected `up` or "
            "`$default`. Write `up` instead.\n"
            "emulator.yaml:7: frontends[1].credentials.default: the API `default`, which is not declared; expected "
            "`up` or `$default`. Write `$default` instead.\n"
            "emulator.yaml:8: frontends[2].credentials.orders: the API `orders`, which is not declared; expected `up` "
            "or `$default`. Remove it, or use one of these.",
            id="credentials-of-no-api",
        ),
        pytest.param(
            frontends(
                "origin: https://a.example, dev: http://localhost:5173",
                "origin: https://b.example, dev: [http://localhost:3001, 'http://127.0.0.1:3001']",
                "origin: https://a.example, dev: []",
            ),
            "",
            id="dev",
        ),
        pytest.param(
            frontends(
                "origin: https://a.example, dev: localhost:5173",
                "origin: https://b.example, dev: [http://localhost:4173, http://localhost:80/app]",
                "origin: https://c.example, dev: 'null'",
            ),
            "emulator.yaml:6: frontends[0].dev: `localhost:5173`; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write `http://localhost:5173`.\n"
            "emulator.yaml:7: frontends[1].dev[1]: `http://localhost:80/app`; expected an origin as browsers send it: "
            "scheme://host, with :port unless it is the scheme's default. Write `http://localhost`.\n"
            "emulator.yaml:8: frontends[2].dev: `null`; expected an origin as browsers send it: scheme://host, with "
            ":port unless it is the scheme's default. Write it like `http://localhost:5173`.",
            id="dev-that-is-no-origin",
        ),
        pytest.param(
            frontends(
                "origin: https://a.example, dev: [http://localhost:5173, http://localhost:5173]",
                "origin: https://b.example, dev: http://localhost:5173",
                "origin: https://c.example, dev: https://c.example",
                "origin: http://localhost:4173",
                "origin: https://d.example, dev: http://localhost:4173",
            ),
            "emulator.yaml:6: frontends[0].dev[1]: `http://localhost:5173` a second time; expected a dev origin that "
            "stands in for one origin. Remove it here: it stands in for `https://a.example` already.\n"
            "emulator.yaml:7: frontends[1].dev: `http://localhost:5173` a second time; expected a dev origin that "
            "stands in for one origin. Remove it here: it stands in for `https://a.example` already.\n"
            "emulator.yaml:8: frontends[2].dev: `https://c.example`, which is `origin` itself; expected the page's "
            "origin on this machine. Remove it: a page there needs no stand-in, and `origin` is what production will "
            "see.\n"
            "emulator.yaml:10: frontends[4].dev: `http://localhost:4173`, which is the `origin` of a frontend; "
            "expected another origin than those. Remove the frontend that has it as `origin`: a page there is held to "
            "the policy of production.",
            id="dev-that-cannot-stand-in",
        ),
    ],
)
def test_frontends(text, messages):
    assert rule_problems(text) == messages
