package dev.orderflow.eventing.outbox.relay;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** Copies the content of a dump of the outbox to another server, including sequences and unlogged tables. */
final class MovedTables {

    private static final List<String> TABLES =
            List.of("outbox_bucket", "outbox_sequence", "outbox_relay", "outbox_parked", "outbox");

    private MovedTables() {}

    static void copy(CrashingDatabase from, CrashingDatabase to) {
        try (var source = from.dataSource().getConnection();
                var target = to.dataSource().getConnection()) {
            for (var table : TABLES) {
                to.outbox().template.execute("TRUNCATE " + table);
                var dump = new StringWriter();
                source.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("COPY (SELECT * FROM " + table + ") TO STDOUT", dump);
                target.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + table + " FROM STDIN", new StringReader(dump.toString()));
            }
            to.outbox().template.execute("SELECT setval('outbox_id_seq', (SELECT max(id) FROM outbox))");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
