package dev.orderflow.eventing.bus;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Threads that sleep until there is work. Waking costs a fence and a read while nobody sleeps.
 * <p>
 * No wake-up is lost: a thread announces its sleep before it looks for work the last time, and a publisher looks for sleepers after it
 * has published. The fences keep both orders, so that at least one of them sees the other.
 */
final class Sleepers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private volatile int sleeping;

    /** Wakes all; called after work has become visible. */
    void wake() {
        VarHandle.fullFence();
        if (sleeping > 0) {
            lock.lock();
            try {
                work.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Sleeps until there is work, at most that long. */
    void sleep(BooleanSupplier isWork, long nanos) {
        lock.lock();
        try {
            sleeping = sleeping + 1;
            VarHandle.fullFence();
            if (!isWork.getAsBoolean()) {
                work.await(nanos, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // An interruption is for a listener, which is not running: the time-out's watch excludes that.
            Thread.interrupted();
        } finally {
            sleeping = sleeping - 1;
            lock.unlock();
        }
    }
}
