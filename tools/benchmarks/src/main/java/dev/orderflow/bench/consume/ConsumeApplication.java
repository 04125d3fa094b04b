package dev.orderflow.bench.consume;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Depends on the starter as any service would. A profile chooses how its handler works: {@code jdbc} or {@code jpa}. */
@SpringBootApplication
class ConsumeApplication {}
