package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Callable;

/** What stands around calls to the outside, by the guard's name. Thread-safe. */
interface CallGuards {

    /**
     * Calls out under the guard.
     *
     * @throws DependencyAwayException when the guard does not let the call through
     * @throws Exception               what the call threw, or that it took too long
     */
    AfterCall call(String guard, Callable<AfterCall> call) throws Exception;

    /** Those of {@code guards} that let nothing through at present, so that consumption had better pause. */
    Set<String> open(Collection<String> guards);

    /** Whether what failed under the guard says that the dependency is away, rather than that the event is at fault. */
    boolean isAway(String guard, Throwable failure);

    /** The call was not made, or need not be: what it depends on is away. The event is not to blame. */
    class DependencyAwayException extends RuntimeException {

        DependencyAwayException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** For applications without Resilience4j: no handler may name a guard. */
    CallGuards NONE = new CallGuards() {
        @Override
        public AfterCall call(String guard, Callable<AfterCall> call) {
            throw new IllegalStateException("no guard " + guard);
        }

        @Override
        public boolean isAway(String guard, Throwable failure) {
            return false;
        }

        @Override
        public Set<String> open(Collection<String> guards) {
            if (!guards.isEmpty()) {
                throw new InvalidHandlerException(
                        "Handlers name the guards " + guards + ", but Resilience4j is not on the class path",
                        "Add io.github.resilience4j:resilience4j-spring-boot4, or remove the guards");
            }
            return Set.of();
        }
    };
}
