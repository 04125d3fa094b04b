package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ClientConnectionTests {

    private LoopbackChannels channels;
    private LoopbackChannels.Ends ends;
    private ClientConnection connection;

    @BeforeEach
    void connect() throws IOException {
        channels = new LoopbackChannels();
        ends = channels.connect();
        connection = new ClientConnection(ends.ours(), InetAddress.getLoopbackAddress(), 100);
    }

    @AfterEach
    void close() throws IOException {
        channels.close();
    }

    @Test
    void anAgeIsThatOfThePhase() {
        assertThat(connection.age(150)).isEqualTo(50);

        connection.become(Phase.HEADERS, 200);
        assertThat(connection.age(230)).isEqualTo(30);
    }

    /** Line ends between requests are bytes, too, but no sign that a request comes. */
    @Test
    void aConnectionThatIsNotAnsweredIsSilentForAsLongAsBefore() {
        connection.become(Phase.HEADERS, 200);
        connection.become(Phase.SILENT, 300);

        assertThat(connection.age(300)).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKING", "ANSWER"})
    void anAnswerMakesASilenceBeginAnew(Phase last) {
        connection.become(last, 200);
        connection.become(Phase.SILENT, 300);

        assertThat(connection.age(310)).isEqualTo(10);
    }

    @Test
    void aSilentConnectionIsEndedOnceAndItsClientSeesThat() throws IOException {
        assertThat(connection.endIfSilent()).isTrue();
        assertThat(connection.endIfSilent()).isFalse();

        assertThat(connection.isEnded()).isTrue();
        assertThat(ends.clients().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(ends.ours().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    /** Tomcat uses a closed connection's buffers for the next one. */
    @Test
    void anEndedConnectionIsLeftForItsOwnThreadToClose() {
        connection.end();

        assertThat(connection.isOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = "SILENT", mode = Mode.EXCLUDE)
    void aConnectionWithARequestIsNotEndedForItsSilence(Phase phase) {
        connection.become(phase, 200);

        assertThat(connection.endIfSilent()).isFalse();
        assertThat(connection.isEnded()).isFalse();
    }

    @Test
    void endingWhatTheClientHasClosedIsNoFailure() throws IOException {
        ends.ours().close();

        connection.end();

        assertThat(connection.isEnded()).isTrue();
        assertThat(connection.isOpen()).isFalse();
    }
}
