package dev.orderflow.eventing.bus;

/** Reader that lets publishers wait. It hands out the ring's slots as they are, without a lock. */
final class SlotReader extends Reader {

    private long next;

    SlotReader(Ring ring, boolean synchronous) {
        super(ring, synchronous);
    }

    @Override
    void begin(long last) {
        next = last + 1;
        released.set(last);
    }

    @Override
    boolean hasNext() {
        return ring.has(next) && next <= end() && allowed(next) > 0;
    }

    @Override
    int take(BusEvent<?>[] events, int most) {
        var limit = Math.min(allowed(next), Math.min(most - 1, end() - next) + 1);
        var taken = 0;
        while (taken < limit && ring.has(next + taken)) {
            events[taken] = ring.at(next + taken);
            taken++;
        }
        return taken;
    }

    @Override
    void done(int number) {
        next += number;
        released.set(next - 1);
    }

    @Override
    boolean isAtEnd() {
        return handled() >= end();
    }

    @Override
    long handled() {
        return released.get();
    }

    @Override
    long waiting() {
        return Math.max(0, Math.min(end(), ring.last()) - handled());
    }

    @Override
    boolean evict(BusEvent<?> oldest) {
        return false;
    }

    @Override
    void close() {}
}
