package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Generator of malformed requests, reproducible by seed. */
final class HostileRequests {

    private static final List<String> METHODS = List.of(
            "GET",
            "POST",
            "PUT",
            "DELETE",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "PATCH",
            "CONNECT",
            "get",
            "BREW",
            "",
            "G\0T",
            "X".repeat(3000));
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json;charset=utf-16",
            "application/json;charset=nonsense",
            "*/*",
            "application/*",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/yaml",
            "text/xml",
            "application/x-www-form-urlencoded",
            "application/cbor",
            "\u00fc",
            "a/b/c",
            "",
            ",");
    private static final List<String> ACCEPTS = List.of(
            "*/*",
            "application/xml",
            "text/html",
            "application/json;q=0",
            "application/yaml",
            "a/b/c",
            ";;",
            "",
            "application/json;q=NaN",
            "text/event-stream");
    private static final List<String> QUERIES = List.of(
            "?await=PAID&timeout=1s",
            "?await=",
            "?await=SOLD",
            "?await=%zz",
            "?limit=-1",
            "?limit=99999999999999999999",
            "?cursor=%00",
            "?cursor=" + "a".repeat(5000),
            "?customerId=%F0%9F%98%80",
            "?customerId=%ff%fe",
            "?status=PAID",
            "?" + "a=b&".repeat(1500),
            "?;=&&==",
            "?timeout=PT1S",
            "?timeout=99999999999999999s&await=PAID",
            "?{}",
            "?#");
    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "{",
            "\"\"",
            "{}",
            "0",
            "1e999999999",
            "\ufeff{}",
            "[".repeat(20_000),
            "{\"a\":".repeat(5_000),
            "9".repeat(200_000),
            "{\"" + "n".repeat(60_000) + "\":1}",
            "{\"customerId\":\"" + "x".repeat(400_000) + "\"}");
    private static final List<String> VALUES = List.of(
            "1e300000000",
            "-1e-300000000",
            "1.0",
            "\"3\"",
            "null",
            "true",
            "[]",
            "{}",
            "99999999999999999999",
            "-1",
            "0",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"" + "\ud83d\ude00".repeat(100) + "\"",
            "\"" + "\ud83d\ude00".repeat(101) + "\"",
            "\"../../etc/passwd\"",
            "NaN",
            "\"" + "9".repeat(5000) + "\"");

    private final Random random;
    private final String sku;
    private final UUID order;
    private final String headers;

    /**
     * Creates a generator.
     *
     * @param headers of each request before it is mutated, each with its line end
     */
    HostileRequests(long seed, String sku, UUID order, String headers) {
        this.headers = headers;
        this.random = new Random(seed);
        this.sku = sku;
        this.order = order;
    }

    /**
     * Bytes of a request as Latin-1 characters.
     *
     * @param parts sent one after the other, with pauses
     */
    record Hostile(List<String> parts) {

        String text() {
            return String.join("", parts);
        }
    }

    Hostile next() {
        var request = base();
        for (var mutation = random.nextInt(4); mutation >= 0; mutation--) {
            request = mutate(request);
        }
        return cut(latin1(request.text(random.nextInt(12) == 0)));
    }

    private record Request(String method, String path, String headers, String body) {

        /**
         * Renders the request.
         *
         * @param lies whether its content length is wrong
         */
        String text(boolean lies) {
            var length = body.getBytes(UTF_8).length + (lies ? 7 : 0);
            var chunked = headers.contains("Transfer-Encoding");
            var hasLength = headers.contains("Content-Length");
            return method + " " + path + " HTTP/1.1\r\nHost: order-service\r\n" + headers
                    + (chunked || hasLength || body.isEmpty() && !method.equals("POST")
                            ? ""
                            : "Content-Length: " + length + "\r\n")
                    + "\r\n" + body;
        }
    }

    private Request base() {
        var json = headers + "Content-Type: application/json\r\n";
        return switch (random.nextInt(6)) {
            case 0 -> new Request("GET", "/api/orders/" + order, headers, "");
            case 1 -> new Request("GET", "/api/orders", headers, "");
            case 2 -> new Request("POST", "/api/orders/" + order + "/cancel", headers, "");
            case 3 -> new Request("GET", "/api/products/" + sku, headers, "");
            case 4 ->
                new Request(
                        "PUT",
                        "/api/products/" + sku,
                        json,
                        "{\"name\":\"Product of a test\",\"unitPrice\":{\"amount\":\"15.30\",\"currency\":\"GBP\"}}");
            default ->
                new Request("POST", "/api/orders", json + "Idempotency-Key: " + random.nextInt(5) + "\r\n", body());
        };
    }

    private String body() {
        return "{\"customerId\":\"hostile\",\"lines\":[{\"sku\":\"" + sku
                + "\",\"quantity\":1}],\"coupons\":[],\"paymentMethod\":\"CARD\"}";
    }

    private Request mutate(Request it) {
        return switch (random.nextInt(12)) {
            case 0 -> new Request(any(METHODS), it.path, it.headers, it.body);
            case 1 -> new Request(it.method, it.path + any(QUERIES), it.headers, it.body);
            case 2 -> new Request(it.method, encoded(it.path), it.headers, it.body);
            case 3 ->
                new Request(
                        it.method,
                        it.path + any(List.of("/", "//", "/..", ";a=b", "%00", "%2F", "\\", "/%")),
                        it.headers,
                        it.body);
            case 4 -> new Request(it.method, it.path, it.headers + "Content-Type: " + any(TYPES) + "\r\n", it.body);
            case 5 -> new Request(it.method, it.path, "Content-Type: " + any(TYPES) + "\r\n", it.body);
            case 6 -> new Request(it.method, it.path, it.headers + "Accept: " + any(ACCEPTS) + "\r\n", it.body);
            case 7 -> new Request(it.method, it.path, it.headers + header(), it.body);
            case 8 -> new Request(it.method, it.path, it.headers, any(BODIES));
            case 9 -> new Request(it.method, it.path, it.headers, withValue(it.body));
            case 10 -> new Request(it.method, it.path, it.headers, flipped(it.body));
            default ->
                new Request(
                        it.method,
                        it.path,
                        it.headers + "Transfer-Encoding: chunked\r\n",
                        any(List.of(
                                it.body,
                                "5\r\nhello\r\n0\r\n\r\n",
                                "ffffffffff\r\n",
                                "-1\r\n",
                                "0\r\n\r\n",
                                "1;x=" + "y".repeat(9000))));
        };
    }

    private String header() {
        return any(List.of(
                        "Content-Length: -1",
                        "Content-Length: 99999999999999999999",
                        "Content-Length: 5",
                        "Expect: 100-continue",
                        "Expect: nonsense",
                        "Range: bytes=0-",
                        "If-Match: *",
                        "Connection: upgrade\r\nUpgrade: h2c",
                        "Upgrade: websocket",
                        "X-HTTP-Method-Override: DELETE",
                        "Transfer-Encoding: gzip",
                        "Host: other",
                        "Content-Encoding: gzip",
                        "X-Forwarded-For: 1.2.3.4, ,",
                        "Forwarded: for=\"_",
                        "Origin: null",
                        "Idempotency-Key: ",
                        "Idempotency-Key: " + "k".repeat(201),
                        "Cookie: " + "c=d;".repeat(500),
                        "Accept-Language: \u00fc",
                        "X: " + "x".repeat(9000),
                        "No colon",
                        ": empty",
                        " folded: a",
                        "Authorization: Basic !",
                        "Accept-Charset: x"))
                + "\r\n";
    }

    private String encoded(String path) {
        var at = 1 + random.nextInt(path.length() - 1);
        var letter = path.charAt(at);
        return path.substring(0, at) + String.format(Locale.ROOT, "%%%02x", (int) letter) + path.substring(at + 1);
    }

    /** Returns a body with one of its values replaced. */
    private String withValue(String body) {
        var places = List.of("\"hostile\"", "\"" + sku + "\"", ":1}", "[]", "\"CARD\"", "\"15.30\"", "\"GBP\"");
        var place = any(places);
        return body.replace(place, place.equals(":1}") ? ":" + any(VALUES) + "}" : any(VALUES));
    }

    private String flipped(String body) {
        if (body.isEmpty()) {
            return body;
        }
        var at = random.nextInt(body.length());
        return body.substring(0, at) + (char) random.nextInt(256) + body.substring(at + 1);
    }

    /** Sends the text whole, in parts, or with its end missing. */
    private Hostile cut(String text) {
        return switch (random.nextInt(8)) {
            case 0 -> new Hostile(List.of(text.substring(0, random.nextInt(text.length()))));
            case 1 -> {
                var at = random.nextInt(text.length());
                yield new Hostile(List.of(text.substring(0, at), text.substring(at)));
            }
            default -> new Hostile(List.of(text));
        };
    }

    private static String latin1(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
