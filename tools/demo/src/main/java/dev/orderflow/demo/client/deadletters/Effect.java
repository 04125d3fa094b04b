package dev.orderflow.demo.client.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * Response to a request to discard or to a dry run.
 *
 * @param matching dead letters that would be replayed or discarded
 * @param heldBehind events that would follow them
 * @param discarded dead letters
 * @param released events that were held behind them
 */
record Effect(
        @Nullable Integer matching,
        @Nullable Integer heldBehind,
        @Nullable Integer discarded,
        @Nullable Integer released) {

    int letters() {
        return first(matching, discarded);
    }

    int followers() {
        return first(heldBehind, released);
    }

    private static int first(@Nullable Integer one, @Nullable Integer other) {
        return one != null ? one : other != null ? other : 0;
    }
}
