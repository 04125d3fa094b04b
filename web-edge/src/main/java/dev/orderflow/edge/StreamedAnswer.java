package dev.orderflow.edge;

import dev.orderflow.edge.connection.ClientConnections;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.util.WebUtils;

/**
 * A response that is sent in parts while its request is carried out, such as server-sent events. All other responses are
 * kept until they are complete.
 * <p>
 * The request's virtual thread writes all parts and returns when the response ends. A client that does not receive a
 * part in time is disconnected, as with any response; between two parts it may wait for any time. The method
 * {@linkplain TakesTurn takes no turn}, because it would keep it, and must bound the number of its clients itself.
 */
public final class StreamedAnswer {

    private final HttpServletResponse response;
    private final ServletOutputStream output;

    private StreamedAnswer(HttpServletResponse response, ServletOutputStream output) {
        this.response = response;
        this.output = output;
    }

    /**
     * Sends status and headers. From now on, a failure can only end the response.
     *
     * @param response of the request that this thread carries out, with its headers
     */
    public static StreamedAnswer begin(HttpServletResponse response) throws IOException {
        var held = WebUtils.getNativeResponse(response, HeldAnswer.class);
        var direct = held == null ? response : held.direct();
        var answer = new StreamedAnswer(direct, direct.getOutputStream());
        answer.send(new byte[0]);
        return answer;
    }

    /**
     * Sends a part. Returns when it is with the client's connection.
     *
     * @throws IOException if the client has disconnected, or was disconnected because it was too slow
     */
    public void send(byte[] part) throws IOException {
        ClientConnections.sendAnswer(part.length);
        var open = false;
        try {
            output.write(part);
            response.flushBuffer();
        } finally {
            open = ClientConnections.awaitNextPart();
        }
        if (!open) {
            throw new ClientAbortException("the connection was ended");
        }
    }
}
