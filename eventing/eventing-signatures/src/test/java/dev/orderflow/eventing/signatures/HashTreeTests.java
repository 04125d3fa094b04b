package dev.orderflow.eventing.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTreeTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 100, 4_096})
    void eachLeafLeadsToTheRoot(int leaves) {
        var hashes = hashes(leaves);
        var tree = new HashTree(hashes);

        for (var leaf = 0; leaf < leaves; leaf++) {
            assertThat(root(hashes.get(leaf), tree.proof(leaf))).isEqualTo(tree.root());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 100})
    void noOtherLeafDoes(int leaves) {
        var hashes = hashes(leaves + 1);
        var tree = new HashTree(hashes.subList(0, leaves));

        for (var leaf = 0; leaf < leaves; leaf++) {
            assertThat(root(hashes.getLast(), tree.proof(leaf))).isNotEqualTo(tree.root());
        }
    }

    private static byte[] root(byte[] leaf, byte[] proof) {
        var digest = HashTree.sha256();
        var node = leaf;
        for (var step = 0; step < proof.length; step += HashTree.STEP) {
            var other = Arrays.copyOfRange(proof, step + 1, step + HashTree.STEP);
            node = proof[step] == HashTree.LEFT
                    ? HashTree.node(digest, other, node)
                    : HashTree.node(digest, node, other);
        }
        return node;
    }

    private static List<byte[]> hashes(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> HashTree.sha256().digest(new byte[] {(byte) number, (byte) (number >> 8)}))
                .toList();
    }
}
