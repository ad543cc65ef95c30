"""The rules on every exchange, whoever the client was.

They need nothing of the model of the browser, which is a third of the start-up and has no work before the first page
calls.
"""

from emulator.findings.finding import Rule
from emulator.findings.rules import content_encoding_broken, throttled, waited_for_environment

OF_ANY_CLIENT: tuple[Rule, ...] = (content_encoding_broken.RULE, throttled.RULE, waited_for_environment.RULE)
