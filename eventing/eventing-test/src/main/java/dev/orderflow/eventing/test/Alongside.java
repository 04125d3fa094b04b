package dev.orderflow.eventing.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class that runs beside those of its module that run one after the other, where
 * {@code junit.jupiter.execution.parallel.enabled} is set. For tests that mostly wait and share nothing with others but the
 * broker: neither a consumer group nor topics, captured output or PostgreSQL, whose snapshots name the transactions of all its
 * databases. A test that stops a server needs {@code @ResourceLock(TestInfrastructure.LOCK)}, to have the servers for itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = TestInfrastructure.LOCK, mode = ResourceAccessMode.READ)
public @interface Alongside {}
