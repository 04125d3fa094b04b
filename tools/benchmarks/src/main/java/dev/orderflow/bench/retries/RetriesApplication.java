package dev.orderflow.bench.retries;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Application that depends on the starter as any service would. */
@SpringBootApplication
class RetriesApplication {}
