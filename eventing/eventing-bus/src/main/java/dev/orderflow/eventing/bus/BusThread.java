package dev.orderflow.eventing.bus;

/**
 * Thread of a bus. Its end shows in the state of its subscription. It is a platform thread, because a listener that computes without
 * end would keep the other listeners from running if they shared carrier threads.
 */
final class BusThread extends Thread {

    BusThread(String name, Runnable work) {
        super(work, name);
        setDaemon(true);
    }

    /** {@return whether the caller is a listener, which must not wait for itself} */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof BusThread;
    }
}
