package dev.orderflow.eventing.outbox.relay;

import java.util.ArrayList;
import java.util.List;

/** Reads to the end. */
final class AllPages {

    private AllPages() {}

    static List<OutboxRow> of(OutboxReader reader, OutboxReader.Difference difference, int pageSize) {
        var rows = new ArrayList<OutboxRow>();
        try (var pages = reader.pages(difference, new PageSize(pageSize))) {
            while (pages.hasNext()) {
                rows.addAll(pages.next());
            }
        }
        return rows;
    }
}
