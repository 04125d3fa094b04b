package dev.orderflow.eventing.deadletter;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators group and filter dead letters by class names, so a class that is renamed would part letters of one cause. */
class StoredClassNamesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.orderflow.eventing.inbox.BatchTransaction$UnstorableRecordException",
                "dev.orderflow.eventing.inbox.handler.HandlerRegistry$ForeignEventException",
                "dev.orderflow.eventing.inbox.handler.WatchedStep$HandlingTimeoutException",
                "dev.orderflow.eventing.retry.LostRecordException",
                "dev.orderflow.eventing.wire.ForgedEventException",
                "dev.orderflow.eventing.wire.UndecodableEventException"
            })
    void exceptionsThatDeadLettersStoreKeepTheirNames(String name) {
        assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
                .doesNotThrowAnyException();
    }
}
