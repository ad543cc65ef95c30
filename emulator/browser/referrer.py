"""The Referer header: what of the page's URL it names (Referrer Policy 3, "determine request's referrer")."""

from emulator.browser.call import ReferrerPolicy
from emulator.browser.header_list import get
from emulator.browser.origin import is_potentially_trustworthy
from emulator.browser.url import Url
from emulator.messages import Response

_MAX_LENGTH = 4096
"""The most characters a referrer has; of a longer URL only the origin is named (Referrer Policy, "determine request's
referrer")."""


def referrer(source: Url, target: Url, policy: ReferrerPolicy) -> str:
    """Write the header's value, "" for none. `source` is the document's URL, or the shorter one that an earlier hop
    named."""
    origin_only = f"{source.origin}/"
    # The address has no userinfo, as a referrer must not.
    full = source.address if len(source.address) <= _MAX_LENGTH else origin_only
    is_same_origin = source.origin == target.origin
    is_downgrade = is_potentially_trustworthy(source) and not is_potentially_trustworthy(target)
    match policy:
        case ReferrerPolicy.NO_REFERRER:
            return ""
        case ReferrerPolicy.ORIGIN:
            return origin_only
        case ReferrerPolicy.UNSAFE_URL:
            return full
        case ReferrerPolicy.SAME_ORIGIN:
            return full if is_same_origin else ""
        case ReferrerPolicy.ORIGIN_WHEN_CROSS_ORIGIN:
            return full if is_same_origin else origin_only
        case ReferrerPolicy.NO_REFERRER_WHEN_DOWNGRADE:
            return "" if is_downgrade else full
        case ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN if is_same_origin:
            return full
        case _:
            return "" if is_downgrade else origin_only


def policy_after(response: Response, policy: ReferrerPolicy) -> ReferrerPolicy:
    """Return the policy that holds after a redirect: the last known one that its Referrer-Policy header lists, else
    `policy`."""
    for item in reversed((get(response.headers, "referrer-policy") or "").split(",")):
        try:
            return ReferrerPolicy(item.strip().lower())
        except ValueError:
            continue
    return policy
