package dev.orderflow.eventing.signatures;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Signatures of events.
 *
 * @param key     file with the private key that signs this application's events, Ed25519 as PKCS#8 in PEM; unset: events are not
 *                signed
 * @param trusted public keys by source: PEM files, or directories of files named {@code *.pem}. A line {@code Not-After:} with a
 *                time before a key says how long it is trusted. Empty: nothing is verified
 * @param verify  whether events without a signature are accepted from topics that {@code topics} does not name
 * @param topics  whether events without a signature are accepted, by topic
 * @param refresh interval at which the files are read again
 */
@Validated
@ConfigurationProperties("eventing.signatures")
record SignaturesProperties(
        @Nullable Path key,
        @DefaultValue @Size(max = 1_000) Map<String, @NotNull @Size(min = 1, max = 16) List<Path>> trusted,
        @DefaultValue("accept-unsigned") Mode verify,
        @DefaultValue Map<String, Mode> topics,

        @DefaultValue("30s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration refresh) {

    /** Treatment of events without a signature. A wrong signature is refused in any case. */
    enum Mode {
        /** Accepts events that are not signed, and signed ones of sources without trusted keys: for the time of a migration. */
        ACCEPT_UNSIGNED,
        /** Accepts only events that a trusted key of their source has signed. */
        REQUIRE
    }

    Mode of(String topic) {
        return topics.getOrDefault(topic, verify);
    }

    @AssertTrue(message = "trusted must name the keys of at least one source where signatures are required")
    boolean isVerifiable() {
        return !trusted.isEmpty() || verify != Mode.REQUIRE && !topics.containsValue(Mode.REQUIRE);
    }
}
