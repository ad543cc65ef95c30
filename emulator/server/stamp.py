"""Makes the Stamp of a request: the one place where a request meets a clock and a random source."""

import os
import time
from binascii import b2a_base64

from emulator.aws.product import Stamp

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def new_stamp() -> Stamp:
    """Read the clock and make fresh ids, in the forms AWS gives them."""
    now = time.time()
    noise = os.urandom(38)
    digits = noise[11:].hex()
    return Stamp(
        epoch_ms=int(now * 1000),
        # A version 4 UUID (RFC 9562, 5.4); its variant's two bits are 8, of the four digits allowed.
        request_id=f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-8{digits[15:18]}-{digits[18:30]}",
        # Eleven bytes make the 16 characters ending in "=" of a captured apigw-requestid.
        extended_request_id=b2a_base64(noise[:11], newline=False).translate(_URL_SAFE).decode(),
        trace_root=f"1-{int(now):08x}-{digits[30:]}",
    )
