package dev.orderflow.hub.live;

import static org.mockito.Mockito.mock;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Streams that end at once. */
@TestConfiguration(proxyBeanMethods = false)
public class LiveStreamDouble {

    @Bean
    LiveStreams liveStreams() {
        return mock(LiveStreams.class);
    }
}
