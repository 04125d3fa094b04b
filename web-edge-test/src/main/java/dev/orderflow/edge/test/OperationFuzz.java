package dev.orderflow.edge.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends generated requests to each operation of a service's committed OpenAPI document: valid ones of which one part is
 * replaced by something hostile. The service answers each within two seconds and without a failure of its own, and a
 * refused one changes nothing.
 * <p>
 * {@code -Dfuzz.cases=N} sets the number per operation, {@code -Dfuzz.seed=N} repeats other requests than the kept seeds.
 * The requests of a seed are always the same.
 */
public final class OperationFuzz {

    private static final Logger LOG = LoggerFactory.getLogger(OperationFuzz.class);

    private static final int CASES = Integer.getInteger("fuzz.cases", 60);

    /** Seeds of every run. One that finds a failure is added here. */
    private static final List<Long> KEPT = List.of(16L, 2026L);

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int ATTEMPTS = 3;
    private static final int WARM_UP_MILLIS = 60_000;

    private final int port;
    private final Supplier<String> credentials;
    private final Supplier<String> state;
    private final List<String> wrong = new ArrayList<>();

    /**
     * @param credentials returns the header {@code Authorization} for all operations; empty if the service requires none
     * @param state       returns all state that requests can change
     */
    public OperationFuzz(int port, Supplier<String> credentials, Supplier<String> state) {
        this.port = port;
        this.credentials = credentials;
        this.state = state;
    }

    /**
     * @param service its folder in the repository
     * @param values  valid values of parameters and fields, by name, or by operation and name, such as {@code GET /api/orders/{id}
     *                id}, as text or a JSON array; those of parameters are always sent, so that a request that waits does so shortly
     */
    public void assertRobust(String service, Map<String, String> values) {
        var operations = FuzzOperation.of(service);
        assertThat(operations).isNotEmpty();
        operations.forEach(operation -> check(operation, values));
        assertThat(wrong).isEmpty();
    }

    private void check(FuzzOperation operation, Map<String, String> values) {
        var cases = cases(operation, values);
        send(cases.getFirst(), WARM_UP_MILLIS);
        var statuses = new TreeMap<Integer, Integer>();
        var refused = new ArrayList<FuzzCase>();
        for (var each : cases) {
            var status = checked(each, operation);
            statuses.merge(status, 1, Integer::sum);
            if (status >= 400) {
                refused.add(each);
            }
        }
        LOG.info(
                "fuzz operation=\"{}\" seeds={} cases={} statuses={}",
                operation.name(),
                seeds(),
                cases.size(),
                statuses);
        if (statuses.isEmpty() || statuses.firstKey() >= 400) {
            wrong.add(operation.name() + " accepted none of the requests: " + statuses);
        }
        if (operation.changesState()) {
            assertNothingChanges(operation, refused);
        }
    }

    private static List<FuzzCase> cases(FuzzOperation operation, Map<String, String> values) {
        var cases = new ArrayList<FuzzCase>();
        for (var seed : seeds()) {
            var generator = new FuzzCases(operation, values, seed);
            for (var number = 0; number < CASES / seeds().size(); number++) {
                cases.add(generator.next());
            }
        }
        return cases;
    }

    private static List<Long> seeds() {
        var wanted = Long.getLong("fuzz.seed");
        return wanted == null ? KEPT : List.of(wanted);
    }

    /** Returns the status. A request that is not answered in time is repeated: a busy machine does not delay it again. */
    private int checked(FuzzCase request, FuzzOperation operation) {
        var head = "";
        for (var attempt = 0; attempt < ATTEMPTS && head.isEmpty(); attempt++) {
            head = send(request, PATIENCE_MILLIS);
        }
        var status = status(head);
        if (status == 0) {
            wrong.add("no answer within " + PATIENCE_MILLIS + " ms to " + request);
        } else if (status >= 500 && !(status == 503 && operation.documents(status))) {
            wrong.add(status + " to " + request);
        } else if (status >= 400 && !head.contains("application/problem+json")) {
            wrong.add(status + " without a problem detail to " + request);
        }
        return status;
    }

    /** Sends the refused requests again, between two looks at the state; one that is carried out this time is ignored. */
    private void assertNothingChanges(FuzzOperation operation, List<FuzzCase> refused) {
        var before = state.get();
        var since = new ArrayList<FuzzCase>();
        for (var each : refused) {
            since.add(each);
            if (status(send(each, WARM_UP_MILLIS)) < 400) {
                since.clear();
                before = state.get();
            }
        }
        if (!state.get().equals(before)) {
            wrong.add(operation.name() + " changed something by one of the refused " + since);
        }
    }

    private String send(FuzzCase request, int millis) {
        try (var client = RawClient.connect(port)) {
            client.sendIfOpen(request.text(credentials.get()));
            return client.head(millis);
        }
    }

    private static int status(String head) {
        return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }
}
