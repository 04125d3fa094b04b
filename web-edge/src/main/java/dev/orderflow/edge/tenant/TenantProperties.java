package dev.orderflow.edge.tenant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of tenants, per instance unless it says otherwise. Without security there are none.
 *
 * @param others limits of tenants that are not named
 * @param named  limits and switches of single tenants; each has metrics of its own
 */
@Validated
@ConfigurationProperties("edge.tenants")
record TenantProperties(
        @DefaultValue @NotNull @Valid Others others,

        @DefaultValue @NotNull @Size(max = 100) List<@Valid Named> named) {

    /**
     * Limits of a tenant that is not named.
     *
     * @param requestsPerSecond requests and calls per second, of which as many may arrive at once
     * @param waiting           requests that may wait for changes at the same time
     * @param inFlight          units of work, such as orders placed within the last minute, that may be in progress in
     *                          all instances
     */
    record Others(
            @DefaultValue("2000") @Min(1) @Max(1_000_000) int requestsPerSecond,
            @DefaultValue("384") @Min(0) int waiting,
            @DefaultValue("10000") @Min(1) @Max(10_000) int inFlight) {}

    /**
     * Limits and the switch of one tenant.
     *
     * @param name              the tenant, as tokens name it
     * @param enabled           whether the tenant may change anything. Otherwise it may read, erase customers' data, and
     *                          what it has begun is completed
     * @param requestsPerSecond requests and calls per second, of which as many may arrive at once; that of others by
     *                          default
     * @param waiting           requests that may wait for changes at the same time; that of others by default
     * @param inFlight          units of work, such as orders placed within the last minute, that may be in progress in
     *                          all instances; that of others by default
     */
    record Named(
            @NotNull @Pattern(regexp = TenantLimits.NAME) String name,

            @DefaultValue("true") boolean enabled,
            @Nullable @Min(1) @Max(1_000_000) Integer requestsPerSecond,
            @Nullable @Min(0) Integer waiting,
            @Nullable @Min(1) @Max(10_000) Integer inFlight) {}

    @AssertTrue(message = "named must name no tenant twice")
    boolean isDistinct() {
        return named.stream().map(Named::name).distinct().count() == named.size();
    }

    /** Returns what is set for one tenant; null if it is not named. */
    @Nullable
    Named find(String tenant) {
        return named.stream()
                .filter(each -> each.name().equals(tenant))
                .findFirst()
                .orElse(null);
    }

    int requestsPerSecond(String tenant) {
        var own = find(tenant);
        return own == null || own.requestsPerSecond() == null ? others.requestsPerSecond() : own.requestsPerSecond();
    }

    int waiting(String tenant) {
        var own = find(tenant);
        return own == null || own.waiting() == null ? others.waiting() : own.waiting();
    }

    int inFlight(String tenant) {
        var own = find(tenant);
        return own == null || own.inFlight() == null ? others.inFlight() : own.inFlight();
    }

    boolean isEnabled(String tenant) {
        var own = find(tenant);
        return own == null || own.enabled();
    }
}
