package dev.orderflow.system;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Test of the whole suite, which is started once for all of them. Its constructor may take the {@link RunningSuite},
 * the {@link Shop} and the {@link Sandbox}. After each test, all parts must be running. After all tests of the class, the
 * promise must hold: no event is lost or takes effect twice, and stock and money are conserved.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SuiteExtension.class)
@interface SystemTest {}
