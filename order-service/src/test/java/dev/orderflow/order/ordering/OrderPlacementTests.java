package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.orderflow.events.order.PaymentMethod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** What becomes of an order when its transaction does not even begin. */
class OrderPlacementTests {

    private final TransactionOperations transactions = mock();
    private final OrderPlacement placement = new OrderPlacement(mock(PlacementTransaction.class), transactions);
    private final PlaceOrder lamp = new PlaceOrder("ann", List.of(new PlaceOrder.Line("LAMP", 1)), PaymentMethod.CARD);

    @Test
    void withoutAConnectionTheOrderFailsAndNobodyTriesAgain() {
        var away = new CannotCreateTransactionException("no connection");
        when(transactions.execute(any())).thenThrow(away);

        assertThatThrownBy(() -> placement.place(lamp, null)).isSameAs(away);
        verify(transactions, times(1)).execute(any());
    }

    @Test
    void whenTheDatabaseStaysAwayAfterAFailureTheOrderFailsAndTheNextOneGetsItsTurn() {
        var away = new CannotCreateTransactionException("no connection");
        when(transactions.execute(any()))
                .thenThrow(new DataAccessResourceFailureException("the connection broke"))
                .thenThrow(away);

        assertThatThrownBy(() -> placement.place(lamp, null)).isSameAs(away);
        verify(transactions, times(2)).execute(any());
        assertThatThrownBy(() -> placement.place(lamp, null)).isSameAs(away);
        verify(transactions, times(3)).execute(any());
    }
}
