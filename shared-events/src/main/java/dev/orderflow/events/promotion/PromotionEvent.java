package dev.orderflow.events.promotion;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.time.Instant;
import java.util.UUID;

/** A change of a promotion. Its latest event says all about it; the topic is compacted. */
@EventTopic(value = Topics.PROMOTION_RULES, owner = Topics.ORDER_SERVICE)
public sealed interface PromotionEvent extends DomainEvent permits PromotionChanged, PromotionRemoved {

    UUID promotionId();

    /** Increases with each change of the promotion, also over its removal. */
    Long version();

    /** Increases with each change of the promotion, also after a restored backup has set back its version. */
    Instant at();

    @Override
    @JsonIgnore
    default String key() {
        return promotionId().toString();
    }
}
