package dev.orderflow.hub.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Wakes those who wait for new events, after a commit of this instance. Events of other instances are found by polling. */
@Component
public class StoredSignal {

    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();

    /** @param wake called on the consuming thread after each commit; must not block */
    public void onStored(Runnable wake) {
        waiters.add(wake);
    }

    void stored() {
        waiters.forEach(Runnable::run);
    }
}
