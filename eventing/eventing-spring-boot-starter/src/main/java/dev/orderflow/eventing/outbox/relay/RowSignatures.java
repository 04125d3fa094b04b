package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.wire.EventSigner;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * Signatures of the rows that are read to be sent. They are not stored: an event that waits is signed by the key that is valid when
 * it leaves, and the number that it got in the outbox is part of what is signed. Thread-safe.
 */
final class RowSignatures {

    /** Adds none. */
    static final RowSignatures NONE = new RowSignatures(EventSigner.NONE);

    private final EventSigner signer;

    RowSignatures(EventSigner signer) {
        this.signer = signer;
    }

    /** Replaces this application's events among {@code rows} by signed ones. Forwarded records stay as they are. */
    void addTo(List<OutboxRow> rows) {
        if (signer == EventSigner.NONE) {
            return;
        }
        var own = new ArrayList<Integer>();
        for (var index = 0; index < rows.size(); index++) {
            if (!rows.get(index).forwarded()) {
                own.add(index);
            }
        }
        if (own.isEmpty()) {
            return;
        }
        var signed =
                signer.sign(own.stream().map(index -> eventOf(rows.get(index))).toList());
        for (var index = 0; index < signed.size(); index++) {
            var place = own.get(index);
            rows.set(place, rows.get(place).with(signed.get(index)));
        }
    }

    private static EventSigner.Event eventOf(OutboxRow row) {
        var headers = new ArrayList<Header>();
        row.headers().forEach(headers::add);
        return new EventSigner.Event(row.topic(), row.key(), headers, row.payload());
    }
}
