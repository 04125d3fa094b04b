package dev.orderflow.eventing.admin.tenant;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.eventing.TenantSwitch;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.wire.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tenants that operators have switched off. The newest entry of the audit log about a tenant is its switch: so no switch
 * is missing there, and all instances follow it, also after a restart. While the database is away, the last known ones hold.
 */
class TenantSwitches implements PeriodicTask, SmartInitializingSingleton {

    /** Bound of tenants in memory. */
    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(TenantSwitches.class);

    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** Served by admin_audit_action. */
    private static final String SWITCHED_OFF = """
            SELECT target ->> 'tenant' AS switched, at, who, result ->> 'reason' AS reason
            FROM (SELECT DISTINCT ON (target) target, at, who, result
                  FROM eventing.admin_audit
                  WHERE action = :action
                  ORDER BY target, number DESC) newest
            WHERE result ->> 'enabled' = 'false'
            ORDER BY switched
            LIMIT :most
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Audit audit;
    private final TenantSwitch target;
    private volatile Set<String> known = Set.of();

    TenantSwitches(JdbcClient jdbc, TransactionOperations transaction, Audit audit, TenantSwitch target) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.target = target;
    }

    /** A tenant that is switched off, and the entry of the audit log that did so. */
    record Off(
            String tenant,
            Instant at,

            @PersonalData(value = "who did it", kept = "for good", erased = "kept as evidence")
            String who,

            String reason) {}

    private record Target(String tenant) {}

    private record Switched(boolean enabled, String reason) {}

    /** Returns whether a switch takes effect. */
    boolean isOn() {
        return target.isOn();
    }

    List<Off> off() {
        return jdbc.sql(SWITCHED_OFF)
                .param("action", Audit.TENANT_SWITCHED)
                .param("most", MOST)
                .query((row, number) -> new Off(
                        row.getString("switched"),
                        Rows.instant(row, "at"),
                        row.getString("who"),
                        row.getString("reason")))
                .list();
    }

    /**
     * Switches a tenant, here at once and in other instances within seconds.
     *
     * @throws RefusedRequest.Invalid if too many tenants are switched off
     */
    void switchTo(String tenant, boolean enabled, String reason, String who) {
        transaction.executeWithoutResult(status -> {
            if (!enabled && off().size() >= MOST) {
                throw new RefusedRequest.Invalid(
                        "too_many_tenants", "tenant", "would be one of more than " + MOST + " that are switched off");
            }
            audit.record(who, Audit.TENANT_SWITCHED, new Target(tenant), new Switched(enabled, reason));
        });
        run();
    }

    @Override
    public String name() {
        return "eventing-tenant-switches";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    /** Reads the switches before the application accepts requests. */
    @Override
    public void afterSingletonsInstantiated() {
        run();
    }

    /** Follows the switches; one thread at a time, so that none applies what it has read before another's. */
    @Override
    public synchronized void run() {
        try {
            follow(off().stream().map(Off::tenant).collect(toUnmodifiableSet()));
        } catch (DataAccessException | CannotCreateTransactionException e) {
            LOG.warn("tenants=unread known={} cause={}", known.size(), LogText.of(e.toString()));
        }
    }

    private void follow(Set<String> off) {
        target.switchOff(off);
        if (!off.equals(known)) {
            LOG.info("tenants=switched off={}", off.size());
            known = off;
        }
    }
}
