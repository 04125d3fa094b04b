package dev.orderflow.eventing;

import org.springframework.test.context.TestPropertySource;

/** The same tests with a pool whose connections roll back statements outside a transaction. */
@TestPropertySource(properties = "spring.datasource.hikari.auto-commit=false")
class CallingOutWithoutAutoCommitIT extends CallingOutIT {}
