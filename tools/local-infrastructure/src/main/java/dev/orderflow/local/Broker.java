package dev.orderflow.local;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * Main class of the broker's JVM: formats a new data folder, then becomes the broker. Doing both in one JVM halves the
 * time of a first start.
 */
final class Broker {

    private Broker() {}

    /** Starts the broker. Arguments: its configuration file, its data folder, the id of its cluster. */
    public static void main(String[] arguments) {
        var configuration = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            var format = new String[] {"format", "--cluster-id", arguments[2], "--config", configuration};
            if (StorageTool.execute(format, System.out) != 0) {
                System.exit(1);
            }
        }
        Kafka.main(new String[] {configuration});
    }
}
