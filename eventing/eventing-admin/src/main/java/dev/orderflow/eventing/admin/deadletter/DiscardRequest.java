package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.RequestLimits;
import dev.orderflow.eventing.admin.StrictBody;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to discard dead letters, with the reason. It cannot select all letters.
 *
 * @param ids    the ids of letters or of their events
 * @param before excludes letters that died at this time or later
 * @param dryRun whether only to report the effect
 */
record DiscardRequest(
        @Nullable @Size(min = 1, max = RequestLimits.MOST_IDS)
        List<@NotNull UUID> ids,

        @Nullable @Valid FilterBody filter,
        @Nullable Instant before,
        @NotBlank @Size(max = 500) String reason,
        @Nullable Boolean dryRun)
        implements StrictBody {

    Selection selection() {
        return new Selection(ids, FilterBody.filterOf(filter), null, before);
    }
}
