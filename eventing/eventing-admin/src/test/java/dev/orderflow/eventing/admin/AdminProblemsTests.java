package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class AdminProblemsTests {

    @RestController
    static class Actions {

        @PostMapping("/begin")
        void begin() {
            throw new CannotCreateTransactionException("away", new EOFException());
        }

        @PostMapping("/commit")
        void commit() {
            throw new TransactionSystemException("away", new EOFException());
        }
    }

    /** An empty 200 would tell the operator that the action was carried out. */
    @Test
    void aConnectionThatTheDatabaseClosesIsAFailure() {
        var client = MockMvcTester.of(
                List.of(new Actions()),
                builder -> builder.setControllerAdvice(new AdminProblems()).build());

        assertThat(client.post().uri("/begin")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(client.post().uri("/commit")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
    }
}
