package dev.orderflow.system;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the suite for the first {@link SystemTest}, verifies it after each class, and has it stopped after the last one. */
final class SuiteExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final Logger log = LoggerFactory.getLogger(SuiteExtension.class);
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SuiteExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == RunningSuite.class || type == Shop.class || type == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var suite = suite(context);
        var type = parameter.getParameter().getType();
        if (type == Shop.class) {
            return suite.shop();
        }
        return type == Sandbox.class ? suite.sandbox() : suite;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var suite = suite(context);
        context.getExecutionException().ifPresent(failure -> log.error("{}", suite.lastWords()));
        suite.restore();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        suite(context).verify();
    }

    /** Gets or starts the suite. The root's store closes its values when all tests are done. */
    private static RunningSuite suite(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Attempt.class, first -> Attempt.make(), Attempt.class)
                .suite();
    }

    /** The only attempt to start the suite. A failed start is not repeated for each test. */
    private static final class Attempt implements AutoCloseable {

        private final Optional<RunningSuite> suite;
        private Optional<RuntimeException> failure;

        private Attempt(Optional<RunningSuite> suite, Optional<RuntimeException> failure) {
            this.suite = suite;
            this.failure = failure;
        }

        private static Attempt make() {
            try {
                return new Attempt(Optional.of(RunningSuite.start()), Optional.empty());
            } catch (RuntimeException e) {
                return new Attempt(Optional.empty(), Optional.of(e));
            }
        }

        /** Throws the failure in full once; later callers get a reference to it. */
        private RunningSuite suite() {
            var untold = failure;
            failure = Optional.empty();
            if (untold.isPresent()) {
                throw untold.get();
            }
            return suite.orElseThrow(
                    () -> new IllegalStateException("The suite did not start; the first test reports why."));
        }

        @Override
        public void close() {
            suite.ifPresent(RunningSuite::close);
        }
    }
}
