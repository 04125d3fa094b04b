package dev.orderflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * Main class of the broker's JVM: formats a new data folder, then becomes the broker. Doing both in one JVM halves the
 * time of a first start.
 */
final class Broker {

    private static final int USERS = 3;

    private Broker() {}

    /**
     * Starts the broker. Arguments: its configuration file, its data folder, the id of its cluster, and, for a broker with
     * users, a file with a line for each.
     */
    public static void main(String[] arguments) throws IOException {
        var configuration = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            var format = new ArrayList<>(List.of("format", "--cluster-id", arguments[2], "--config", configuration));
            if (arguments.length > USERS) {
                for (var user : Files.readAllLines(Path.of(arguments[USERS]))) {
                    format.addAll(List.of("--add-scram", user));
                }
            }
            if (StorageTool.execute(format.toArray(String[]::new), System.out) != 0) {
                System.exit(1);
            }
        }
        Kafka.main(new String[] {configuration});
    }
}
