package dev.orderflow.eventing.schema;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Prints the SQL that creates the starter's tables, for a team that applies SQL with its own tool. Needs only the starter's jar:
 * <pre>{@code java -cp orderflow-eventing-spring-boot-starter.jar dev.orderflow.eventing.schema.PrintSql --schema eventing}</pre>
 * For an upgrade, {@code --after} with the installed version prints only the later scripts. Apply the output once and in one
 * transaction, as the role that will own the tables. It stores the version in the comment of the table {@code outbox}. The
 * application reads it there when it starts with {@code eventing.migration.enabled=false}.
 */
final class PrintSql {

    private static final String USAGE = """
            Usage: PrintSql [--schema NAME] [--after VERSION]
              --schema NAME    create the tables in this schema, as eventing.schema names it (default: the connection's schema)
              --after VERSION  print what upgrades tables of this version (default: 0, there are none)
            """;

    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,4}");

    private final Optional<String> schema;
    private final int after;

    PrintSql(Optional<String> schema, int after) {
        this.schema = schema;
        this.after = after;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        var schema = Optional.<String>empty();
        var after = 0;
        for (var i = 0; i < arguments.length; i += 2) {
            var value = i + 1 < arguments.length ? arguments[i + 1] : "";
            if (arguments[i].equals("--schema") && SCHEMA.matcher(value).matches()) {
                schema = Optional.of(value);
            } else if (arguments[i].equals("--after") && VERSION.matcher(value).matches()) {
                after = Integer.parseInt(value);
            } else {
                err.print(USAGE);
                return 2;
            }
        }
        out.print(new PrintSql(schema, after).sql());
        out.flush();
        return 0;
    }

    String sql() {
        var sql = new StringBuilder(String.format(
                Locale.ROOT,
                "-- Tables of the Orderflow eventing starter, version %d, in %s. Apply in one transaction (psql -1).%n",
                SchemaScripts.LATEST,
                schema.map(name -> "schema " + name).orElse("the default schema")));
        schema.ifPresent(name -> sql.append(String.format(Locale.ROOT, """
                CREATE SCHEMA IF NOT EXISTS "%1$s";
                SELECT set_config('search_path', '"%1$s"', false);
                """, name)));
        if (after < SchemaScripts.NEEDS_UUIDV7) {
            append(sql, SchemaScripts.UUIDV7);
        }
        SchemaScripts.NAMES.stream()
                .filter(name -> SchemaScripts.version(name) > after)
                .forEach(name -> append(sql, SchemaScripts.FOLDER + "/" + name));
        schema.ifPresent(name -> sql.append('\n')
                .append(SchemaScripts.read(SchemaScripts.FUNCTIONS).replace("${flyway:defaultSchema}", name)));
        sql.append(String.format(
                Locale.ROOT, "%nCOMMENT ON TABLE outbox IS '%s%d';%n", InstalledVersion.COMMENT, SchemaScripts.LATEST));
        schema.ifPresent(name -> sql.append("RESET search_path;\n"));
        return sql.toString();
    }

    private static void append(StringBuilder sql, String path) {
        sql.append("\n-- ").append(path).append('\n').append(SchemaScripts.read(path));
    }
}
