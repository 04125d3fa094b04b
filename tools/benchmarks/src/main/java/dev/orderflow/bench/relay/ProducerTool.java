package dev.orderflow.bench.relay;

import dev.orderflow.bench.BrokenPromiseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Kafka's own {@code kafka-producer-perf-test}, in a JVM of its own. */
final class ProducerTool {

    private static final String MAIN = "org.apache.kafka.tools.ProducerPerformance";
    private static final Pattern RESULT = Pattern.compile("(\\d+) records sent, ([\\d.]+) records/sec");

    private ProducerTool() {}

    /** Runs the tool and returns records per second. */
    static double run(String bootstrapServers, String topic, long records, int recordSize, List<String> jvmOptions) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvmOptions);
        command.addAll(List.of(MAIN, "--topic", topic));
        command.addAll(List.of("--num-records", Long.toString(records)));
        command.addAll(List.of("--record-size", Integer.toString(recordSize)));
        command.addAll(List.of("--throughput", "-1", "--command-property"));
        command.addAll(List.of(
                "bootstrap.servers=" + bootstrapServers,
                "acks=all",
                "enable.idempotence=true",
                "compression.type=lz4",
                "batch.size=65536",
                "linger.ms=5"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return RESULT.matcher(output)
                    .results()
                    .filter(result -> Long.parseLong(result.group(1)) == records)
                    .mapToDouble(result -> Double.parseDouble(result.group(2)))
                    .findFirst()
                    .orElseThrow(() -> new BrokenPromiseException("Kafka's producer tool failed: " + output));
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka's producer tool cannot be started", e);
        }
    }
}
