package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.EventLogFields;
import dev.orderflow.eventing.wire.LogText;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs events that could not take effect. Each line has the event's id, by which an operator finds it in other logs and tables, and
 * the same fields as the lines of its handler.
 */
final class MoveLog {

    private static final Logger LOG = LoggerFactory.getLogger(MoveLog.class);

    private final String group;

    MoveLog(String group) {
        this.group = group;
    }

    /** Logs an event that was consumed without effect. */
    void expired(Delivery event, Duration age) {
        var fields = EventLogFields.open(event.metadata());
        try {
            LOG.info(
                    "event=expired id={} type={} key={} handler={} group={} deadline={} age={}",
                    event.id(),
                    LogText.of(event.type()),
                    LogText.of(event.consumed().source().key()),
                    event.handlerName(),
                    group,
                    event.metadata().deadline(),
                    age);
        } finally {
            fields.close();
        }
    }

    /** Logs a move. Events that only wait behind another one are logged at debug level, because they may be many. */
    void log(Move move) {
        if (move instanceof Move.Held && !LOG.isDebugEnabled()) {
            return;
        }
        var source = move.source();
        var fields = EventLogFields.open(source.id(), source.type(), source.key(), source.headers(), source.payload());
        try {
            write(move, source);
        } finally {
            fields.close();
        }
    }

    private void write(Move move, SourceRecord source) {
        switch (move) {
            case Move.Retried retried ->
                LOG.warn(
                        "event=failed id={} type={} key={} handler={} group={} retry={} cause={}",
                        source.id(),
                        LogText.of(source.type()),
                        LogText.of(source.key()),
                        retried.handler(),
                        group,
                        retried.level(),
                        LogText.of(retried.cause()));
            case Move.Died died ->
                LOG.error(
                        "event=dead id={} type={} key={} handler={} group={} from={}-{}@{} cause={}",
                        source.id(),
                        LogText.of(source.type()),
                        LogText.of(source.key()),
                        died.handler(),
                        group,
                        source.topic(),
                        source.partition(),
                        source.offset(),
                        LogText.of(died.cause()));
            case Move.Held held ->
                LOG.debug(
                        "event=held id={} type={} key={} group={}",
                        source.id(),
                        LogText.of(source.type()),
                        LogText.of(source.key()),
                        group);
        }
    }
}
