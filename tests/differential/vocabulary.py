"""The words random cases are made of: right ones, nearly right ones and wrong ones, for each place they go."""

# fmt: off
LONG = "a" * 127
METHODS = (
    "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "head", "post", "put", "delete", "patch",
    "options", "Patch", "pUt", "GeT", "CUSTOM", "custom", "x-method", "CHICKEN", "QUERY", "*", "a!#$%&'*+-.^_`|~9",
)
NORMALIZED_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"})
REFUSED_METHODS = (
    "CONNECT", "TRACE", "TRACK", "connect", "Trace", "bad method", "", "G,T", "GET ", "a/b", "(x)", "G\u00c9T",
)
STATUSES = (
    200, 201, 202, 203, 204, 206, 226, 299, 300, 304, 305, 306, 400, 401, 403, 404, 405, 418, 429, 500, 502, 503,
    504, 599,
)
PREFLIGHT_STATUSES = (
    200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304, 305, 306, 307, 308, 400, 401, 403, 404,
    405, 410, 418, 500, 501, 502, 503, 599,
)
REDIRECT_STATUSES = (301, 302, 303, 307, 308)
CREDENTIALS = ("omit", "same-origin", "include")
# What Access-Control-Allow-Origin may hold besides the origin itself and "*".
ALLOW_ORIGINS = (
    "null", "Null", "NULL", '"null"', "null,", "{PAGE}", "{page}/", "{page}//", "{page},", ",{page}",
    "{page}, {page}", "{page},*", "*,{page}", "* {page}", "{page} *", "{page} {page}", "{page}, null", "null {page}",
    "{a}", "{b}", "{c}", "{a}, {page}", "{page} {a}", "", "none", "true", "undefined", "**", "*,*", "* *", "*,",
    ",*", '"*"', "'*'", "{page}*", "*.127.0.0.1:{port}", "http://*", "http://*:{port}", "*://{host}:{port}",
    "http:*", "{host}:{port}", "//{host}:{port}", "{host}", "http://{host}", "http://{host}:", "http://{host}:80",
    "http://{host}:{port}0", "http://{host}:0{port}", "http://{host}.:{port}", "http://127.1:{port}",
    "http://0x7f.0.0.1:{port}", "http://2130706433:{port}", "http://localhost:{port}", "https://{host}:{port}",
    "HTTP://{host}:{port}", "Http://{host}:{port}", "ws://{host}:{port}", "http:/{host}:{port}",
    "http:{host}:{port}", "{page}#", "{page}?", "{page}/page.html", "{page}/?", "{page}\\", "{page};", "{page}.",
    "{page}:", "u@{host}:{port}", "http://u@{host}:{port}", "http://@{host}:{port}", "<{page}>", '"{page}"',
    "'{page}'", "{page}\t{page}", "\u00a0{page}", "{page}\u00a0", "\u00e9", "{page}\u00e9", "http://example.com",
    "http://www.example.com:{port}", "file://", "file:///", "data:,", "about:blank", "blob:{page}", "http://",
    "http:", "x", "0", "[]", "http://[::1]:{port}", "ftp://{host}:{port}", "http://exa mple.com",
    "http://{host}:99999", "http://%41.example", "javascript:1", "mailto:a@b.example", "{a},", "{a} ", "{a}/",
    "{a}\t", "any", "/", "?", "{page} ;", "(null)", "%6eull",
)
ALLOW_CREDENTIALS = (
    "TRUE", "True", "tRUE", "true,", ",true", "true, true", "true,true", "true true", '"true"', "'true'", "1", "yes",
    "false", "", "*", "true;", "true\u00a0", "\u00a0true", "truee", "tru", "null", "true false", "{page}", "t rue",
    "on",
)
BAD_TOKENS = (
    "bad token", "a/b", "a;b", "(a)", "<a>", "a@b", "[a]", "{x}", "a=b", "a:b", "a?b", '"a"', "a\\b", "\u00e9",
    "a\u00a0", "a b, c", "PUT DELETE", "PUT;q=1", "x-one x-two", "'", "a\u00ff", "x-one;", "\u00a0",
)
LIST_EDGES = ("", ",", ",,", " , ", "\t,\t", ", ,,", " ", "\t")
# Names of request headers a page may set, each with values worth trying.
REQUEST_HEADERS: dict[str, tuple[str, ...]] = {
    "accept": (
        "*/*", "text/html", "text/html, application/json;q=0.9", "", '"x"', "a(b)", "a:b", "a@b", "{x}", "<b>",
        "[b]", "?b", "a\\b", "a\tb", "\u00e9", "a\u007fb", LONG, LONG + "b", LONG + "bc",
    ),
    "accept-language": (
        "en", "en-US,en;q=0.5", "*", "", "en_US", "en/us", 'en"', "en US", "en;q=0.5", "a=b", "en:us", "\u00e9",
        "en\t", "e\tn", "en'x", "en+us", LONG + "b", LONG + "bc",
    ),
    "content-language": (
        "en", "de-DE, en-CA", "", "en_US", "a@b", "en;q=1", "*", "e:n", "a b", "\u00fc", LONG + "b", LONG + "bc",
    ),
    "content-type": (
        "text/plain", "TEXT/Plain", "text/plain;charset=utf-8", 'text/plain; charset="utf-8"',
        "text/plain;charset=utf-8;x=y", "text/plain ;x=y", "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded;charset=UTF-8", "Application/X-WWW-Form-Urlencoded",
        "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data;boundary=a:b",
        "application/json", "application/json;charset=utf-8", "text/html", "text/xml", "text", "text/", "/plain", "",
        "text/plain,", "text/plain,text/plain", "text/plain, text/plain", "text/plain, application/json",
        "text/plain;a, application/json", "application/json, text/plain", "text/plain;", "text/plain;;",
        "text/plain;=", "text/plain; a=b; c=d", "text/plain text/plain", "text/ plain", "text /plain", " text/plain",
        "text/plain\t", "x/y;text/plain", "text/plain;charset=\u00e9", "text/pl\u00e4in", "*/*", "text/*",
        "text/plain/x", "text/plain;(a)", "text/plain;" + "x" * 117, "text/plain;" + "x" * 118,
        "application/csp-report", "application/grpc", "image/png", "application/octet-stream",
    ),
    "range": (
        "bytes=0-", "bytes=0-5", "bytes=5-0", "bytes=5-5", "bytes=-5", "bytes=", "bytes=-", "Bytes=0-5", "BYTES=0-",
        "bytes =0-5", "bytes= 0-5", "bytes=0 -5", "bytes=0- 5", "bytes=0-5 ", "bytes=0-5,6-7", "bytes=0-,",
        "bytes=00-05", "bytes=0x1-2", "items=0-5", "bytes:0-5", "bytes", "",
        "bytes=9223372036854775806-9223372036854775807", "bytes=0-9223372036854775807",
        "bytes=0-9223372036854775808", "bytes=9223372036854775808-", "bytes=18446744073709551615-",
        "bytes=99999999999999999999-", "bytes=+0-5", "bytes=0-+5", "bytes=1.0-2", "bytes=0--5", "bytes\t=0-5",
        "bytes=\t0-5", "bytes=0-\t5",
    ),
    "authorization": ("Bearer abc", "Basic dTpw", "", "x", "\u00e9"),
    "x-one": ("1", "", "a,b", "\u00e9", "a\tb", "v" * 200),
    "X-Two": ("2", "two words"),
    "x-three": ("3",),
    "x-requested-with": ("XMLHttpRequest",),
    "X-Api-Key": ("k",),
    "*": ("star",),
    "a!#$%&'^_`|~": ("token",),
    "last-event-id": ("1", "", "\u00e9"),
    "cache-control": ("no-cache", "max-age=0"),
    "pragma": ("no-cache",),
    "if-none-match": ('"etag"',),
    "if-match": ("*",),
    "if-unmodified-since": ("Thu, 01 Jan 1970 00:00:00 GMT",),
    "if-range": ('"etag"',),
    "if-modified-since": ("Thu, 01 Jan 1970 00:00:00 GMT",),
    "user-agent": ("own/1", ""),
    "downlink": ("1.5", "x", "", "-1", "1e3"),
    "device-memory": ("8", "0.5", "x", "1 2"),
    "dpr": ("2", "1.5", "abc", "-2"),
    "width": ("100", "1.5", "w"),
    "viewport-width": ("320", "1e2", "v"),
    "rtt": ("50", "1.5", "x", ""),
    "ect": ("4g", "slow-2g", "5g", "4G"),
    "save-data": ("on", "On", "off", "1"),
    "upgrade-insecure-requests": ("1",),
    "access-control-allow-origin": ("*",),
    "origin-trial": ("x",),
    "x-http-method-override": ("PUT", "TRACE", "put, track", "CONNECTED", "GET,CONNECT", "get"),
    "X-HTTP-Method": ("DELETE", "TRACE", "a, Trace ,b"),
    "x-method-override": ("PATCH", "connect", '"TRACE"'),
}
FORBIDDEN_REQUEST_HEADERS = (
    "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
    "Access-Control-Request-Private-Network", "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT",
    "Expect", "Host", "Keep-Alive", "Origin", "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding",
    "Upgrade", "Via", "Proxy-Authorization", "proxy-x", "Sec-Fetch-Site", "sec-x", "SEC-", "secx", "proxyx",
    "origins",
)
BAD_REQUEST_HEADERS = (
    ("bad name", "v"), ("", "v"), ("x:y", "v"), ("x-\u00e9", "v"), ("x(y)", "v"), ("x-snowman", "\u2603"),
    ("x-nul", "a\u0000b"), ("x-newline", "a\nb"), ("x-return", "a\rb"), ("x-trailing", "a\r\n"),
    ("x-leading", "\n a"), ("x-control", "a\u0001b"), ("x-delete", "a\u007fb"),
)
RESPONSE_HEADERS: tuple[tuple[str, str], ...] = (
    ("Cache-Control", "no-store"), ("Content-Language", "en"), ("Content-Type", "application/json"),
    ("Content-Type", "text/html"), ("Expires", "0"), ("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("Pragma", "no-cache"), ("X-Custom", "1"), ("x-custom", "2"), ("X-One", "one"), ("X-Empty", ""),
    ("Set-Cookie", "k=v; Path={path}; Max-Age=0"), ("Set-Cookie2", "k=v"), ("ETag", '"e"'),
    ("Date", "Thu, 01 Jan 1970 00:00:00 GMT"), ("Vary", "Origin"), ("Server", "scripted"), ("X-Latin", "\u00e9"),
    ("Timing-Allow-Origin", "*"), ("X-Content-Type-Options", "nosniff"), ("Content-Disposition", "inline"),
    ("*", "star"), ("Access-Control-Max-Age", "0"), ("Authorization", "x"), ("X-Amzn-RequestId", "id"),
    ("Retry-After", "1"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-site"), ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Cross-Origin-Resource-Policy", "x"), ("Content-Range", "bytes 0-5/6"), ("Accept-Ranges", "bytes"),
    ("WWW-Other", "x"), ("Proxy-Authenticate", "x"),
)
EXPOSED = (
    "*", "X-Custom", "x-custom", "x-one, X-Custom", "X-Empty", "Set-Cookie", "set-cookie2, x-custom", "*, x-custom",
    "* , *", "etag,date,server,vary", "x-one,,x-custom", ",", "", " x-custom ", "x-custom;", "x-custom x-one",
    "x-custom, bad token", '"x-custom"', "x-custom,\u00e9", "{x}", "x-absent", "X-LATIN", "X-*", "x-custom/",
    "x-custom\t,\tx-one", "all", "**", "'*'", "access-control-max-age", "Authorization",
    "content-range, accept-ranges", "x-custom,@", "true",
)
MAX_AGES = (
    "0", "-1", "1", "2", "600", "7201", "99999999999", "", "abc", "1.5", "+600", "600, 600", "600;x", " 600", "00",
    "01", "0x10", "6e2", "\u00e9", '"600"', "60 0", "18446744073709551616",
)
# No mailto: here, which kills Firefox where it cannot ask for a program to open it with.
LOCATIONS = (
    "{next}/", "javascript:'{path}/9'", "data:text/plain,{path}/9", "ftp://127.0.0.1{path}/9", "about:blank?{path}/9",
    "http://[", "http://", "", "#fragment", "?query", "ws://127.0.0.1{path}/9", "blob:{page}{path}/9",
    "file://{path}/9", "http:", "//",
)
# fmt: on
