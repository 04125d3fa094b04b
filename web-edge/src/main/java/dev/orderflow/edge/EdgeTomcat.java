package dev.orderflow.edge;

import dev.orderflow.edge.connection.ConnectionLimits;
import dev.orderflow.edge.connection.GuardedHttp11Protocol;
import dev.orderflow.edge.problem.ProblemErrorValve;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.TomcatWebServerFactory;

/** Customizes a Tomcat server. */
final class EdgeTomcat {

    /**
     * Size of each connection's two buffers, which it keeps even when idle; larger responses are sent in several
     * writes.
     */
    private static final String READ_BUFFER = "2048";

    private static final String WRITE_BUFFER = "4096";

    /**
     * Size up to which Tomcat reads an unused body to keep the connection; it closes the connection of a larger one.
     */
    private static final String UNWANTED_BODY = "65536";

    private EdgeTomcat() {}

    /** Answers all errors with problem details. */
    static void answerProblems(TomcatWebServerFactory factory) {
        factory.addContextCustomizers((TomcatContextCustomizer) context -> {
            // Spring Boot's error pages would take precedence; they are HTML, or JSON of another form.
            for (var page : context.findErrorPages()) {
                context.removeErrorPage(page);
            }
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ProblemErrorValve.class.getName());
            host.getPipeline().addValve(new ProblemErrorValve());
        });
    }

    /** Replaces Tomcat's HTTP protocol by {@link GuardedHttp11Protocol}, and reduces its buffers. */
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
