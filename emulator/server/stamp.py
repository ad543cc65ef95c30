"""Makes the Stamp of a request: the one place where a request meets a clock and a random source."""

import base64
import os
import time
import uuid

from emulator.aws.product import Stamp


def new_stamp() -> Stamp:
    """The current time and fresh ids, in the forms AWS gives them."""
    now = time.time()
    noise = os.urandom(23)
    return Stamp(
        epoch_ms=int(now * 1000),
        request_id=str(uuid.uuid4()),
        # Eleven bytes make the 16 characters ending in "=" of a captured apigw-requestid.
        extended_request_id=base64.b64encode(noise[:11], b"-_").decode(),
        trace_root=f"1-{int(now):08x}-{noise[11:].hex()}",
    )
