package dev.orderflow.order.grpc;

import dev.orderflow.order.grpc.GrpcProperties.Connections;
import io.grpc.BindableService;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The gRPC server. It starts in the last phase and stops in the first: it takes no more calls, gives those in flight some
 * time to end, and then ends them. It is not paused, since a server on any free port would return on another one.
 */
public final class GrpcServer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GrpcServer.class);

    /** Threads that read and write for all connections; calls run on virtual threads. */
    private static final int IO_THREADS = 2;

    /** Bytes that a connection, or a call, may send before the service has read those before. */
    private static final int WINDOW = 64 << 10;

    /**
     * Resets of one connection per permitted call and {@link #RESET_SECONDS}. A reset costs the client nothing and the
     * service a call, but it is also how clients end their watches.
     */
    private static final int MOST_RESETS = 10;

    private static final int RESET_SECONDS = 1;

    /** Requests are small; compressed ones would cost the client less than the service. */
    private static final DecompressorRegistry UNCOMPRESSED =
            DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false);

    private static final Duration END = Duration.ofSeconds(5);

    private final GrpcProperties properties;
    private final InetSocketAddress address;
    private final List<BindableService> services;
    private final List<ServerInterceptor> interceptors;
    private final GrpcConnections connections;
    private final GrpcHealth health;
    private final ExecutorService calls;
    private volatile @Nullable Server server;
    private @Nullable EventLoopGroup io;

    /**
     * @param interceptors outermost first
     * @param calls        executes the steps of calls
     */
    GrpcServer(
            GrpcProperties properties,
            InetSocketAddress address,
            List<BindableService> services,
            List<ServerInterceptor> interceptors,
            GrpcConnections connections,
            GrpcHealth health,
            ExecutorService calls) {
        this.properties = properties;
        this.address = address;
        this.services = services;
        this.interceptors = interceptors;
        this.connections = connections;
        this.health = health;
        this.calls = calls;
    }

    /** Returns the service with messages that are parsed within the interceptors, which answer malformed ones. */
    static ServerServiceDefinition intercepted(BindableService service, List<ServerInterceptor> interceptors) {
        return ServerInterceptors.interceptForward(
                ServerInterceptors.useInputStreamMessages(service.bindService()), interceptors);
    }

    /** Returns the port that the server listens on; -1 unless it runs. */
    public int port() {
        var running = server;
        return running == null ? -1 : running.getPort();
    }

    /** Decides at the start. Where Spring processed the service ahead of time, the condition of the beans is that of the build. */
    @Override
    public boolean isAutoStartup() {
        return properties.enabled();
    }

    @Override
    public synchronized void start() {
        var group = new MultiThreadIoEventLoopGroup(
                IO_THREADS, new DefaultThreadFactory("grpc-io", true), NioIoHandler.newFactory());
        try {
            var started = builder(group).build().start();
            server = started;
            io = group;
            health.serverStarts();
            log.info("grpc=started port={}", started.getPort());
        } catch (IOException e) {
            group.shutdownGracefully(0, END.toMillis(), TimeUnit.MILLISECONDS);
            throw new IllegalStateException(
                    "orders.grpc.port=" + address.getPort() + " cannot be used on " + address.getAddress()
                            + ": choose a free port, or 0 for any",
                    e);
        }
    }

    private NettyServerBuilder builder(EventLoopGroup group) {
        var limits = properties.connections();
        var builder = NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .channelFactory(() -> new GuardedServerChannel(connections))
                .withOption(ChannelOption.SO_BACKLOG, 1024)
                .executor(calls)
                .decompressorRegistry(UNCOMPRESSED)
                .addServices(services.stream()
                        .map(service -> intercepted(service, interceptors))
                        .toList())
                .flowControlWindow(WINDOW)
                .maxConcurrentCallsPerConnection(properties.calls().perConnection())
                .maxInboundMessageSize((int) properties.calls().messageSize().toBytes())
                .maxInboundMetadataSize((int) properties.calls().metadataSize().toBytes())
                .maxRstFramesPerWindow(MOST_RESETS * properties.calls().perConnection(), RESET_SECONDS);
        return timed(builder, limits);
    }

    private static NettyServerBuilder timed(NettyServerBuilder builder, Connections limits) {
        return builder.handshakeTimeout(limits.handshake().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionIdle(limits.idle().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAge(limits.age().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAgeGrace(limits.ageGrace().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTime(limits.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(limits.pings().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(limits.pings().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    /** Returns at once; the calls in flight end on another thread. */
    @Override
    public void stop(Runnable callback) {
        calls.execute(() -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public synchronized void stop() {
        var running = server;
        var group = io;
        if (running == null || group == null) {
            return;
        }
        health.serverStops();
        running.shutdown();
        if (!isTerminatedWithin(running, properties.drain())) {
            running.shutdownNow();
            var ended = isTerminatedWithin(running, END);
            log.warn("grpc=stopped calls=aborted drain={} ended={}", properties.drain(), ended);
        }
        group.shutdownGracefully(0, END.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(END.toMillis());
        server = null;
        io = null;
    }

    private static boolean isTerminatedWithin(Server server, Duration time) {
        try {
            return server.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }
}
