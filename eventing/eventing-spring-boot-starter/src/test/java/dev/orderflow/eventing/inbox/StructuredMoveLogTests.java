package dev.orderflow.eventing.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the JSON lines of events without effect: each has the fields by which its flow, trace and tenant are found. */
class StructuredMoveLogTests {

    private static final UUID ID = UUID.fromString("0190b2f0-0000-7000-8000-000000000001");
    private static final String TYPE =
            Deposited.class.getAnnotation(EventType.class).value();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EventMetadata METADATA = EventMetadata.of(ID, TYPE, "bank", "a-1", NOON)
            .within(new EventContext(
                    "flow-1",
                    "cause-1",
                    null,
                    "shop",
                    EventPriority.NORMAL,
                    NOON.plusSeconds(60),
                    "00-" + TRACE + "-b7ad6b7169203331-01",
                    null));

    private final Logger logger = (Logger) LoggerFactory.getLogger(MoveLog.class);
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final MoveLog log = new MoveLog("stock");

    @BeforeEach
    void writeJson() {
        var context = new LoggerContext();
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        var encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        appender.stop();
    }

    @Test
    void eachKindIsOneLineWithTheFieldsOfTheEvent() {
        var source = source(binary(), null);
        log.log(new Move.Retried(source, "Handlers.deposit", 2, "java.lang.Exception: why"));
        log.log(new Move.Died(source, "Handlers.deposit", Exception.class, "java.lang.Exception: why"));
        log.log(new Move.Held(source));
        log.expired(delivery(source), Duration.ofMinutes(5));

        assertThat(lines())
                .allSatisfy(line -> {
                    assertThat(line.at("/eventId").stringValue()).isEqualTo(ID.toString());
                    assertThat(line.at("/eventType").stringValue()).isEqualTo(TYPE);
                    assertThat(line.at("/eventKey").stringValue()).isEqualTo("a-1");
                    assertThat(line.at("/correlationId").stringValue()).isEqualTo("flow-1");
                    assertThat(line.at("/traceId").stringValue()).isEqualTo(TRACE);
                    assertThat(line.at("/tenantId").stringValue()).isEqualTo("shop");
                })
                .extracting(line -> line.at("/message").stringValue().split(" ")[0])
                .containsExactly("event=failed", "event=dead", "event=held", "event=expired");
        assertThat(lines().getLast().at("/message").stringValue()).endsWith("deadline=2026-03-01T12:01:00Z age=PT5M");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void theAttributesOfAnEventInStructuredModeAreFound() {
        var json = "{\"specversion\":\"1.0\",\"id\":\"1\",\"correlationid\":\"flow-2\",\"tenantid\":\"shop\","
                + "\"traceparent\":\"00-" + TRACE + "-b7ad6b7169203331-01\"}";
        var structured = new RecordHeaders();
        structured.add("content-type", "application/cloudevents+json".getBytes(UTF_8));
        died(source(structured, json.getBytes(UTF_8)));

        assertThat(lines().getFirst().at("/correlationId").stringValue()).isEqualTo("flow-2");
        assertThat(lines().getFirst().at("/traceId").stringValue()).isEqualTo(TRACE);
        assertThat(lines().getFirst().at("/tenantId").stringValue()).isEqualTo("shop");
    }

    @Test
    void aRecordThatIsNoEventHasTheFieldsThatItStates() {
        var structured = new RecordHeaders();
        structured.add("content-type", "application/cloudevents+json".getBytes(UTF_8));
        structured.add("ce_tenantid", "a\nb".getBytes(UTF_8));
        died(source(structured, "no JSON".getBytes(UTF_8)));

        var line = lines().getFirst();
        assertThat(line.at("/eventId").stringValue()).isEqualTo(ID.toString());
        assertThat(line.at("/tenantId").stringValue()).isEqualTo("\"a\\nb\"");
        assertThat(line.has("correlationId")).isFalse();
        assertThat(line.has("traceId")).isFalse();
    }

    private void died(SourceRecord source) {
        log.log(new Move.Died(source, null, Exception.class, "why"));
    }

    private List<JsonNode> lines() {
        return written.toString(UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private static Headers binary() {
        return new RecordHeaders(CloudEventHeaders.of(METADATA));
    }

    private static SourceRecord source(Headers headers, byte @Nullable [] payload) {
        return new SourceRecord(ID, "accounts", 3, 42, "a-1", TYPE, headers, payload);
    }

    private static Delivery delivery(SourceRecord source) {
        var handler = Objects.requireNonNull(
                        TestHandlers.registry(new Handlers(), "stock").find(TYPE))
                .handler();
        return new Delivery(
                new ConsumerRecord<>("accounts", 3, 42, "a-1", null),
                ConsumedRecord.first(source),
                METADATA,
                new Deposited("a-1", 1),
                handler);
    }

    static final class Handlers {

        @EventHandler
        void deposit(Deposited event) {
            // This test looks at log lines only.
        }
    }
}
