"""The first handler: in the project's language, and right for the type of its API."""

import json
from pathlib import PurePosixPath

import pytest

from emulator.config.initial.first_handler import FIRST_HANDLERS, Language, first_text, language_of
from emulator.config.initial.handlers import handlers_in

PACKAGES = [
    pytest.param({}, Language.JAVASCRIPT, id="nothing"),
    pytest.param({"dependencies": {"react": "19"}}, Language.JAVASCRIPT, id="javascript"),
    pytest.param({"devDependencies": {"vite": "6"}}, Language.JAVASCRIPT, id="vite"),
    pytest.param({"devDependencies": {"vite": "6", "typescript": "5"}}, Language.TYPESCRIPT, id="vite-and-typescript"),
    pytest.param({"devDependencies": {"typescript": "5"}}, Language.JAVASCRIPT, id="nothing-that-runs-typescript"),
    pytest.param({"devDependencies": {"tsx": "4"}}, Language.TYPESCRIPT, id="tsx"),
    pytest.param({"dependencies": {"esbuild": "0.25"}}, Language.TYPESCRIPT, id="esbuild"),
    pytest.param({"dependencies": ["tsx"]}, Language.JAVASCRIPT, id="no-mapping"),
    pytest.param(["tsx"], Language.JAVASCRIPT, id="no-object"),
]


@pytest.mark.parametrize(("package", "language"), PACKAGES)
def test_the_language_is_the_project_s(package: object, language: Language) -> None:
    assert language_of(json.dumps(package)) is language


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000])
def test_what_is_no_json_is_of_nodejs_all_the_same(text: str) -> None:
    assert language_of(text) is Language.JAVASCRIPT


@pytest.mark.parametrize("api", ["http", "rest", "function-url"])
@pytest.mark.parametrize("language", Language)
def test_it_is_the_one_handler_of_its_file(language: Language, api: str) -> None:
    text = first_text(api, language)
    assert handlers_in(language.file, text, frozenset({PurePosixPath()})) == (language.handler,)
    assert language.handler in FIRST_HANDLERS
    assert ("OPTIONS" in text) == (api == "rest")
    assert ("(event: {" in text) == (language is Language.TYPESCRIPT)
