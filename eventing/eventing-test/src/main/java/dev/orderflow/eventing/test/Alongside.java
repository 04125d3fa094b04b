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
 * Marks a test class that runs concurrently with the sequential tests of its module, where
 * {@code junit.jupiter.execution.parallel.enabled} is set. It is for tests that mostly wait and share only the broker with
 * others: no consumer group, topics, captured output, or PostgreSQL, whose snapshots contain the transactions of all its
 * databases. A test that stops a server needs {@code @ResourceLock(TestInfrastructure.LOCK)}, to have the servers for itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = TestInfrastructure.LOCK, mode = ResourceAccessMode.READ)
public @interface Alongside {}
