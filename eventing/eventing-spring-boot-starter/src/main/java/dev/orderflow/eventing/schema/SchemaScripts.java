package dev.orderflow.eventing.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The SQL scripts that create the starter's tables. Needs only the JDK, as {@link PrintSql} does. */
final class SchemaScripts {

    static final String FOLDER = "db/eventing";

    /** Scripts for tables in a separate schema. They are executed after all others, and again when they have changed. */
    static final String SCHEMA_FOLDER = "db/eventing-schema";

    /** Lets functions of the schema find its tables. */
    static final String FUNCTIONS = SCHEMA_FOLDER + "/R__functions_find_their_tables.sql";

    /** Creates the function that {@link #NEEDS_UUIDV7} calls, which PostgreSQL includes since version 18. */
    static final String UUIDV7 = "dev/orderflow/eventing/schema/uuidv7.sql";

    static final int NEEDS_UUIDV7 = 3;

    /** All scripts in {@link #FOLDER}, in their order. Listed, because not every packaging lets a class path be searched. */
    static final List<String> NAMES = List.of(
            "V1__outbox_and_inbox.sql",
            "V2__retries.sql",
            "V3__dead_letters.sql",
            "V4__outbox_headers.sql",
            "V5__outbox_read_by_transaction.sql",
            "V6__analyze_less_often.sql",
            "V7__positions_of_one_incarnation.sql",
            "V8__parking_in_turn.sql",
            "V9__upkeep.sql",
            "V10__content_of_holds.sql",
            "V11__inbox_overruns.sql",
            "V12__placed_by_the_version_before.sql",
            "V13__least_privilege.sql",
            "V14__scheduled_events.sql",
            "V15__tenant_of_operators.sql");

    /** The version that this code needs. */
    static final int LATEST = version(NAMES.getLast());

    private SchemaScripts() {}

    static int version(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** @param path on the class path */
    static String read(String path) {
        try (var script = SchemaScripts.class.getClassLoader().getResourceAsStream(path)) {
            if (script == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
