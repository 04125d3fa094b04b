package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A complete request of any content.
 *
 * @param target  path and query as they are sent
 * @param headers each with its line end
 * @param body    null for none
 */
record FuzzCase(
        String method,
        String target,
        String headers,
        @Nullable String body) {

    private static final int SHOWN = 300;

    /** Returns its bytes as Latin-1 characters. */
    String text(String credentials) {
        var authorization = credentials.isEmpty() ? "" : "Authorization: " + credentials + "\r\n";
        var content = body == null ? "" : new String(body.getBytes(UTF_8), ISO_8859_1);
        var length = body == null && method.equals("GET") ? "" : "Content-Length: " + content.length() + "\r\n";
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization + headers
                + length + "\r\n" + content;
    }

    @Override
    public String toString() {
        return method + " " + shortened(target) + " " + shortened(headers.replace("\r\n", " ")) + shortened(body);
    }

    private static String shortened(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + ")";
    }
}
