package dev.orderflow.edge.problem;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Names the invalid fields in the detail only; the code follows from the status. */
final class LineWording implements Wording {

    @Override
    public ProblemDetail invalid(HttpStatusCode status, List<Violation> violations) {
        return ProblemDetail.forStatusAndDetail(
                status,
                violations.stream()
                        .map(each -> each.field() + " " + each.message())
                        .collect(joining("; ")));
    }

    @Override
    public ProblemDetail unreadable(HttpStatusCode status, UnreadableBody body) {
        var detail = body instanceof UnreadableBody.WrongField(var path, var _, var message) && message != null
                ? path + " cannot be read: " + message
                : "the body is not the JSON expected here";
        return ProblemDetail.forStatusAndDetail(status, detail);
    }
}
