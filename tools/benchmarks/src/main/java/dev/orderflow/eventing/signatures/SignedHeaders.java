package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.signatures.SignaturesProperties.Mode;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventSigner;
import dev.orderflow.eventing.wire.EventVerifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Headers of signed events, and their verifier. The events have several times as many nodes as the verifier remembers, so that a tree
 * is verified again when it comes again.
 */
public final class SignedHeaders {

    private static final int PAGES = 18;

    /** Events that a relay with a backlog reads at once: 4 MiB of 2.2 KB. */
    private static final int PAGE = 1_850;

    private static final Duration NEVER = Duration.ofHours(1);

    private final KeyPair keys = newKeys();
    private final List<List<Header>> headers;
    private final EventVerifier verifier;

    /** @param metadata of each event, beside its id */
    public SignedHeaders(String topic, EventMetadata metadata, byte[] data) {
        var id = KeyId.of(keys.getPublic());
        var signer = new TreeSigner(
                new Refreshed<>("signing-key", () -> new SigningKey(id, keys.getPrivate()), Clock.systemUTC(), NEVER));
        this.headers = Stream.generate(() -> page(topic, metadata, data))
                .limit(PAGES)
                .map(signer::sign)
                .flatMap(List::stream)
                .toList();
        this.verifier = verifier(metadata.source());
    }

    private static List<EventSigner.Event> page(String topic, EventMetadata metadata, byte[] data) {
        return Stream.generate(() -> event(topic, metadata, data)).limit(PAGE).toList();
    }

    private static EventSigner.Event event(String topic, EventMetadata metadata, byte[] data) {
        var headers = new ArrayList<Header>(CloudEventHeaders.of(metadata));
        headers.replaceAll(header -> header.key().equals("ce_id")
                ? new RecordHeader("ce_id", UUID.randomUUID().toString().getBytes(UTF_8))
                : header);
        return new EventSigner.Event(topic, metadata.subject().getBytes(UTF_8), headers, data);
    }

    /** Returns the headers of the events, in the order in which they were sent. */
    public List<List<Header>> headers() {
        return headers;
    }

    public EventVerifier verifier() {
        return verifier;
    }

    private EventVerifier verifier(String source) {
        try {
            var file = Files.createTempFile("bench", ".pem");
            Files.writeString(
                    file,
                    "-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getEncoder()
                                    .encodeToString(keys.getPublic().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n");
            var trusted = TrustedKeys.read(Map.of(source, List.of(file)));
            Files.delete(file);
            return new TreeVerifier(
                    new Refreshed<>("trusted-keys", () -> trusted, Clock.systemUTC(), NEVER),
                    topic -> Mode.REQUIRE,
                    new SignatureMetrics(new SimpleMeterRegistry()),
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
