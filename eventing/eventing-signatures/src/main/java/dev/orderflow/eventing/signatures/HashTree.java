package dev.orderflow.eventing.signatures;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hash tree (Merkle, 1987) over the events that are signed together. Its root is signed, and each event has the hashes beside its way
 * to the root. A signature takes a hundred times as long as an event is consumed; a hash does not matter.
 * <p>
 * Leaves and nodes are hashed with different first bytes, as in RFC 9162: a node could otherwise pass for an event.
 */
final class HashTree {

    static final int HASH = 32;

    /** Bytes of a step to the root: the side of the other hash, and that hash. */
    static final int STEP = 1 + HASH;

    static final byte LEFT = 0;
    static final byte RIGHT = 1;

    private static final byte NODE = 1;

    private final List<List<byte[]>> levels = new ArrayList<>();

    /** @param leaves at least one */
    HashTree(List<byte[]> leaves) {
        var digest = sha256();
        var level = leaves;
        levels.add(level);
        while (level.size() > 1) {
            var above = new ArrayList<byte[]>((level.size() + 1) / 2);
            for (var index = 0; index < level.size(); index += 2) {
                above.add(
                        index + 1 < level.size()
                                ? node(digest, level.get(index), level.get(index + 1))
                                : level.get(index));
            }
            levels.add(above);
            level = above;
        }
    }

    byte[] root() {
        return levels.getLast().getFirst();
    }

    /** Returns the steps from a leaf to the root; empty in a tree of one leaf. */
    byte[] proof(int leaf) {
        var steps = new ByteArrayOutputStream(levels.size() * STEP);
        var index = leaf;
        for (var level : levels) {
            var other = index ^ 1;
            if (other < level.size()) {
                steps.write(other < index ? LEFT : RIGHT);
                steps.writeBytes(level.get(other));
            }
            index >>= 1;
        }
        return steps.toByteArray();
    }

    static byte[] node(MessageDigest digest, byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
