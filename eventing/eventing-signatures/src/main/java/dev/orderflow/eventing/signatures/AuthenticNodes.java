package dev.orderflow.eventing.signatures;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of trees whose roots have valid signatures. A node counts only together with the bytes of the signature that proved it, and
 * for the source whose key that is.
 * <p>
 * A node may take the place of another: that one is then proven again, by a node above it or by the signature. Not thread-safe.
 */
final class AuthenticNodes {

    /** A power of two. Two large trees, or many small ones, in less than 1 MB. */
    private static final int PLACES = 16_384;

    private final byte[] nodes = new byte[PLACES * HashTree.HASH];
    private final @Nullable Proven[] proofs = new Proven[PLACES];

    /** A valid signature and its key. */
    record Proven(byte[] signature, TrustedKey key) {}

    /** Returns what proves a node; null if nothing does, or not for this signature and source. */
    @Nullable
    Proven find(byte[] node, byte[] signature, String source) {
        var place = placeOf(node);
        var proven = proofs[place];
        var from = place * HashTree.HASH;
        return proven != null
                        && Arrays.equals(nodes, from, from + HashTree.HASH, node, 0, HashTree.HASH)
                        && Arrays.equals(proven.signature(), signature)
                        && proven.key().source().equals(source)
                ? proven
                : null;
    }

    void add(byte[] node, Proven proven) {
        var place = placeOf(node);
        System.arraycopy(node, 0, nodes, place * HashTree.HASH, HashTree.HASH);
        proofs[place] = proven;
    }

    void clear() {
        Arrays.fill(proofs, null);
    }

    /** The first bits of a hash are as good as any. */
    private static int placeOf(byte[] node) {
        return ((node[0] & 0xff) << 8 | node[1] & 0xff) & PLACES - 1;
    }
}
