"""What attacks on HTTP servers and mistakes of clients are made of."""

TOKEN_METHODS = (b"GET", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"HEAD")
METHODS = (
    *TOKEN_METHODS, b"get", b"PROPFIND", b"CONNECT", b"TRACE", b"PRI", b"SOURCE", b"M-SEARCH", b"G\xe9T", b"GE T", b"",
    b"\x00", b"GET\t", b"A" * 300, b"{}", b"GET,POST",
)  # fmt: skip
TARGETS = (
    b"*", b"", b"?", b"#", b"//", b"///echo//x", b"/..", b"/../../etc/passwd", b"/%", b"/%zz", b"/%00", b"/%2F%2f",
    b"/echo/%25%32%35", b"/\xff\xfe", b"/\xc3\xa9?\xe2\x82", b"/echo/a b", b"/echo/x?a=%", b"/echo/x?;&&==&",
    b"/echo/x#y", b"/echo/x?y#z", b"http://localhost/echo/x", b"http://", b"http://[", b"http://[::1", b"http://a:b",
    b"http://a:99999/", b"https://evil.example/echo/x", b"localhost:80", b"ftp://x/", b"/\x7f", b"/\x00", b"\\",
    b"/echo/{proxy+}", b"/dev", b"/dev/", b"/dev//echo", b"/devil", b"/dev?x", b"/echo/x?n=1&n=2", b"/" + b"a/" * 900,
    b"/echo/x?" + b"a=b&" * 2000,
)  # fmt: skip
VERSIONS = (
    b"HTTP/1.0", b"HTTP/1.2", b"HTTP/2.0", b"HTTP/0.9", b"HTTP/3", b"HTTP/11.1", b"HTTP/1.", b"HTTP/", b"http/1.1",
    b"HTTP/1.1 x", b"", b"RTSP/1.0", b"HTTP/1.1\x00",
)  # fmt: skip
HOSTS = (
    b"", b"localhost", b"LOCALHOST", b"localhost.", b"localhost:", b"localhost:0", b"localhost:80", b"localhost:65536",
    b"l:" + b"9" * 4301, b"localhost:-1", b"localhost:+80", b"localhost:\xb2", b"localhost:8\xc2\xb2", b"127.0.0.1",
    b"[::1]:80", b"[::1", b"::1", b"[v1.x]", b"evil.example", b"a.localhost:1", b"user@localhost", b"localhost/x",
    b"localhost, evil.example", b"\xff", b"lo\x00cal", b"a" * 9000, b"xn--a.example", b"%6c", b"0x7f.1",
    "ⓛocalhost".encode(), b"localhost:1:2", b"[::1]x:2",
)  # fmt: skip
ORIGINS = (
    b"http://localhost:5173", b"https://shop.example.com", b"null", b"http://[", b"http://[::1", b"http://a:b", b"",
    b"http://a:99999", b"capacitor://localhost", b"http://a.example, http://b.example", b"http://" + b"a" * 5000,
    b"\xe9", b"http://\xff", b"HTTP://LOCALHOST:5173", b"http://localhost:5173/", b"*", b"file://", b"http://a\x00",
    b"http://xn--\xc3\xbc.example", b"javascript:x", b"http://localhost:5173\t", b"//", b"http://@", b"http:",
    b"http://%zz", b"http://[::ffff:1.2.3.4.5]", b"http://a" + b".a" * 200,
)  # fmt: skip
REQUESTED_METHODS = (b"GET", b"PUT", b"put", b"", b"P\xd6ST", b"GET,PUT", b"A" * 2000, b"*", b" ", b"TRACE", b"GE\x00T")
REQUESTED_HEADERS = (
    b"x-a", b"authorization,x-b", b"", b",,,", b"X-A, x-a ,X-A", b"\xff", b"a b", b"x," * 900, b"*", b"x-a\x00",
    b"x-" + b"a" * 4000, b"content-type;q=1",
)  # fmt: skip
CONTENT_LENGTHS = (
    b"-1", b"+5", b"0x5", b"5, 5", b"5,6", b"", b" ", b"00005", b"99999999999999999999999999", b"1e1", b"5 5", b"\xb2",
    b"4294967296", b"18446744073709551616", b"5.0", b"abc", b"11534337",
)  # fmt: skip
TRANSFER_ENCODINGS = (
    b"chunked", b"Chunked", b" chunked ", b"gzip, chunked", b"chunked, gzip", b"chunked, chunked", b"identity", b"gzip",
    b"xchunked", b"chunked\x00", b"", b",chunked", b"chunked;q=1", b"\"chunked\"", b"\x0bchunked",
)  # fmt: skip
CHUNK_SIZES = (
    b"-1", b"fffffffffffffffff", b"0x5", b"", b" 5", b"5 ", b"g", b"00000000000000000005", b"7fffffffffffffff", b"5;x",
    b"5;" + b"x" * 20000, b"5\n", b"+5", b"5\t", b"\xb2",
)  # fmt: skip
HEADERS = (
    (b"Connection", b"close"), (b"Connection", b"keep-alive"), (b"Connection", b"upgrade"), (b"Connection", b"host"),
    (b"Connection", b"Upgrade, HTTP2-Settings"), (b"Upgrade", b"h2c"), (b"Upgrade", b"websocket"), (b"Upgrade", b""),
    (b"Upgrade", b"TLS/1.0, h2c"), (b"HTTP2-Settings", b"AAMAAABkAAQAAP__"), (b"Sec-WebSocket-Version", b"13"),
    (b"Sec-WebSocket-Key", b"dGhlIHNhbXBsZSBub25jZQ=="), (b"Expect", b"100-continue"), (b"Expect", b"200-maybe"),
    (b"TE", b"trailers"), (b"Trailer", b"Content-Length"), (b"Keep-Alive", b"timeout=-1"), (b"Date", b"yesterday"),
    (b"Cookie", b"a=1; b=2"), (b"Cookie", b";;;=;a;\xff=\xfe"), (b"Cookie", b"a=" + b"x" * 4000), (b"cookie", b""),
    (b"Authorization", b"AWS4-HMAC-SHA256 x"), (b"Authorization", b"\xff\xfe"), (b"authorization", b"Bearer x=y"),
    (b"X-HTTP-Method-Override", b"\xd6"), (b"X-HTTP-Method-Override", b"PUT"), (b"X-Amzn-Trace-Id", b"Root=\xff"),
    (b"X-Amzn-Trace-Id", b"Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=\x1b[31m"), (b"X-Forwarded-For", b"\xff,,"),
    (b"Content-Type", b"application/json"), (b"Content-Type", b"multipart/form-data; boundary="),
    (b"Content-Type", b";"), (b"Content-Type", b"text/plain; charset=\xff"), (b"Content-Encoding", b"gzip"),
    (b"Content-MD5", b"x"),
    (b"Accept", b"image/png,*/*;q=x"), (b"Accept", b",;,"), (b"Accept-Encoding", b"zstd;q=-1"), (b"Range", b"bytes=-1"),
    (b"User-Agent", b"Mozilla/5.0 (\x1b]0;x\x07)"), (b"User-Agent", b""), (b"Sec-Fetch-Site", b"same-origin"),
    (b"Sec-Fetch-Mode", b"cors"), (b"Sec-Fetch-Mode", b"no-cors"), (b"Sec-Fetch-Mode", b"websocket"),
    (b":method", b"GET"), (b"Sec-Fetch-Storage-Access", b"active"), (b"", b"x"),
    (b"Access-Control-Request-Private-Network", b"true"),
    (b"a b", b"x"), (b"X\x00Y", b"x"), (b"X-Nul", b"a\x00b"), (b"X-Cr", b"a\rb"), (b"X-Lf", b"a\nb"), (b"\xe9", b"x"),
    (b"X-Fold", b"a\r\n b"), (b"X-Space ", b"x"), (b"\tX", b"x"), (b"X-C1", b"\x9b31m\x85"), (b"X", b"y" * 70_000),
    (b"Content-Length", b"0"), (b"Proxy-Connection", b"keep-alive"), (b"Max-Forwards", b"-1"), (b"Via", b"\xff"),
    (b"Referer", b"http://["), (b"If-None-Match", b"*"), (b"Priority", b"u=0"), (b"DNT", b"1"),
)  # fmt: skip
TRAILERS = (
    (b"Authorization", b"Bearer evil"), (b"Host", b"evil.example"), (b"Origin", b"http://evil.example"),
    (b"Content-Length", b"7"), (b"Transfer-Encoding", b"chunked"), (b"Cookie", b"a=evil"), (b"x-checksum", b"abc"),
    (b"Connection", b"close"), (b"\xff", b"\xfe"), (b"", b""), (b"a b", b"c"), (b"x", b"\x00"), (b"x", b"y" * 70_000),
    (b"Access-Control-Request-Method", b"PUT"), (b"Upgrade", b"h2c"),
)  # fmt: skip
GARBAGE = (
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64, b"\r\n" * 40, b"\n\n\n", b"\x00" * 200,
    b"\xff" * 99, b"GET /\r\n\r\n", b"GET\r\n\r\n", b" GET / HTTP/1.1\r\n\r\n", b"Content-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 119\r\n\r\n" + b'{"seq":1,"type":"request","command":"initialize"}', b"\r",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 60, b"SSH-2.0-x\r\n", b"EHLO x\r\n", b"*1\r\n$4\r\nPING\r\n",
    b"\x04\x01\x00",
)  # fmt: skip
