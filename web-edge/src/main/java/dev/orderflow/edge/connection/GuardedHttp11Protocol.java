package dev.orderflow.edge.connection;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over bounded connections. Public because Tomcat creates it by its name.
 *
 * @see ClientConnections
 */
public final class GuardedHttp11Protocol extends Http11NioProtocol {

    /** Interval at which connections are ended, even if none arrives; short against all time limits. */
    private static final long UPKEEP_MILLIS = 50;

    /**
     * Size of the buffers in which a response is composed, 24 KB by default. Responses arrive here complete, so that
     * larger buffers only cost memory.
     */
    private static final int ANSWER_BUFFER = 1024;

    private final ClientConnections connections;
    private ConnectionLimits limits = ConnectionLimits.DEFAULTS;
    private @Nullable ScheduledFuture<?> upkeep;

    public GuardedHttp11Protocol() {
        this(new GuardedEndpoint());
    }

    private GuardedHttp11Protocol(GuardedEndpoint endpoint) {
        super(endpoint);
        this.connections = endpoint.connections();
    }

    /** Sets the bounds. Call it before {@link #start()}. */
    public void setLimits(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Returns the number of open connections. */
    public int openConnections() {
        return connections.open();
    }

    /** Returns the number of connections in the middle of a request or a response that wait for their client. */
    public int pendingConnections() {
        return connections.pending();
    }

    /** Returns the bytes of requests and responses in memory. */
    public long heldBytes() {
        return connections.heldBytes();
    }

    @Override
    public int getDesiredBufferSize() {
        return ANSWER_BUFFER;
    }

    @Override
    public void start() throws Exception {
        connections.limit(limits, getMaxConnections());
        super.start();
        upkeep = getUtilityExecutor()
                .scheduleWithFixedDelay(
                        repeatable(
                                connections::upkeep,
                                failure -> getLog().error("upkeep of connections failed, will be repeated", failure)),
                        UPKEEP_MILLIS,
                        UPKEEP_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /**
     * Returns a task that reports failures instead of throwing them: a periodic task that throws is never run again.
     */
    static Runnable repeatable(Runnable task, Consumer<Throwable> report) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                report.accept(e);
            }
        };
    }

    @Override
    public void stop() throws Exception {
        if (upkeep != null) {
            upkeep.cancel(false);
        }
        super.stop();
    }
}
