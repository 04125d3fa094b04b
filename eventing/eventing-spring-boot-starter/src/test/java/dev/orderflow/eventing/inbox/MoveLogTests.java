package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.retry.SourceRecord;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MoveLogTests {

    private static final UUID ID = UUID.fromString("0190b2f0-0000-7000-8000-000000000001");

    private final MoveLog log = new MoveLog("stock");

    @Test
    void aFailureNamesEventKeyHandlerAndGroup(CapturedOutput output) {
        log.log(new Move.Retried(source("order-1", "sample.v1"), "Handlers.open", 2, "java.lang.Exception: why"));
        log.log(new Move.Died(
                source("order-1", "sample.v1"), "Handlers.open", Exception.class, "java.lang.Exception: why"));

        assertThat(output)
                .contains("event=failed id=" + ID
                        + " type=sample.v1 key=order-1 handler=Handlers.open group=stock retry=2"
                        + " cause=\"java.lang.Exception: why\"")
                .contains("event=dead id=" + ID + " type=sample.v1 key=order-1 handler=Handlers.open group=stock"
                        + " from=orders-3@42 cause=\"java.lang.Exception: why\"");
    }

    @Test
    void whatARecordContainsCannotForgeALine(CapturedOutput output) {
        log.log(new Move.Died(
                source("k\nevent=dead id=forged", "t\r\u001b[2J"),
                null,
                Exception.class,
                "Undecodable: \"x\n\u001b[31mforged\""));

        assertThat(output.toString().lines().filter(line -> line.contains("forged")))
                .singleElement()
                .asString()
                .contains("event=dead id=" + ID)
                .doesNotContain("\u001b", "\r");
    }

    private static SourceRecord source(String key, String type) {
        return new SourceRecord(ID, "orders", 3, 42, key, type, new RecordHeaders(), null);
    }
}
