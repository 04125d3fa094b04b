package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.signatures.AuthenticNodes.Proven;
import org.junit.jupiter.api.Test;

class AuthenticNodesTests {

    private static final byte[] SIGNATURE = "signature".getBytes(US_ASCII);

    private final TestKey key = TestKey.create();
    private final Proven proven =
            new Proven(SIGNATURE, new TrustedKey("billing", key.id(), key.pair().getPublic(), null));
    private final AuthenticNodes nodes = new AuthenticNodes();

    @Test
    void aNodeCountsWithItsSignatureAndForItsSource() {
        nodes.add(node(1), proven);

        assertThat(nodes.find(node(1), SIGNATURE.clone(), "billing")).isSameAs(proven);
        assertThat(nodes.find(node(1), "signaturf".getBytes(US_ASCII), "billing"))
                .isNull();
        assertThat(nodes.find(node(1), SIGNATURE, "shipping")).isNull();
    }

    @Test
    void anotherNodeOfTheSamePlaceIsNotKnown() {
        nodes.add(node(1), proven);

        assertThat(nodes.find(node(2), SIGNATURE, "billing")).isNull();

        nodes.add(node(2), proven);

        assertThat(nodes.find(node(1), SIGNATURE, "billing")).isNull();
        assertThat(nodes.find(node(2), SIGNATURE, "billing")).isSameAs(proven);
    }

    @Test
    void aClearedNodeIsNotKnown() {
        nodes.add(node(1), proven);

        nodes.clear();

        assertThat(nodes.find(node(1), SIGNATURE, "billing")).isNull();
    }

    /** Returns a node of the first place, whatever the number. */
    private static byte[] node(int number) {
        var node = new byte[HashTree.HASH];
        node[HashTree.HASH - 1] = (byte) number;
        return node;
    }
}
