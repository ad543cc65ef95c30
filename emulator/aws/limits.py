"""Every number that AWS sets and this package keeps to, by product, with the AWS page it comes from.

A name ends in its unit: `_BYTES`, `_MB`, `_S` (seconds), `_MS` (milliseconds), `_LENGTH` (characters) or `_COUNT`. What
is not called uncertain is documented or was recorded from AWS.
"""

# API Gateway: HTTP APIs and REST APIs

REQUEST_BODY_BYTES = 10 * 1024 * 1024
"""The largest request body that is taken; function URLs read as much before they measure the event (AWS: Quotas for
HTTP APIs, "Payload size"; Quotas for REST APIs; recorded of a REST API: koki-develop/lgtm-generator#10)."""

REQUEST_HEAD_BYTES = 10_240
"""The largest request line with all headers that is taken (AWS: Quotas for HTTP APIs; Quotas for REST APIs, "Total
combined size of request line and header values"). That the names of headers count, and that a 431 is the answer, is
uncertain."""

API_NAME_LENGTH = 128
"""The longest name of an API (StringWithLengthBetween1And128 in the model of the API Gateway V2 API). Whether a REST
API's may be longer is uncertain."""

STAGE_NAME_LENGTH = 128
"""The longest name of a stage (AWS: API Gateway V2 API reference, Stage; Set up a stage for a REST API)."""

LEAST_INTEGRATION_TIMEOUT_MS = 50
"""The shortest integration timeout (AWS: Quotas for HTTP APIs; Quotas for REST APIs)."""

HTTP_API_INTEGRATION_TIMEOUT_MS = 30_000
"""An HTTP API's longest integration timeout, and its default (AWS: Quotas for HTTP APIs)."""

REST_API_INTEGRATION_TIMEOUT_MS = 29_000
"""A REST API's longest integration timeout, and its default (AWS: Quotas for REST APIs). Owners of regional APIs may
ask AWS for more."""

MAPPING_TEMPLATE_BYTES = 300 * 1024
"""The longest mapping template (AWS: Quotas for REST APIs, "Mapping template size")."""

MAPPING_TEMPLATE_STEPS_COUNT = 500_000
"""How many steps a mapping template may take, a step being an element, a value, or a hundred characters that are made
of them. Ours, some two seconds: what AWS sets is not documented."""

MAPPING_TEMPLATE_DEPTH_COUNT = 20
"""How deep macros and defined blocks of a mapping template may call each other (Velocity's default
`velocimacro.max.depth`; that AWS keeps it is uncertain)."""

# CORS of HTTP APIs and function URLs

CORS_MAX_AGE_S = 86_400
"""The largest `maxAge` (AWS: Lambda API reference, Cors; IntegerWithLengthBetweenMinus1And86400 in the model of the API
Gateway V2 API)."""

HTTP_API_LEAST_CORS_MAX_AGE_S = -1
"""The smallest `maxAge` of an HTTP API, which stands for no caching (the same shape)."""

FUNCTION_URL_LEAST_CORS_MAX_AGE_S = 0
"""The smallest `maxAge` of a function URL (AWS: Lambda API reference, Cors)."""

FUNCTION_URL_CORS_LIST_COUNT = 100
"""The most origins, or header names, in one list of a function URL's CORS (AWS: Lambda API reference, Cors)."""

FUNCTION_URL_CORS_METHODS_COUNT = 6
"""The most methods in a function URL's `allowMethods` (AWS: Lambda API reference, Cors)."""

FUNCTION_URL_CORS_ORIGIN_LENGTH = 253
"""The longest entry of a function URL's `allowOrigins` (AWS: Lambda API reference, Cors)."""

FUNCTION_URL_CORS_METHOD_LENGTH = 6
"""The longest entry of a function URL's `allowMethods`, for which OPTIONS is too long (AWS: Lambda API reference,
Cors)."""

# Lambda

INVOCATION_PAYLOAD_BYTES = 6 * 1024 * 1024
"""The largest event of a synchronous invocation (AWS: Lambda quotas; "Request must be smaller than 6291456 bytes for
the InvokeFunction operation")."""

RESPONSE_PAYLOAD_BYTES = 6_291_556
"""The largest response payload of a function: 6 MB and 100 bytes (aws/aws-lambda-runtime-interface-emulator,
interop.MaxPayloadSize)."""

INIT_PHASE_S = 10.0
"""The longest init phase (AWS: Understanding the Lambda execution environment lifecycle, "Init phase")."""

FUNCTION_TIMEOUT_S = 900
"""The longest function timeout (AWS: Lambda quotas). A function URL has no integration timeout and waits as long."""

DEFAULT_FUNCTION_TIMEOUT_S = 3
"""The function timeout where none is given (AWS: Lambda API reference, CreateFunction)."""

LEAST_MEMORY_MB = 128
"""The least memory of a function, and the default (AWS: Lambda API reference, CreateFunction)."""

MEMORY_MB = 10_240
"""The most memory of a function (AWS: Lambda quotas)."""

CONCURRENCY_COUNT = 1000
"""The most invocations that run at once in an account, whose functions share them (AWS: Lambda quotas, the default)."""

LAYERS_COUNT = 5
"""The most layers of a function (AWS: Lambda quotas)."""

FUNCTION_NAME_LENGTH = 64
"""The longest name of a function (AWS: Lambda API reference, CreateFunction)."""

# CloudWatch Logs

LOG_EVENT_BYTES = 256 * 1024
"""The largest log event (AWS: CloudWatch Logs quotas, for most of its life; that it still holds is uncertain)."""
