package dev.orderflow.edge.connection;

import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's endpoint, which reports each connection's phases to {@link ClientConnections}. */
final class GuardedEndpoint extends NioEndpoint {

    private final ClientConnections connections = new ClientConnections(System::nanoTime);

    ClientConnections connections() {
        return connections;
    }

    @Override
    public void setHandler(Handler<NioChannel> handler) {
        super.setHandler(new ReportingHandler(handler));
    }

    /** Registers the connection before the poller knows it, because the poller may serve it at once. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        if (!connections.opened(socket)) {
            destroySocket(socket); // Tomcat closes only connections that it knows already.
            return false;
        }
        return super.setSocketOptions(socket);
    }

    /** Serves connections with data in turn; the poller's other events cost little. */
    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        var channel = channel(socket);
        if (channel == null || event != SocketEvent.OPEN_READ || !dispatch) {
            return super.processSocket(socket, event, dispatch);
        }
        connections.dispatch(channel, () -> {
            if (!super.processSocket(socket, event, true)) {
                socket.close();
            }
        });
        return true;
    }

    /** Returns the channel; null if the connection is closed. */
    private static @Nullable SocketChannel channel(SocketWrapperBase<NioChannel> socket) {
        var channel = socket.getSocket();
        return channel == null ? null : channel.getIOChannel();
    }

    /** Delegates to Tomcat's handler, and reports when a connection is served and released. */
    private final class ReportingHandler implements Handler<NioChannel> {

        private final Handler<NioChannel> handler;

        ReportingHandler(Handler<NioChannel> handler) {
            this.handler = handler;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            return connections.serve(channel(socket), () -> handler.process(socket, event));
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> socket) {
            var channel = channel(socket);
            if (channel != null) {
                connections.closed(channel);
            }
            handler.release(socket);
        }

        @Override
        public Object getGlobal() {
            return handler.getGlobal();
        }

        @Override
        public void pause() {
            handler.pause();
        }

        @Override
        public void recycle() {
            handler.recycle();
        }
    }
}
