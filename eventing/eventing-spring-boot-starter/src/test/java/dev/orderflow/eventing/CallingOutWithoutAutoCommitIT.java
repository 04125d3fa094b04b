package dev.orderflow.eventing;

import org.springframework.test.context.TestPropertySource;

/** The same with a pool whose connections roll back what is in no transaction. */
@TestPropertySource(properties = "spring.datasource.hikari.auto-commit=false")
class CallingOutWithoutAutoCommitIT extends CallingOutIT {}
