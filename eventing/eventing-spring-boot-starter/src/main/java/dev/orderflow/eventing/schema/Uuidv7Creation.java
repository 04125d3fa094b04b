package dev.orderflow.eventing.schema;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Creates the function {@code uuidv7()} on servers before PostgreSQL 18, in the transaction of the script that calls it. The
 * script itself is published and must not change.
 */
final class Uuidv7Creation extends BaseCallback {

    private static final MigrationVersion CALLER =
            MigrationVersion.fromVersion(Integer.toString(SchemaScripts.NEEDS_UUIDV7));

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE
                && context.getMigrationInfo() != null
                && CALLER.equals(context.getMigrationInfo().getVersion());
    }

    @Override
    public void handle(Event event, Context context) {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute(SchemaScripts.read(SchemaScripts.UUIDV7));
        } catch (SQLException e) {
            throw new FlywayException("uuidv7() cannot be created", e);
        }
    }
}
