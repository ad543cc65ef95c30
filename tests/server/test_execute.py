"""The environment variables of `emulate exec`; the whole of it is in tests/cli/test_exec.py."""

import json

from emulator.server.execute import variables


def test_variables_tell_where_each_api_is() -> None:
    urls = {"shop": "http://localhost:3000", "my-api": "http://localhost:3001/dev", "my.api": "http://localhost:3002"}
    told = variables(urls)
    assert json.loads(told.pop("EMULATE_URLS")) == urls
    assert told == {
        "EMULATE_URL": "http://localhost:3000",
        "EMULATE_URL_SHOP": "http://localhost:3000",
        "EMULATE_URL_MY_API": "http://localhost:3001/dev",
    }
