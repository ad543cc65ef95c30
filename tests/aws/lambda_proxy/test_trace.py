import pytest

from emulator.aws.lambda_proxy.trace import continued_trace, fresh_trace, with_parent
from products import STAMP

ROOT = "Root=1-3152b799-8954dae64eda91bc9a23a7e8"
FULL = f"{ROOT};Parent=7fa8c0f79203be72;Sampled=1"


def test_a_fresh_trace_is_just_a_root() -> None:
    """hotsock/voker, vokerhttp/testdata: the event's header on a request without one."""
    assert fresh_trace(STAMP) == "Root=1-6a5145a9-1bae89e2512ec92d5d9438a0"


@pytest.mark.parametrize("sent", [ROOT, FULL, f"Self=1-abc;{ROOT}"])
def test_a_client_trace_is_kept_whole(sent: str) -> None:
    """localstack/localstack, test_invocation_trace_id, validated on AWS."""
    assert continued_trace(sent, STAMP) == sent


@pytest.mark.parametrize("sent", [None, "", "trash", "Root=1-x", f"Not{ROOT}", f"{ROOT}0"])
def test_what_names_no_root_is_replaced(sent: str | None) -> None:
    assert continued_trace(sent, STAMP) == fresh_trace(STAMP)


def test_lambda_gets_a_parent() -> None:
    """localstack/localstack, test_invocation_trace_id: AWS makes a parent when only a root was sent, keeps one sent."""
    assert with_parent(ROOT, STAMP) == f"{ROOT};Parent=7c2af7db31f342b5;Sampled=0"
    assert with_parent(FULL, STAMP) == FULL
