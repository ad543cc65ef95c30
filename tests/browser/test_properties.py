"""What holds for every call and every response."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.browser.call import Call, Page
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.header_list import is_token
from emulator.browser.modes import Credentials, Mode, Redirect
from emulator.browser.profiles import PROFILES
from emulator.browser.url import parse_url
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Allowed, Done
from emulator.messages import Headers, Response

ORIGIN = "https://app.example"
WORDS = st.sampled_from(["*", ORIGIN, "null", "true", "PUT", "x-a", "X-B, x-c", "", "bad token", "60", "authorization"])
NAMES = st.sampled_from(
    ["Access-Control-Allow-Origin", "access-control-allow-credentials", "Access-Control-Allow-Methods",
     "Access-Control-Allow-Headers", "Access-Control-Expose-Headers", "Access-Control-Max-Age", "Location", "X-A"]
)  # fmt: skip
HEADERS = st.lists(st.tuples(NAMES, WORDS), max_size=6).map(tuple)
RESPONSES = st.builds(Response, st.sampled_from([200, 204, 301, 307, 404]), HEADERS)
CALLS = st.builds(
    Call,
    st.sampled_from(["https://api.example/x", "/own", "https://app.example:444/"]),
    st.sampled_from(["GET", "POST", "PUT", "patch", "*"]),
    st.lists(st.tuples(st.sampled_from(["x-a", "Accept", "authorization", "*"]), WORDS), max_size=3).map(tuple),
    mode=st.sampled_from([Mode.CORS, Mode.NO_CORS, Mode.SAME_ORIGIN]),
    credentials=st.sampled_from(Credentials),
    redirect=st.sampled_from(Redirect),
)
PROFILE = st.sampled_from(list(PROFILES.values()))


def run(call: Call, answers: list[Response], agent: UserAgent) -> tuple[Done, Fetch]:
    fetch = Fetch(call, Page(ORIGIN), agent)
    step = fetch.start()
    while isinstance(step, Send):
        step = fetch.receive(answers[len(fetch.exchanged) % len(answers)])
    return step, fetch


@given(CALLS, st.lists(RESPONSES, min_size=1, max_size=4), PROFILE)
def test_at_most_one_preflight_a_hop_and_always_an_end(call: Call, answers: list[Response], profile) -> None:
    _, fetch = run(call, answers, UserAgent(profile))
    for hop in range(21):
        of_hop = [item.request.is_preflight for item in fetch.exchanged if item.request.hop == hop]
        assert of_hop in ([], [False], [True], [True, False])
    assert len(fetch.exchanged) <= 42


@given(CALLS, st.lists(RESPONSES, min_size=1, max_size=3), PROFILE, st.randoms(use_true_random=False))
def test_the_order_of_different_headers_never_counts(call: Call, answers: list[Response], profile, random) -> None:
    def shuffled(response: Response) -> Response:
        names = sorted({name.lower() for name, _ in response.headers})
        random.shuffle(names)
        headers = tuple(pair for name in names for pair in response.headers if pair[0].lower() == name)
        return Response(response.status, headers, response.body)

    end, _ = run(call, answers, UserAgent(profile))
    other, _ = run(call, [shuffled(answer) for answer in answers], UserAgent(profile))
    assert type(end) is type(other)
    assert getattr(end, "error", None) == getattr(other, "error", None)
    assert getattr(end, "headers", None) == getattr(other, "headers", None)


@given(CALLS, HEADERS, HEADERS, PROFILE)
def test_more_permission_never_blocks(call: Call, preflight: Headers, actual: Headers, profile) -> None:
    """For lists that parse: one more permitted method or header name, or exposed name, takes nothing away."""
    answers = [Response(204, preflight), Response(200, actual)]
    end, _ = run(call, answers, UserAgent(profile))
    if not isinstance(end, Allowed):
        return
    more: Headers = (("Access-Control-Allow-Methods", "PURGE"), ("Access-Control-Allow-Headers", "x-more"))
    exposed: Headers = (("Access-Control-Expose-Headers", "x-a"),)
    widened = [Response(204, preflight + more), Response(200, actual + exposed)]
    again, _ = run(call, widened, UserAgent(profile))
    assert isinstance(again, Allowed)
    assert {name for name, _ in end.headers} <= {name for name, _ in again.headers}


@given(st.text(max_size=40), PROFILE)
def test_any_text_may_stand_for_a_url(text: str, profile) -> None:
    url = parse_url(text, parse_url("https://app.example/a/b?c"))
    if url is not None and url.is_http:
        assert parse_url(url.href) == parse_url(url.href, url)
        assert url.href.startswith(url.scheme)
    run(Call(text), [Response(200)], UserAgent(profile))


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=20)), max_size=5), PROFILE)
def test_what_is_sent_is_well_formed(headers: list[tuple[str, str]], profile) -> None:
    _, fetch = run(Call("/x", "POST", tuple(headers), body="x"), [Response(200)], UserAgent(profile))
    for item in fetch.exchanged:
        for name, value in item.request.headers:
            assert is_token(name)
            assert not set(value) & set("\0\r\n")
            value.encode("latin-1")


@given(st.text(max_size=60), PROFILE)
def test_any_set_cookie_line_is_stored_or_refused(line: str, profile) -> None:
    agent = UserAgent(profile)
    answers = [Response(200, (("Set-Cookie", line),))]
    run(Call("/x", credentials=Credentials.INCLUDE), answers, agent)
    _, fetch = run(Call("/x", credentials=Credentials.INCLUDE), answers, agent)
    refused = fetch.exchanged[0].cookies_refused
    assert len(agent.cookie_jar.cookies) + len(refused) <= 1
