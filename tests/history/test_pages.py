"""An exchange of a page is reviewed in the light of those before it."""

from dataclasses import replace

from emulator.aws.rest_api.rest_api import RestApi
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.functions.invocation import HeaderRead
from emulator.history.pages import ReviewsOfPages
from products import a_method
from serving.exchanges import PAGE, answers, call, exchanged, preflight

REST = RestApi("r", "abcdef1234", (a_method("ANY", "/x"),), "dev")
CHROME = (("User-Agent", "Mozilla/5.0"), ("Sec-Fetch-Site", "cross-site"))
GRANTED = (*CHROME, ("Sec-Fetch-Storage-Access", "active"))
WITH = {"Access_Control_Allow_Origin": PAGE, "Access_Control_Allow_Credentials": "true"}
ASKED = exchanged(REST, preflight("PUT", "/dev/x"), answers(204, Access_Control_Allow_Methods="PUT", **WITH))
PUT = exchanged(REST, call("PUT", "/dev/x"), answers(Access_Control_Allow_Origin=PAGE))
NAVIGATION = (("User-Agent", "Mozilla/5.0"), ("Sec-Fetch-Site", "none"), ("Sec-Fetch-Dest", "document"))
DECLARED = (Frontend(PAGE, "same-origin"),)


def names(*exchanges: Exchange, frontends: tuple[Frontend, ...] = ()) -> list[list[str]]:
    reviews = ReviewsOfPages()
    return [[found.name for found in reviews.review(one, frontends).findings] for one in exchanges]


def test_a_call_is_compared_with_its_preflight() -> None:
    assert names(ASKED, PUT, PUT, frontends=DECLARED) == [[], ["gateway-and-function-disagree"], []]


def test_a_review_is_not_remembered_for_a_call_that_came_after_something_else() -> None:
    assert names(PUT, ASKED, PUT, PUT, frontends=DECLARED) == [[], [], ["gateway-and-function-disagree"], []]


def test_a_call_that_lacks_a_cookie_is_told() -> None:
    line = {"Set_Cookie": "id=1; Path=/; SameSite=None; Secure; Partitioned"}
    log_in = exchanged(REST, call("GET", "/dev/x", headers=GRANTED), answers(**WITH, **line))
    refused = exchanged(REST, call("GET", "/dev/x", headers=CHROME), answers(401, **WITH))
    assert names(log_in, refused)[1] == ["cookie-not-sent"]


def test_a_navigation_gives_cookies_and_is_no_pages() -> None:
    opened = exchanged(REST, call("GET", "/dev/x", origin=None, headers=NAVIGATION), answers(Set_Cookie="id=1; Path=/"))
    called = exchanged(REST, call("GET", "/dev/x", headers=CHROME), answers(401, **WITH))
    navigated, after = names(opened, called)
    assert navigated == []
    assert after == ["cookie-not-sent"]
    assert names(replace(called, earlier=None)) == [[]]


def test_what_the_code_shows_is_told_of_an_answer_without_cors_headers() -> None:
    reviews = ReviewsOfPages({"f": HeaderRead("Origin", "app.py:2")}.get)
    answered = exchanged(REST, call("GET", "/dev/x", headers=CHROME), answers())
    (told,) = reviews.review(answered, ()).findings
    assert (told.name, told.evidence) == ("header-name-case", ("app.py:2 reads `Origin`",))


def test_an_answer_without_a_page_is_heard_of() -> None:
    cached = {"Cache_Control": "max-age=60"}
    reviews = ReviewsOfPages()
    reviews.hear(exchanged(REST, call("GET", "/dev/x", origin=None), answers(**cached)))
    found = reviews.review(exchanged(REST, call("GET", "/dev/x"), answers(**cached, **WITH)), ()).findings
    assert [one.name for one in found] == ["vary-origin-missing"]
    assert "GET /dev/x" in " ".join(found[0].evidence)


def test_after_a_save_answers_are_held_against_none_before() -> None:
    reviews = ReviewsOfPages()
    reviews.review(ASKED, DECLARED)
    reviews.begin_anew()
    assert reviews.review(PUT, DECLARED).findings == ()
