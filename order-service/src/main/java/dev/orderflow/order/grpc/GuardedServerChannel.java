package dev.orderflow.order.grpc;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;

/** Accepts connections that {@link GrpcConnections} admits, and closes the others before anything is read from them. */
final class GuardedServerChannel extends NioServerSocketChannel {

    private final GrpcConnections connections;

    GuardedServerChannel(GrpcConnections connections) {
        this.connections = connections;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        var count = super.doReadMessages(accepted);
        accepted.removeIf(each -> {
            var channel = (Channel) each;
            if (connections.admit(channel)) {
                return false;
            }
            channel.unsafe().closeForcibly();
            return true;
        });
        return count;
    }
}
