package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.signatures.Refusal.Reason;
import dev.orderflow.eventing.signatures.SignaturesProperties.Mode;
import dev.orderflow.eventing.wire.EventVerifier;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies events that a {@link TreeSigner} has signed. The nodes on the way to a root whose signature was valid are remembered: the
 * next event of the tree is as authentic as the first node that it shares with an earlier one. Not thread-safe.
 */
class TreeVerifier implements EventVerifier {

    private static final int MOST_STEPS = 16;

    /** A step in base64url, without padding. */
    private static final int STEP_CHARACTERS = HashTree.STEP * 4 / 3;

    private static final int LONGEST_PROOF = MOST_STEPS * STEP_CHARACTERS;

    /** Signed headers, as many as a stored record has at most. */
    private static final int MOST_HEADERS = 1_000;

    private final Refreshed<TrustedKeys> keys;
    private final Function<String, Mode> modes;
    private final SignatureMetrics metrics;
    private final Clock clock;
    private final AuthenticNodes authentic = new AuthenticNodes();
    private final MessageDigest digest = HashTree.sha256();
    private final SignedContent content = new SignedContent(digest, MOST_HEADERS);

    TreeVerifier(Refreshed<TrustedKeys> keys, Function<String, Mode> modes, SignatureMetrics metrics, Clock clock) {
        this.keys = keys;
        this.modes = modes;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public boolean isRequired(String topic) {
        return modes.apply(topic) == Mode.REQUIRE;
    }

    @Override
    public void verify(String topic, @Nullable String key, ReceivedEvent event) {
        try {
            verifySigned(topic, key, event);
        } catch (Refusal e) {
            throw counted(e);
        }
    }

    @Override
    public void verifyStored(String topic, @Nullable String key, ReceivedEvent event) {
        try {
            verifySigned(topic, key, event);
        } catch (Refusal e) {
            var reduced = event.headers().lastHeader(SourceRecord.REDUCED) != null && e.reason() == Reason.ALTERED;
            throw counted(reduced ? new Refusal(Reason.REDUCED, "parts of the event were too large to store") : e);
        }
    }

    private Refusal counted(Refusal refusal) {
        metrics.refused(refusal.reason());
        return refusal;
    }

    private void verifySigned(String topic, @Nullable String key, ReceivedEvent event) {
        var source = event.source();
        var signature = value(event, SignedContent.SIGNATURE);
        var current = keys.get();
        if (signature == null || source == null || !current.knows(source)) {
            if (isRequired(topic)) {
                throw signature == null || source == null
                        ? new Refusal(Reason.UNSIGNED, "the event has no signature, which " + topic + " requires")
                        : new Refusal(
                                Reason.UNKNOWN_KEY, "no key of the source " + Refusal.shown(source) + " is trusted");
            }
            metrics.unsigned();
            return;
        }
        var leaf = content.hash(topic, key == null ? null : key.getBytes(UTF_8), event.headers(), event.data());
        var trusted = authenticate(leaf, proof(event), signature, new Trust(source, current));
        if (trusted.notAfter() != null && trusted.isExpired(clock.millis())) {
            throw new Refusal(
                    Reason.EXPIRED_KEY,
                    "the key " + trusted.id() + " of " + source + " was trusted until " + trusted.notAfter());
        }
    }

    /**
     * Climbs from a leaf to a node that is known to be authentic, or else to the root. The leaf is remembered only if it is the root:
     * no other event shares it.
     */
    private TrustedKey authenticate(byte[] leaf, byte[] proof, byte[] signature, Trust trust) {
        var steps = proof.length / STEP_CHARACTERS;
        var path = new byte[steps + 1][];
        path[0] = leaf;
        var known = steps == 0 ? authentic.find(leaf, signature, trust) : null;
        var reached = 0;
        while (known == null && reached < steps) {
            path[reached + 1] = above(path[reached], proof, reached * STEP_CHARACTERS);
            reached++;
            known = authentic.find(path[reached], signature, trust);
        }
        var proven =
                known == null ? new AuthenticNodes.Proven(signature, verifyRoot(path[steps], signature, trust)) : known;
        for (var index = Math.min(1, steps); index <= reached; index++) {
            authentic.add(path[index], proven);
        }
        return proven.key();
    }

    private byte[] above(byte[] node, byte[] proof, int offset) {
        var step = step(proof, offset);
        var other = Arrays.copyOfRange(step, 1, HashTree.STEP);
        return step[0] == HashTree.LEFT ? HashTree.node(digest, other, node) : HashTree.node(digest, node, other);
    }

    /** Decodes one step, since most events need only the first of them. */
    private static byte[] step(byte[] proof, int offset) {
        try {
            var step = Base64.getUrlDecoder().decode(Arrays.copyOfRange(proof, offset, offset + STEP_CHARACTERS));
            if (step.length == HashTree.STEP) {
                return step;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new Refusal(Reason.MALFORMED, "ce_signatureproof is not base64url");
    }

    private static TrustedKey verifyRoot(byte[] root, byte[] signature, Trust trust) {
        var jws = DetachedJws.parse(signature);
        var key = trust.find(jws.keyId());
        if (key == null) {
            throw new Refusal(
                    Reason.UNKNOWN_KEY,
                    "the key " + Refusal.shown(jws.keyId()) + " is not trusted for the source "
                            + Refusal.shown(trust.source()));
        }
        if (!jws.isBy(key, root)) {
            throw new Refusal(
                    Reason.ALTERED,
                    "topic, key, attributes and data are not those that the key " + key.id() + " has signed");
        }
        return key;
    }

    /** The keys that may have signed an event. */
    record Trust(String source, TrustedKeys keys) {

        @Nullable
        TrustedKey find(String id) {
            return keys.find(source, id);
        }
    }

    private static byte[] proof(ReceivedEvent event) {
        var value = value(event, SignedContent.PROOF);
        if (value == null) {
            return new byte[0];
        }
        if (value.length > LONGEST_PROOF) {
            throw new Refusal(
                    Reason.MALFORMED, "ce_signatureproof has " + value.length + " bytes, more than " + LONGEST_PROOF);
        }
        if (value.length % STEP_CHARACTERS != 0) {
            throw new Refusal(Reason.MALFORMED, "ce_signatureproof is not a list of hashes");
        }
        return value;
    }

    private static byte @Nullable [] value(ReceivedEvent event, String name) {
        var header = event.headers().lastHeader(name);
        return header == null ? null : header.value();
    }
}
