package dev.orderflow.eventing;

import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.schema.EventingDatabase;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Autowired;

/** The sample application, which has three retry levels, and what is held and dead there. */
abstract class RetryFixture extends SampleIT {

    @Autowired
    Requeue requeue;

    @Autowired
    EventingDatabase database;

    List<String> states() {
        return states(account);
    }

    List<String> states(String key) {
        return jdbc.sql("SELECT state FROM key_hold WHERE key = ? ORDER BY position")
                .param(key)
                .query(String.class)
                .list();
    }

    List<ConsumerRecord<String, byte[]>> deadLetters() {
        return recordsOf("sample.dlt");
    }

    static String text(ConsumerRecord<String, byte[]> message, String header) {
        var value = message.headers().lastHeader(header);
        return value == null ? "" : new String(value.value());
    }
}
