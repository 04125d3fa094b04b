package dev.orderflow.eventing.admin;

import dev.orderflow.eventing.deadletter.Selection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are to be given up, and why. There is no way to mean all.
 *
 * @param ids    of letters or of their events
 * @param before leaves out what died then or later
 * @param dryRun only tells what would be done
 */
record DiscardRequest(
        @Nullable @Size(min = 1, max = Selection.MOST_IDS) List<@NotNull UUID> ids,
        @Nullable @Valid FilterBody filter,
        @Nullable Instant before,
        @NotBlank @Size(max = 500) String reason,
        @Nullable Boolean dryRun)
        implements StrictBody {

    Selection selection() {
        return new Selection(ids, FilterBody.filterOf(filter), null, before);
    }
}
