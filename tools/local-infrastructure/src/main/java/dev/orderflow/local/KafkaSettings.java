package dev.orderflow.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a Kafka broker.
 *
 * @param folder its data; kept between runs
 * @param log the file its log is appended to
 * @param port on 127.0.0.1; 0 for a free one
 * @param member its membership in the cluster
 * @param classPath where the broker's classes are, in the form of {@code java -cp}
 * @param jvmOptions of the broker's JVM
 * @param security of its clients; without it, everybody who reaches the broker may do everything
 */
public record KafkaSettings(
        Path folder,
        Path log,
        int port,
        KafkaMember member,
        String classPath,
        List<String> jvmOptions,
        Optional<KafkaSecurity> security) {

    private static final List<String> SMALL = List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC");

    public KafkaSettings {
        folder = folder.toAbsolutePath();
        log = log.toAbsolutePath();
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Settings of a small broker, alone in its cluster, from the class path of this program. */
    public KafkaSettings(Path folder, Path log, int port) {
        this(folder, log, port, KafkaMember.cluster(1).getFirst());
    }

    /** Settings of a small broker from the class path of this program. */
    public KafkaSettings(Path folder, Path log, int port, KafkaMember member) {
        this(folder, log, port, member, System.getProperty("java.class.path"), SMALL);
    }

    /** Settings of a broker without security. */
    public KafkaSettings(
            Path folder, Path log, int port, KafkaMember member, String classPath, List<String> jvmOptions) {
        this(folder, log, port, member, classPath, jvmOptions, Optional.empty());
    }

    /** Returns the same settings with this security. */
    public KafkaSettings secured(Optional<KafkaSecurity> by) {
        return new KafkaSettings(folder, log, port, member, classPath, jvmOptions, by);
    }
}
