"""Where paths lie by `basepath`: `https://.../{basePath}` and `https://.../base-url/part/` imported three ways
(localstack/localstack, test_import_rest_api_with_base_path_oas30, validated on AWS)."""

from typing import Any

import pytest

from config.sources.openapi.documents import node
from emulator.config.sources.openapi.base_path import base_path

VARIABLE = {"servers": [{"url": "https://localhost/{basePath}", "variables": {"basePath": {"default": "base-var"}}}]}
URL = {"servers": [{"url": "https://localhost/base-url/part/"}, {"url": "https://localhost/other"}]}
CASES: list[tuple[dict[str, Any], str, str, str]] = [
    (VARIABLE, "", "/base-var", ""),
    (URL, "", "/base-url/part", "/part"),
    ({"basePath": "/v1/shop"}, "", "/v1/shop", "/shop"),
    ({"basePath": "/"}, "", "", ""),
    ({"servers": [{"url": "https://localhost/{stage}", "variables": {"stage": {}}}]}, "", "", ""),
    ({"servers": []}, "", "", ""),
    ({"servers": [{"description": "none"}]}, "", "", ""),
    ({}, "", "", ""),
]


@pytest.mark.parametrize(("document", "ignored", "prepended", "split"), CASES)
def test_base_path(document: dict[str, Any], ignored: str, prepended: str, split: str) -> None:
    root = node(document)
    assert (base_path(root, "ignore"), base_path(root, "prepend"), base_path(root, "split")) == (
        ignored,
        prepended,
        split,
    )
