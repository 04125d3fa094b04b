package dev.orderflow.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Double of the sandbox's lists. It returns at most two items per page, so that paging is tested, too. */
final class SandboxDouble implements AutoCloseable {

    private static final int PAGE = 2;

    final List<Map<String, Object>> payments = new ArrayList<>();
    final List<Map<String, Object>> shipments = new ArrayList<>();
    final List<Map<String, Object>> mails = new ArrayList<>();
    private final HttpServer server;

    SandboxDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/sandbox/payments", exchange -> answer(exchange, payments));
            server.createContext("/sandbox/shipments", exchange -> answer(exchange, shipments));
            server.createContext("/sandbox/mails", exchange -> answer(exchange, mails));
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, List<Map<String, Object>> items) throws IOException {
        var query = Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
                .map(parameter -> parameter.split("="))
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> Integer.parseInt(parameter[1])));
        var page = items.stream().skip(query.get("offset")).limit(PAGE).toList();
        var body = JsonMapper.shared()
                .writeValueAsString(Map.of("items", page, "total", items.size()))
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
