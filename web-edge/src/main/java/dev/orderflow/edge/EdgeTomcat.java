package dev.orderflow.edge;

import dev.orderflow.edge.connection.ConnectionLimits;
import dev.orderflow.edge.connection.GuardedHttp11Protocol;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.TomcatWebServerFactory;

/** Changes of a Tomcat server. */
final class EdgeTomcat {

    /** Bytes of the two buffers that each connection has even when it is silent; larger answers are sent in pieces. */
    private static final String READ_BUFFER = "2048";

    private static final String WRITE_BUFFER = "4096";

    /** Bytes of a body that nobody wants which Tomcat reads to keep the connection; beyond, it closes it. */
    private static final String UNWANTED_BODY = "65536";

    private EdgeTomcat() {}

    /** Answers errors with problem details, by whomever they are found. */
    static void answerProblems(TomcatWebServerFactory factory) {
        factory.addContextCustomizers((TomcatContextCustomizer) context -> {
            // What stands in the way: pages that Spring Boot renders as HTML, or as JSON of its own.
            for (var page : context.findErrorPages()) {
                context.removeErrorPage(page);
            }
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ProblemErrorValve.class.getName());
            host.getPipeline().addValve(new ProblemErrorValve());
        });
    }

    static void guardConnections(TomcatWebServerFactory factory, ConnectionLimits limits, ConnectionMetrics metrics) {
        factory.setProtocol(GuardedHttp11Protocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", READ_BUFFER);
            connector.setProperty("socket.appWriteBufSize", WRITE_BUFFER);
            connector.setProperty("maxSwallowSize", UNWANTED_BODY);
            if (connector.getProtocolHandler() instanceof GuardedHttp11Protocol protocol) {
                protocol.setLimits(limits);
                metrics.of(protocol);
            }
        });
    }
}
