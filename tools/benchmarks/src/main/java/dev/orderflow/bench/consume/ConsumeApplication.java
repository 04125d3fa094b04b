package dev.orderflow.bench.consume;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Application that depends on the starter as any service would. A profile selects its handler: {@code jdbc} or
 * {@code jpa}.
 */
@SpringBootApplication
class ConsumeApplication {}
