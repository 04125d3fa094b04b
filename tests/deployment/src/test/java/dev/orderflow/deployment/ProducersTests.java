package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that each producer has one request in flight. With more, the first batch for a partition that was just created can be
 * refused and sent again after the second. The broker has then accepted the second as the first that it knows of this producer, and
 * refuses the other until its delivery time is over.
 */
class ProducersTests {

    private static final Pattern PRODUCER = Pattern.compile("new KafkaProducer<");
    private static final Pattern ONE_REQUEST = Pattern.compile(String.join(
            "|",
            "(?:producerSettings|relayProperties)\\(",
            "max\\.in\\.flight\\.requests\\.per\\.connection\",\\s*1\\b",
            "MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,\\s*1\\b"));

    @Test
    void eachProducerHasOneRequestInFlight() throws IOException {
        var repository = Repository.find();
        var found = new ArrayList<Path>();
        var files = Stream.of("src/main/java", "src/test/java")
                .flatMap(folder -> repository.sources(folder).stream())
                .filter(file -> !file.endsWith("ProducersTests.java"))
                .toList();
        for (var file : files) {
            var text = Files.readString(file);
            if (PRODUCER.matcher(text).find() && !ONE_REQUEST.matcher(text).find()) {
                found.add(repository.root().relativize(file));
            }
        }

        assertThat(found).isEmpty();
    }
}
