package dev.orderflow.eventing.signatures;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of trees whose roots have valid signatures: the most recently used ones. A node counts only together with the bytes of the
 * signature that proved it, and while the key of that signature is trusted for the event's source. Not thread-safe.
 */
final class AuthenticNodes {

    /** Several trees that are read at once, in about 1 MB. */
    private static final int MOST = 4_096;

    private final Map<Node, Proven> nodes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Node, Proven> eldest) {
            return size() > MOST;
        }
    };

    /** A valid signature and its key. */
    record Proven(byte[] signature, TrustedKey key) {}

    /** Returns what proves a node; null if nothing does, or not for this signature and source. */
    @Nullable
    Proven find(byte[] node, byte[] signature, TreeVerifier.Trust trust) {
        var proven = nodes.get(new Node(node));
        return proven != null
                        && Arrays.equals(proven.signature(), signature)
                        && proven.key().source().equals(trust.source())
                        && proven.key().equals(trust.find(proven.key().id()))
                ? proven
                : null;
    }

    /**
     * Adds the nodes of a path before {@code end}. Its leaf is left out unless it is the root: no other event shares it.
     */
    void add(byte[][] path, int end, Proven proven) {
        for (var index = path.length == 1 ? 0 : 1; index < end; index++) {
            nodes.put(new Node(path[index]), proven);
        }
    }

    /** A hash as the key of a map. Its first bytes are as good as any hash of it. */
    private record Node(byte[] hash) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Node node && Arrays.equals(node.hash, hash);
        }

        @Override
        public int hashCode() {
            return hash[0] << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
        }
    }
}
