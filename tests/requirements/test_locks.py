"""The locks hold what pyproject.toml asks for, alike in all of them, and nothing of the machine that made them."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
LOCKS = ("serve", "dev", "lock")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
GROUPS = PYPROJECT["dependency-groups"]
DIRECT = {
    "serve": PYPROJECT["project"]["dependencies"] + GROUPS["build"],
    "dev": PYPROJECT["project"]["dependencies"] + EXTRAS["dev"] + EXTRAS["debug"] + GROUPS["build"],
    "lock": GROUPS["lock"],
}


def entries(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Each pinned requirement and its hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    for entry in re.sub(r"(?m)^ *#.*\n", "", text).replace("\\\n", "").splitlines():
        requirement, *hashes = re.split(r" +--hash=", entry.strip())
        yield Requirement(requirement), hashes


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_one_version_with_its_hashes(lock: str) -> None:
    for requirement, hashes in entries(lock):
        assert [one.operator for one in requirement.specifier] == ["=="], requirement
        assert requirement.url is None
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_no_option_and_no_path(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    assert not re.findall(r"(?m)://|^ *--(?!hash=).*|(?<![\w.])/\w.*", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_the_project_asks_for_is_in_it(lock: str) -> None:
    locked: dict[str, list[Requirement]] = {}
    for requirement, _ in entries(lock):
        locked.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    for wanted in map(Requirement, DIRECT[lock]):
        pins = [next(iter(one.specifier)).version for one in locked[canonicalize_name(wanted.name)]]
        assert any(wanted.specifier.contains(version) for version in pins), f"{wanted} is {pins}: run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_what_an_entry_asks_for_with_extras_is_locked_with_them(lock: str) -> None:
    """pip takes `coverage[toml]` for another requirement than a locked `coverage`: on the day of the next release it
    finds that one, without hashes, and installs nothing."""
    locked = {canonicalize_name(requirement.name): requirement.extras for requirement, _ in entries(lock)}
    for name in locked:
        try:
            asked = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform, or of `make lock` alone
        for wanted in map(Requirement, asked):
            if wanted.extras and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
                assert wanted.extras <= locked[canonicalize_name(wanted.name)], f"{name} asks for {wanted}"


def test_serving_is_the_same_with_and_without_what_developing_needs() -> None:
    developing = {str(requirement): hashes for requirement, hashes in entries("dev")}
    assert {str(requirement): hashes for requirement, hashes in entries("serve")}.items() <= developing.items()


def test_every_dependency_has_a_floor_and_what_is_subclassed_a_ceiling() -> None:
    for wanted in map(Requirement, [*DIRECT["serve"], *DIRECT["dev"], *DIRECT["lock"]]):
        operators = {one.operator for one in wanted.specifier}
        assert operators & {">=", "=="}, wanted
        assert wanted.name != "uvicorn" or "<" in operators, wanted


@pytest.mark.parametrize("tool", ["mypy", "ruff", "types-psutil", "types-PyYAML"])
def test_what_judges_the_code_is_one_version(tool: str) -> None:
    wanted = next(one for one in map(Requirement, EXTRAS["dev"]) if one.name == tool)
    assert [one.operator for one in wanted.specifier] == ["=="]
