package dev.orderflow.verify.evidence;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the sandbox's lists. E-mails are only ever added, so each read continues after the last. Not thread-safe. */
final class Sandbox implements AutoCloseable {

    /** Maximum page size of the sandbox. */
    private static final int PAGE = 10_000;

    private final URI uri;
    private final Share share;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, Map<String, Integer>> mails = new HashMap<>();
    private int mailsRead;

    private record Page<T>(List<T> items, int total) {}

    private record Shipment(String orderId, String state) {}

    private record Mail(@Nullable String orderId, @Nullable String status) {}

    /**
     * Creates a client.
     *
     * @param share what to keep of the lists
     */
    Sandbox(URI uri, Share share) {
        this.share = share;
        this.uri = uri;
    }

    OutsideWorld read() {
        var payments = new ArrayList<OutsideWorld.Payment>();
        readAll("payments", new TypeReference<Page<OutsideWorld.Payment>>() {}, payment -> {
            if (share.has(payment.orderId())) {
                payments.add(payment);
            }
        });
        var shipments = new HashMap<String, String>();
        readAll("shipments", new TypeReference<Page<Shipment>>() {}, shipment -> {
            if (share.has(shipment.orderId())) {
                shipments.put(shipment.orderId(), shipment.state().intern());
            }
        });
        readMails();
        return new OutsideWorld(payments.stream().collect(groupingBy(OutsideWorld.Payment::orderId)), shipments, mails);
    }

    @Override
    public void close() {
        http.close();
    }

    private <T> void readAll(String list, TypeReference<Page<T>> type, Consumer<T> each) {
        var read = 0;
        Page<T> page;
        do {
            page = get(list, read, type);
            read += page.items().size();
            page.items().forEach(each);
        } while (read < page.total() && !page.items().isEmpty());
    }

    private void readMails() {
        Page<Mail> page;
        do {
            page = get("mails", mailsRead, new TypeReference<>() {});
            page.items().forEach(this::count);
            mailsRead += page.items().size();
        } while (mailsRead < page.total() && !page.items().isEmpty());
    }

    /** Counts an e-mail; the sink may also hold e-mails that are not about orders. */
    private void count(Mail mail) {
        if (mail.orderId() != null && mail.status() != null && share.has(mail.orderId())) {
            mails.computeIfAbsent(mail.orderId(), first -> new HashMap<>(4))
                    .merge(mail.status().intern(), 1, Integer::sum);
        }
    }

    private <T> Page<T> get(String list, int offset, TypeReference<Page<T>> type) {
        var page = uri.resolve(String.format(Locale.ROOT, "/sandbox/%s?limit=%d&offset=%d", list, PAGE, offset));
        var request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(20)).build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw away(new IOException(page + " answered " + response.statusCode()));
            }
            return json.readValue(response.body(), type);
        } catch (IOException | JacksonException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    private SourceAwayException away(Exception cause) {
        return new SourceAwayException(
                "the sandbox does not respond at " + uri + "; start it with ./demo start sandbox", cause);
    }
}
