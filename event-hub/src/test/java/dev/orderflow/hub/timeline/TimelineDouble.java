package dev.orderflow.hub.timeline;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.util.Optional;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Timelines of orders without events. */
@TestConfiguration(proxyBeanMethods = false)
public class TimelineDouble {

    @Bean
    Timelines timelines() {
        var timelines = mock(Timelines.class);
        given(timelines.find(any(), any())).willReturn(Optional.empty());
        return timelines;
    }
}
