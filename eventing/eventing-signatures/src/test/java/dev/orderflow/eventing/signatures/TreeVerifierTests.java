package dev.orderflow.eventing.signatures;

import static dev.orderflow.eventing.signatures.Bills.DATA;
import static dev.orderflow.eventing.signatures.Bills.KEY;
import static dev.orderflow.eventing.signatures.Bills.TOPIC;
import static dev.orderflow.eventing.signatures.Bills.signed;
import static dev.orderflow.eventing.signatures.Bills.unsigned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.signatures.Refusal.Reason;
import dev.orderflow.eventing.signatures.SignaturesProperties.Mode;
import dev.orderflow.eventing.wire.ReceivedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeVerifierTests {

    @TempDir
    Path folder;

    private final TestKey key = TestKey.create();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T00:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<RecordHeaders> signed = signed(key, 5);

    private TreeVerifier verifier;

    @BeforeEach
    void trustTheKey() {
        key.writePublic(folder.resolve("billing/current.pem"));
        verifier = verifier(Mode.REQUIRE);
    }

    @Test
    void signedEventsAreAccepted() {
        for (var headers : signed) {
            assertThatCode(() -> verifier.verify(TOPIC, KEY, event(headers))).doesNotThrowAnyException();
            assertThatCode(() -> verifier.verify(TOPIC, KEY, event(headers)))
                    .as("again")
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_id",
                "ce_source",
                "ce_type",
                "ce_specversion",
                "ce_subject",
                "ce_time",
                "ce_sequence",
                "ce_correlationid",
                "ce_causationid",
                "ce_intent",
                "ce_tenantid",
                "ce_priority",
                "ce_deadline",
                "ce_dedupkey",
                "ce_dataschema",
                "content-type"
            })
    void eachAttributeIsSigned(String name) {
        // An event of the same tree was verified before.
        verifier.verify(TOPIC, KEY, event(signed.getLast()));
        var value = new String(signed.getFirst().lastHeader(name).value(), UTF_8);

        refused(altered(headers -> set(headers, name, value + "x")), TOPIC, KEY);
        refused(altered(headers -> headers.remove(name)), TOPIC, KEY);
        refused(altered(headers -> headers.add(name, value.getBytes(UTF_8))), TOPIC, KEY);
        verifier.verify(TOPIC, KEY, event(signed.getFirst()));
    }

    @Test
    void anAttributeThatIsAddedIsRefused() {
        refused(altered(headers -> headers.add("ce_region", "north".getBytes(UTF_8))), TOPIC, KEY);
    }

    @Test
    void anAlteredOrMovedEventIsRefused() {
        refused(new ReceivedEvent(signed.getFirst(), "{\"amount\":\"0.01\"}".getBytes(UTF_8)), TOPIC, KEY);
        refused(new ReceivedEvent(signed.getFirst(), null), TOPIC, KEY);
        refused(event(signed.getFirst()), "bills-of-others", KEY);
        refused(event(signed.getFirst()), TOPIC, "bill-2");
        refused(event(signed.getFirst()), TOPIC, null);
        assertThat(meters.get("eventing.signatures.refused")
                        .tag("reason", "altered")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    /** Bytes that move from one part to the next leave the concatenation as it is. */
    @Test
    void partsAreNotConfused() {
        refused(event(signed.getFirst()), TOPIC + KEY, "");
        var joined = altered(headers -> {
            var intent = new String(headers.lastHeader("ce_intent").value(), UTF_8);
            set(headers, "ce_intent", intent + "1");
            set(headers, "ce_dedupkey", "edup");
        });
        refused(joined, TOPIC, KEY);
    }

    @Test
    void headersThatAreNoAttributesMayChange() {
        var passedOn = altered(headers -> {
            set(headers, "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            headers.add("dead_id", new byte[] {1});
        });

        assertThatCode(() -> verifier.verify(TOPIC, KEY, passedOn)).doesNotThrowAnyException();
    }

    @Test
    void theOrderOfAttributesDoesNotMatter() {
        var reversed = new RecordHeaders();
        for (var header : List.of(signed.getFirst().toArray()).reversed()) {
            reversed.add(header);
        }

        assertThatCode(() -> verifier.verify(TOPIC, KEY, event(reversed))).doesNotThrowAnyException();
    }

    @Test
    void aSignatureOfAnotherKeyIsRefused() {
        var stranger = TestKey.create();

        refused(event(signed(stranger, 1).getFirst()), TOPIC, KEY, Reason.UNKNOWN_KEY);

        // Names the trusted key, but is made by another.
        var impostor = new TestKey(stranger.pair());
        var forged = new TreeSigner(new Refreshed<>(
                        "key",
                        () -> new SigningKey(key.id(), impostor.pair().getPrivate()),
                        clock,
                        Duration.ofMinutes(1)))
                .sign(List.of(unsigned(1).getFirst()));
        refused(event(new RecordHeaders(forged.getFirst())), TOPIC, KEY, Reason.ALTERED);
    }

    /** The key of one service must not vouch for another. */
    @Test
    void aKeyIsTrustedForItsSourceOnly() {
        var shipping = TestKey.create();
        shipping.writePublic(folder.resolve("shipping/key.pem"));
        verifier = verifier(Mode.REQUIRE);

        refused(event(signed(shipping, 3).getFirst()), TOPIC, KEY, Reason.UNKNOWN_KEY);
    }

    @Test
    void whatIsNotSignedIsRefusedWhereItMustBe() {
        var unsigned = event(new RecordHeaders(unsigned(1).getFirst().headers()));
        refused(unsigned, TOPIC, KEY, Reason.UNSIGNED);

        verifier = verifier(Mode.ACCEPT_UNSIGNED);
        assertThatCode(() -> verifier.verify(TOPIC, KEY, unsigned)).doesNotThrowAnyException();
        refused(new ReceivedEvent(signed.getFirst(), new byte[0]), TOPIC, KEY);
        assertThat(meters.get("eventing.signatures.unsigned").counter().count()).isEqualTo(1);
    }

    @Test
    void aReplacedSignatureIsRefusedAlsoAfterAnEventOfItsTree() {
        signed.forEach(headers -> verifier.verify(TOPIC, KEY, event(headers)));
        var none = Base64.getUrlEncoder().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "..";

        refused(altered(headers -> set(headers, SignedContent.SIGNATURE, none)), TOPIC, KEY, Reason.ALGORITHM);
        refused(
                altered(headers -> set(headers, SignedContent.SIGNATURE, "x".repeat(100_000))),
                TOPIC,
                KEY,
                Reason.MALFORMED);
        refused(altered(headers -> headers.remove(SignedContent.SIGNATURE)), TOPIC, KEY, Reason.UNSIGNED);
    }

    @Test
    void aProofThatIsNoneIsRefused() {
        refused(altered(headers -> headers.remove(SignedContent.PROOF)), TOPIC, KEY, Reason.ALTERED);
        for (var proof : List.of("AAAA", "%%%", "A".repeat(100_000))) {
            refused(altered(headers -> set(headers, SignedContent.PROOF, proof)), TOPIC, KEY, Reason.MALFORMED);
        }
        refused(altered(headers -> set(headers, SignedContent.PROOF, "A".repeat(44))), TOPIC, KEY, Reason.ALTERED);
        var proof = signed.get(1).lastHeader(SignedContent.PROOF).value();
        refused(
                altered(headers -> set(headers, SignedContent.PROOF, new String(proof, UTF_8))),
                TOPIC,
                KEY,
                Reason.ALTERED);
    }

    @Test
    void aKeyIsTrustedUntilItsEnd() {
        key.writePublic(folder.resolve("billing/current.pem"), "2026-12-01T00:00:00Z");
        verifier = verifier(Mode.REQUIRE);
        verifier.verify(TOPIC, KEY, event(signed.getFirst()));

        now.set(Instant.parse("2026-12-01T00:00:00Z"));

        refused(event(signed.getFirst()), TOPIC, KEY, Reason.EXPIRED_KEY);
        refused(event(signed.getLast()), TOPIC, KEY, Reason.EXPIRED_KEY);
    }

    @Test
    void keysAreRotatedWhileEventsOfBothAreRead() throws Exception {
        var next = TestKey.create();
        verifier.verify(TOPIC, KEY, event(signed.getFirst()));
        var later = signed(next, 3);
        refused(event(later.getFirst()), TOPIC, KEY, Reason.UNKNOWN_KEY);

        next.writePublic(folder.resolve("billing/next.pem"));
        now.updateAndGet(time -> time.plusSeconds(60));
        later.forEach(headers -> verifier.verify(TOPIC, KEY, event(headers)));
        signed.forEach(headers -> verifier.verify(TOPIC, KEY, event(headers)));

        Files.delete(folder.resolve("billing/current.pem"));
        now.updateAndGet(time -> time.plusSeconds(60));
        later.forEach(headers -> verifier.verify(TOPIC, KEY, event(headers)));
        refused(event(signed.getFirst()), TOPIC, KEY, Reason.UNKNOWN_KEY);
    }

    /** The publisher can write this header, too, so it excuses nothing. */
    @Test
    void onlyAStoredRecordIsReduced() {
        var reduced = altered(headers ->
                headers.remove("ce_time").add(SourceRecord.REDUCED, "1001 headers of 9 bytes".getBytes(UTF_8)));

        refused(reduced, TOPIC, KEY, Reason.ALTERED);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> verifier.verifyStored(TOPIC, KEY, reduced))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.REDUCED));
    }

    private void refused(ReceivedEvent event, String topic, @Nullable String recordKey) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> verifier.verify(topic, recordKey, event));
    }

    private void refused(ReceivedEvent event, String topic, String recordKey, Reason reason) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> verifier.verify(topic, recordKey, event))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private ReceivedEvent altered(Consumer<RecordHeaders> change) {
        var headers = new RecordHeaders(signed.getFirst());
        change.accept(headers);
        return event(headers);
    }

    private static void set(RecordHeaders headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }

    private static ReceivedEvent event(RecordHeaders headers) {
        return new ReceivedEvent(headers, DATA);
    }

    private TreeVerifier verifier(Mode mode) {
        var trusted = Files.isDirectory(folder.resolve("shipping"))
                ? Map.of("billing", List.of(folder.resolve("billing")), "shipping", List.of(folder.resolve("shipping")))
                : Map.of("billing", List.of(folder.resolve("billing")));
        return new TreeVerifier(
                new Refreshed<>(
                        "trusted-keys",
                        TrustedKeys.read(trusted),
                        last -> last.again(trusted),
                        clock,
                        Duration.ofSeconds(30)),
                topic -> mode,
                new SignatureMetrics(meters),
                clock);
    }
}
