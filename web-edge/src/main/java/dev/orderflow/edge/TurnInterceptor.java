package dev.orderflow.edge;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Makes requests wait for their turn after their bodies were read. The decision depends on the controller method,
 * because a path has many spellings, and {@code HEAD} costs as much as {@code GET}.
 */
final class TurnInterceptor implements HandlerInterceptor {

    private static final String TURN = TurnInterceptor.class.getName() + ".turn";
    private static final String OURS = "dev.orderflow.";

    private final Map<String, Turns> named;
    private final Turns pages;

    /** @param pages turns of other handlers, such as that of the API documentation */
    TurnInterceptor(Map<String, Turns> named, Turns pages) {
        this.named = named;
        this.pages = pages;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            return true;
        }
        var ours = handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS);
        var turns = ours ? turns((HandlerMethod) handler) : pages;
        if (turns != null) {
            turns.begin(request.getRemoteAddr());
            request.setAttribute(TURN, turns);
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(TURN) instanceof Turns turns) {
            request.removeAttribute(TURN);
            turns.end();
        }
    }

    private @Nullable Turns turns(HandlerMethod method) {
        var takes = method.getMethodAnnotation(TakesTurn.class);
        var name = takes == null ? TakesTurn.REQUESTS : takes.value();
        if (name.equals(TakesTurn.ITSELF)) {
            return null;
        }
        var turns = named.get(name);
        if (turns == null) {
            throw new IllegalStateException("there is no bean " + name + ", which " + method + " needs");
        }
        return turns;
    }
}
