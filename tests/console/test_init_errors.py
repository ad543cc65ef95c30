import pytest

from emulator.console.init_errors import InitErrors
from emulator.functions.invocation import FunctionError, FunctionErrorKind

BROKEN = FunctionError(
    FunctionErrorKind.INIT, "Runtime.UserCodeSyntaxError", "Syntax error in module 'app': bad (app.py, line 1)", ("x",)
)
OF_ANOTHER_MODULE = FunctionError(
    FunctionErrorKind.INIT, "Runtime.UserCodeSyntaxError", "Syntax error in module 'b': bad (app.py, line 1)", ("x",)
)
OTHER = FunctionError(FunctionErrorKind.INIT, "KeyError", "'TABLE'", ("import", "x"))


def show(names: str, error: FunctionError) -> list[str]:
    return [f"{names}: {error.error_type}"]


def told(errors: InitErrors, *failed: tuple[str, FunctionError]) -> list[str]:
    """All of `failed` fail before the console's turn comes."""
    failures = [failure for name, error in failed if (failure := errors.add(name, error)) is not None]
    return [line for failure in failures for line in errors.tell(failure, show)]


def test_what_fails_together_is_told_together() -> None:
    failed = [("items", BROKEN), ("orders", BROKEN), ("items", BROKEN), ("users", OF_ANOTHER_MODULE)]
    assert told(InitErrors(), *failed) == ["items, orders, users: Runtime.UserCodeSyntaxError"]


def test_what_fails_later_names_who_failed_first() -> None:
    errors = InitErrors()
    assert told(errors, ("items", BROKEN)) == ["items: Runtime.UserCodeSyntaxError"]
    assert told(errors, ("orders", BROKEN), ("items", BROKEN)) == ["  orders: the same error as items"]
    assert told(errors, ("orders", BROKEN)) == []


@pytest.mark.parametrize("changes", [{"message": "'OTHER'"}, {"stack": ("import", "y")}, {"type": "ValueError"}])
def test_other_errors_are_shown_at_length(changes: dict[str, object]) -> None:
    values = {"type": "KeyError", "message": "'TABLE'", "stack": ("import", "x")} | changes
    other = FunctionError(FunctionErrorKind.INIT, values["type"], values["message"], values["stack"])  # type: ignore[arg-type]
    errors = InitErrors()
    assert len(told(errors, ("items", OTHER), ("orders", other))) == 2
    assert told(errors, ("items", other)) == ["  items: the same error as orders"]
    assert told(errors, ("items", OTHER)) == [f"items: {OTHER.error_type}"], "the last one of it was another"


def test_each_save_begins_anew() -> None:
    errors = InitErrors()
    told(errors, ("items", BROKEN), ("orders", BROKEN))
    errors.renew()
    errors.saved({"items"})
    assert told(errors, ("orders", BROKEN)) == []
    assert told(errors, ("items", BROKEN)) == ["  items: the same error as orders"]
    errors.renew()
    errors.saved({"items", "orders"})
    assert told(errors, ("items", BROKEN)) == ["items: Runtime.UserCodeSyntaxError"]


def test_a_save_between_two_failures_that_the_console_has_not_come_to() -> None:
    errors = InitErrors()
    before = errors.add("items", BROKEN)
    errors.renew()
    after = errors.add("items", BROKEN)
    assert before is not None
    assert after is not None
    assert errors.tell(before, show) == ["items: Runtime.UserCodeSyntaxError"]
    errors.saved({"items"})
    assert errors.add("orders", BROKEN) is None, "told with the one that waits"
    assert errors.tell(after, show) == ["items, orders: Runtime.UserCodeSyntaxError"]
