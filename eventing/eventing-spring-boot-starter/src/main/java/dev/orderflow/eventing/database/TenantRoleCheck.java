package dev.orderflow.eventing.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks at the start that policies bind the application's role, and that another one sees the rows of all tenants. */
class TenantRoleCheck implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(TenantRoleCheck.class);

    private static final String ROLES = """
            SELECT session_user AS name, own.rolsuper OR own.rolbypassrls AS unbound,
                   EXISTS (SELECT FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
                           WHERE other.oid = ANY (p.polroles) AND c.relrowsecurity AND c.relforcerowsecurity) AS separated,
                   coalesce(pg_has_role(session_user, other.oid, 'USAGE') AND NOT own.rolsuper, false) AS inherits
            FROM pg_roles own LEFT JOIN pg_roles other ON other.rolname = own.rolname || '_system'
            WHERE own.rolname = session_user
            """;

    private final JdbcClient jdbc;

    TenantRoleCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Roles(String name, boolean unbound, boolean separated, boolean inherits) {}

    /** @throws IllegalStateException if the role inherits the sight of all rows */
    @Override
    public void afterSingletonsInstantiated() {
        var roles = jdbc.sql(ROLES).query(Roles.class).single();
        if (roles.inherits()) {
            throw new IllegalStateException("The role " + roles.name() + " inherits from " + roles.name()
                    + "_system, and so sees the rows of all tenants. Revoke the membership, set the role to NOINHERIT, and"
                    + " grant it again.");
        }
        if (roles.unbound() || !roles.separated()) {
            LOG.warn(
                    "tenants=unseparated role={} reason=\"{}\"",
                    roles.name(),
                    roles.unbound()
                            ? "policies do not bind it"
                            : "no policy for " + roles.name() + "_system is in force");
        } else {
            LOG.info("tenants=separated role={}", roles.name());
        }
    }
}
