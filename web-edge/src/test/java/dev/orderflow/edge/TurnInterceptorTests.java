package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.orderflow.edge.problem.Refusal;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

class TurnInterceptorTests {

    private final Turns requests = one();
    private final Turns placing = one();
    private final Turns pages = one();
    private final TurnInterceptor interceptor =
            new TurnInterceptor(Map.of(TakesTurn.REQUESTS, requests, "placing", placing), pages);
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @SuppressWarnings("unused") // Spring finds the methods by their names.
    static class Controller {

        public void ordinary() {}

        @TakesTurn("placing")
        public void placing() {}

        @TakesTurn(TakesTurn.ITSELF)
        public void waiting() {}

        @TakesTurn("misspelt")
        public void misspelt() {}
    }

    @ParameterizedTest
    @CsvSource({"ordinary, requests", "placing, placing"})
    void aMethodTakesTheTurnThatItNames(String method, String named) throws Exception {
        assertThat(interceptor.preHandle(request, response, handler(method))).isTrue();

        assertThat(isTaken(named.equals("placing") ? placing : requests)).isTrue();
        assertThat(isTaken(named.equals("placing") ? requests : placing)).isFalse();
        assertThat(isTaken(pages)).isFalse();
    }

    @Test
    void aMethodThatWaitsTakesNoTurn() throws Exception {
        interceptor.preHandle(request, response, handler("waiting"));

        assertNoneIsTaken();
    }

    /** Libraries' controllers and files are bounded, too. */
    @Test
    void whatIsNoControllerOfOursTakesTheTurnOfPages() throws Exception {
        interceptor.preHandle(request, response, new HandlerMethod("text", String.class.getMethod("length")));
        assertThat(isTaken(pages)).isTrue();
        interceptor.afterCompletion(request, response, "handler", null);

        interceptor.preHandle(request, response, new Object());
        assertThat(isTaken(pages)).isTrue();
        assertThat(isTaken(requests)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ordinary", "placing", "waiting"})
    void theTurnIsGivenBackOnceHoweverOftenTheRequestEnds(String method) throws Exception {
        interceptor.preHandle(request, response, handler(method));
        interceptor.afterCompletion(request, response, handler(method), new IllegalStateException("failed"));
        interceptor.afterCompletion(request, response, handler(method), null);

        assertNoneIsTaken();
        requests.begin("192.0.2.1");
        placing.begin("192.0.2.1");
        assertThat(isTaken(requests)).isTrue();
        assertThat(isTaken(placing)).isTrue();
    }

    @Test
    void aRequestThatGetsNoTurnGivesNoneBack() throws Exception {
        requests.begin("192.0.2.1");

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> interceptor.preHandle(request, response, handler("ordinary")));
        interceptor.afterCompletion(request, response, handler("ordinary"), null);

        assertThat(isTaken(requests)).isTrue();
    }

    /** An error dispatch belongs to a request that has had its turn. */
    @Test
    void theAnswerToAFailureNeedsNoTurn() throws Exception {
        requests.begin("192.0.2.1");
        pages.begin("192.0.2.1");
        request.setDispatcherType(DispatcherType.ERROR);

        assertThat(interceptor.preHandle(request, response, handler("ordinary")))
                .isTrue();
        assertThat(interceptor.preHandle(request, response, new Object())).isTrue();
    }

    @Test
    void aNameThatNoBeanHasIsAMistakeWithBothNames() {
        assertThatIllegalStateException()
                .isThrownBy(() -> interceptor.preHandle(request, response, handler("misspelt")))
                .withMessageContaining("misspelt")
                .withMessageContaining("Controller");
    }

    private void assertNoneIsTaken() {
        assertThat(isTaken(requests)).isFalse();
        assertThat(isTaken(placing)).isFalse();
        assertThat(isTaken(pages)).isFalse();
    }

    private static boolean isTaken(Turns turns) {
        try {
            turns.begin("192.0.2.1");
        } catch (Refusal e) {
            return true;
        }
        assertThatCode(turns::end).doesNotThrowAnyException();
        return false;
    }

    private static Turns one() {
        return new Turns(1, 0, Duration.ofMillis(1), () -> {});
    }

    private static HandlerMethod handler(String method) throws NoSuchMethodException {
        return new HandlerMethod(new Controller(), Controller.class.getMethod(method));
    }
}
