package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.RequestLimits;
import dev.orderflow.eventing.admin.StrictBody;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to replay dead letters.
 *
 * @param ids           the ids of letters or of their events
 * @param before        excludes letters that died at this time or later
 * @param dryRun        whether only to report the effect
 * @param ratePerSecond the maximum rate; null: as fast as possible
 */
record ReplayRequest(
        @Nullable @Size(min = 1, max = RequestLimits.MOST_IDS)
        List<@NotNull UUID> ids,

        @Nullable @Valid FilterBody filter,
        @Nullable Boolean all,
        @Nullable Instant before,
        @Nullable Boolean dryRun,
        @Nullable @Positive @Max(10_000) Double ratePerSecond)
        implements StrictBody {

    Selection selection() {
        return new Selection(ids, FilterBody.filterOf(filter), all, before);
    }
}
