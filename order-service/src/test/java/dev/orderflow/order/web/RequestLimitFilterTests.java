package dev.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import dev.orderflow.order.refusal.OverloadedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

class RequestLimitFilterTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void letAllGo() {
        open.countDown();
    }

    @Test
    void aRequestBeyondThoseThatWorkAndThoseThatWaitIsRefusedAtOnce() {
        var filter = filter(1, 1, Duration.ofMinutes(1));
        var working = start(filter, post());
        await().until(() -> inside.get() == 1);
        var waiting = start(filter, post());
        await().until(() -> filter.waiting() == 1);

        assertThat(start(filter, post()).join()).isEqualTo(503);
        assertThat(meters.counter("orders.requests.refused").count()).isEqualTo(1);

        open.countDown();
        assertThat(working.join()).isEqualTo(200);
        assertThat(waiting.join()).isEqualTo(200);
    }

    @Test
    void aRequestThatHasWaitedForTooLongIsRefusedAndLeavesItsPlace() {
        var filter = filter(1, 1, Duration.ofMillis(50));
        var working = start(filter, post());
        await().until(() -> inside.get() == 1);

        assertThat(start(filter, post()).join()).isEqualTo(503);
        assertThat(filter.waiting()).isZero();

        open.countDown();
        assertThat(working.join()).isEqualTo(200);
        assertThat(start(filter, post()).join()).isEqualTo(200);
    }

    @Test
    void whoOnlyWaitsForAnOrderAndOperatorsAreNotBounded() {
        var filter = filter(1, 0, Duration.ofMinutes(1));
        var longPoll = new MockHttpServletRequest("GET", "/api/orders/1");
        longPoll.setParameter("await", "PAID");

        var all = List.of(
                start(filter, post()),
                start(filter, longPoll),
                start(filter, new MockHttpServletRequest("POST", "/admin/dead-letters/replay")));

        await().until(() -> inside.get() == 3);
        open.countDown();
        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(200));
    }

    private RequestLimitFilter filter(int concurrent, int waiting, Duration patience) {
        HandlerExceptionResolver exceptions = mock();
        when(exceptions.resolveException(any(), any(), any(), any(OverloadedException.class)))
                .thenAnswer(call -> {
                    call.<MockHttpServletResponse>getArgument(1).setStatus(503);
                    return new ModelAndView();
                });
        ObjectProvider<MeterRegistry> provider = mock();
        when(provider.getIfAvailable(any())).thenReturn(meters);
        return new RequestLimitFilter(new RequestLimitProperties(concurrent, waiting, patience), exceptions, provider);
    }

    private static MockHttpServletRequest post() {
        return new MockHttpServletRequest("POST", "/api/orders");
    }

    /** Returns the answer's status. */
    private CompletableFuture<Integer> start(RequestLimitFilter filter, MockHttpServletRequest request) {
        FilterChain chain = (asked, answered) -> {
            inside.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        return CompletableFuture.supplyAsync(
                () -> {
                    var response = new MockHttpServletResponse();
                    try {
                        filter.doFilter(request, response, chain);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return response.getStatus();
                },
                Executors.newVirtualThreadPerTaskExecutor());
    }
}
