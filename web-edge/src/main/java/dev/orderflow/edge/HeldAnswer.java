package dev.orderflow.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * A response that is kept in memory until it is complete. Responses are short: lists have pages, and the largest file
 * is a script of the API documentation.
 */
final class HeldAnswer extends HttpServletResponseWrapper {

    private final FastByteArrayOutputStream content = new FastByteArrayOutputStream(1024);
    private @Nullable ServletOutputStream output;
    private @Nullable PrintWriter writer;

    HeldAnswer(HttpServletResponse response) {
        super(response);
    }

    /** Returns the number of bytes kept. Call it when the request has been carried out. */
    int size() {
        if (writer != null) {
            writer.flush();
        }
        return content.size();
    }

    /** Sends the response. Call it when the request has been carried out. */
    void send() throws IOException {
        if (getResponse().isCommitted()) {
            return;
        }
        if (size() > 0) {
            getResponse().setContentLength(size());
            content.writeTo(getResponse().getOutputStream());
        }
        getResponse().flushBuffer();
    }

    /** Returns the client's own response, whose parts are sent as they are written. Nothing of this one is sent then. */
    HttpServletResponse direct() {
        content.reset();
        return (HttpServletResponse) getResponse();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (output == null) {
            output = new HeldOutput();
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null) {
            writer =
                    new PrintWriter(new OutputStreamWriter(getOutputStream(), Charset.forName(getCharacterEncoding())));
        }
        return writer;
    }

    /**
     * Does not flush: a sent response cannot be replaced by an error, and sending could block while the request still
     * holds resources.
     */
    @Override
    public void flushBuffer() {
        if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        content.reset();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        content.reset();
        super.sendError(status, message);
    }

    @Override
    public void reset() {
        content.reset();
        super.reset();
    }

    @Override
    public void resetBuffer() {
        content.reset();
        super.resetBuffer();
    }

    /** Writes to memory, never to the connection. */
    private final class HeldOutput extends ServletOutputStream {

        @Override
        public void write(int value) throws IOException {
            content.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            content.write(bytes, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("responses are written by the request's thread");
        }
    }
}
