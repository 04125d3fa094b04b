package dev.orderflow.eventing.signatures;

import static dev.orderflow.eventing.signatures.Bills.DATA;
import static dev.orderflow.eventing.signatures.Bills.KEY;
import static dev.orderflow.eventing.signatures.Bills.TOPIC;
import static dev.orderflow.eventing.signatures.Bills.signed;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.eventing.signatures.Refusal.Reason;
import dev.orderflow.eventing.signatures.SignaturesProperties.Mode;
import dev.orderflow.eventing.wire.ReceivedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that an event proves, or does not prove, for others of its tree. */
class RememberedNodesTests {

    private static final byte[] ALTERED = "{\"amount\":\"0.01\"}".getBytes(UTF_8);

    @TempDir
    Path folder;

    private final TestKey key = TestKey.create();
    private final List<RecordHeaders> signed = signed(key, 5);

    private TreeVerifier verifier;

    @BeforeEach
    void trustTheKey() {
        var places = Map.of("billing", List.of(key.writePublic(folder.resolve("billing/key.pem"))));
        verifier = new TreeVerifier(
                new Refreshed<>(
                        "trusted-keys", () -> TrustedKeys.read(places), Clock.systemUTC(), Duration.ofMinutes(1)),
                topic -> Mode.REQUIRE,
                new SignatureMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC());
    }

    @Test
    void anEventWithoutItsProofIsRefusedThoughTheOneBesideItWasVerified() {
        verify(signed.getFirst(), DATA);

        refused(without(signed.get(1)), DATA);
        refused(without(signed.get(2)), DATA);
        refused(without(signed.get(1)), ALTERED);
    }

    @Test
    void aRefusedProofProvesNothing() {
        var forged = signed.get(1);
        var leaf = new SignedContent(HashTree.sha256(), 1_000).hash(TOPIC, KEY.getBytes(UTF_8), forged, ALTERED);
        var first = signed.getFirst();
        var decoded = Base64.getUrlDecoder()
                .decode(first.lastHeader(SignedContent.PROOF).value());
        ByteBuffer.wrap(decoded).put(1, leaf);

        assertThat(decoded[0]).isEqualTo(HashTree.RIGHT);
        refused(with(first, decoded), DATA);
        refused(forged, ALTERED);
        refused(without(forged), ALTERED);

        verify(first, DATA);

        refused(with(first, decoded), ALTERED);
        refused(forged, ALTERED);
        refused(without(forged), ALTERED);
    }

    private void verify(RecordHeaders headers, byte[] data) {
        verifier.verify(TOPIC, KEY, new ReceivedEvent(headers, data));
    }

    private void refused(RecordHeaders headers, byte[] data) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> verify(headers, data))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.ALTERED));
    }

    private static RecordHeaders without(RecordHeaders event) {
        var headers = new RecordHeaders(event);
        headers.remove(SignedContent.PROOF);
        return headers;
    }

    private static RecordHeaders with(RecordHeaders event, byte[] proof) {
        var headers = without(event);
        headers.add(
                SignedContent.PROOF,
                Base64.getUrlEncoder().withoutPadding().encodeToString(proof).getBytes(US_ASCII));
        return headers;
    }
}
