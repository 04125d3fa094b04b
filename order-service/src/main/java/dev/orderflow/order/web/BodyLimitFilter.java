package dev.orderflow.order.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses bodies that are too large: at once if the client says how long it is, else as soon as too much has been read.
 * The servlet container only bounds form posts.
 */
@Component
@EnableConfigurationProperties(BodyLimitProperties.class)
class BodyLimitFilter extends OncePerRequestFilter {

    private final long limit;
    private final HandlerExceptionResolver exceptions;

    BodyLimitFilter(
            BodyLimitProperties properties,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver exceptions) {
        this.limit = properties.maxBodySize().toBytes();
        this.exceptions = exceptions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            exceptions.resolveException(request, response, null, new BodyTooLargeException(limit));
        } else if (request.getContentLengthLong() < 0) {
            chain.doFilter(new LimitedRequest(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private class LimitedRequest extends HttpServletRequestWrapper {

        private @Nullable LimitedInput input;

        LimitedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (input == null) {
                input = new LimitedInput(super.getInputStream());
            }
            return input;
        }
    }

    private class LimitedInput extends ServletInputStream {

        private final ServletInputStream input;
        private long read;

        LimitedInput(ServletInputStream input) {
            this.input = input;
        }

        @Override
        public int read() throws IOException {
            var next = input.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var count = input.read(bytes, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) throws BodyTooLargeException {
            read += bytes;
            if (read > limit) {
                throw new BodyTooLargeException(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return input.isFinished();
        }

        @Override
        public boolean isReady() {
            return input.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            input.setReadListener(listener);
        }
    }
}
