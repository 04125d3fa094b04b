package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.signatures.Refusal.Reason;
import dev.orderflow.eventing.signatures.SignaturesProperties.Mode;
import dev.orderflow.eventing.wire.EventVerifier;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies events that a {@link TreeSigner} has signed. While the same keys are trusted, the nodes on the way to a root whose
 * signature was valid, and those beside it, are remembered: the next event of the tree is as authentic as the first of them that it
 * leads to. Not thread-safe.
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
    private TrustedKeys trusted;

    TreeVerifier(Refreshed<TrustedKeys> keys, Function<String, Mode> modes, SignatureMetrics metrics, Clock clock) {
        this.keys = keys;
        this.trusted = keys.get();
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
        var current = currentKeys();
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
        var signer = authenticate(leaf, event, signature, source);
        if (signer.notAfter() != null && signer.isExpired(clock.millis())) {
            throw new Refusal(
                    Reason.EXPIRED_KEY,
                    "the key " + signer.id() + " of " + source + " was trusted until " + signer.notAfter());
        }
    }

    /** Returns the trusted keys, and forgets what was proven by earlier ones when they change. */
    private TrustedKeys currentKeys() {
        var current = keys.get();
        if (current != trusted) {
            authentic.clear();
            trusted = current;
        }
        return current;
    }

    /**
     * Climbs from a leaf to a node that is known to be authentic, or else to the root. The nodes on the way are then authentic, and so
     * are those beside it, from which the node above was computed: half of all events that come in order need no climbing. An event
     * without a proof counts only as a root, so that its acceptance does not depend on what was read before.
     */
    private TrustedKey authenticate(byte[] leaf, ReceivedEvent event, byte[] signature, String source) {
        var proof = proof(event);
        var known = proof.length == 0 ? null : authentic.find(leaf, signature, source);
        if (known != null) {
            return known.key();
        }
        var path = new ArrayList<byte[]>();
        var node = leaf;
        path.add(node);
        for (var offset = 0; known == null && offset < proof.length; offset += STEP_CHARACTERS) {
            var step = step(proof, offset);
            var other = Arrays.copyOfRange(step, 1, HashTree.STEP);
            node = step[0] == HashTree.LEFT ? HashTree.node(digest, other, node) : HashTree.node(digest, node, other);
            path.add(other);
            path.add(node);
            known = authentic.find(node, signature, source);
        }
        var proven = known == null ? verifyRoot(node, signature, source) : known;
        path.forEach(each -> authentic.add(each, proven));
        return proven.key();
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

    private AuthenticNodes.Proven verifyRoot(byte[] root, byte[] signature, String source) {
        var jws = DetachedJws.parse(signature);
        var key = trusted.find(source, jws.keyId());
        if (key == null) {
            throw new Refusal(
                    Reason.UNKNOWN_KEY,
                    "the key " + Refusal.shown(jws.keyId()) + " is not trusted for the source "
                            + Refusal.shown(source));
        }
        if (!jws.isBy(key, root)) {
            throw new Refusal(
                    Reason.ALTERED,
                    "topic, key, attributes and data are not those that the key " + key.id() + " has signed");
        }
        return new AuthenticNodes.Proven(signature, key);
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
