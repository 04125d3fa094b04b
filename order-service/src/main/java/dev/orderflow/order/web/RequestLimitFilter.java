package dev.orderflow.order.web;

import dev.orderflow.order.refusal.OverloadedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds how many requests are carried out at once, and how many wait for that; refuses the others before their bodies are
 * read. With a virtual thread for each request, nothing else does: thousands would wait for a handful of database
 * connections, each with its order in memory, until there is none left.
 * <p>
 * Not bounded are requests that only wait for an order to change, which hold next to nothing, and those of operators, who
 * must get through when it matters.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
@EnableConfigurationProperties(RequestLimitProperties.class)
class RequestLimitFilter extends OncePerRequestFilter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore present;
    private final Semaphore working;
    private final long patienceMillis;
    private final HandlerExceptionResolver exceptions;
    private final Counter refused;

    RequestLimitFilter(
            RequestLimitProperties properties,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver exceptions,
            ObjectProvider<MeterRegistry> meters) {
        this.present = new Semaphore(properties.concurrent() + properties.waiting());
        // Fair: under overload the oldest goes first, and nobody waits for longer than those who came later.
        this.working = new Semaphore(properties.concurrent(), true);
        this.patienceMillis = properties.patience().toMillis();
        this.exceptions = exceptions;
        this.refused = meters.getIfAvailable(SimpleMeterRegistry::new).counter("orders.requests.refused");
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/") || isLongPoll(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!present.tryAcquire()) {
            refuse(request, response);
            return;
        }
        try {
            if (!isMyTurn()) {
                refuse(request, response);
                return;
            }
            try {
                chain.doFilter(request, response);
            } finally {
                working.release();
            }
        } finally {
            present.release();
        }
    }

    /** How many requests wait for their turn. */
    int waiting() {
        return working.getQueueLength();
    }

    private boolean isMyTurn() {
        try {
            return working.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) {
        refused.increment();
        exceptions.resolveException(request, response, null, new OverloadedException(RETRY_AFTER));
    }

    /** Of a {@code POST}, the parameters could be in the body. */
    private static boolean isLongPoll(HttpServletRequest request) {
        return request.getMethod().equals("GET") && request.getParameter("await") != null;
    }
}
