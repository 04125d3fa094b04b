package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaMemberTests {

    @Test
    void eachKnowsAllAndItsOwnPort() {
        var second = new KafkaMember(2, List.of(9001, 9002, 9003), "id");

        assertThat(second.voters()).isEqualTo("1@127.0.0.1:9001,2@127.0.0.1:9002,3@127.0.0.1:9003");
        assertThat(second.controllerPort()).isEqualTo(9002);
    }

    @Test
    void aRecordIsOnThreeBrokersAtMostOfWhichOneMayBeLostUnlessThereIsOnlyOne() {
        assertThat(List.of(1, 2, 3, 5)).extracting(KafkaMemberTests::replicas).containsExactly(1, 2, 3, 3);
        assertThat(List.of(1, 2, 3, 5))
                .extracting(KafkaMemberTests::replicasInSync)
                .containsExactly(1, 1, 2, 2);
    }

    @Test
    void aNodeThatIsNoneOfTheClusterIsRefused() {
        assertThatThrownBy(() -> new KafkaMember(4, List.of(1, 2, 3), "id"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("node 4 of 3");
    }

    private static int replicas(int brokers) {
        return KafkaMember.cluster(brokers).getFirst().replicas();
    }

    private static int replicasInSync(int brokers) {
        return KafkaMember.cluster(brokers).getLast().replicasInSync();
    }
}
