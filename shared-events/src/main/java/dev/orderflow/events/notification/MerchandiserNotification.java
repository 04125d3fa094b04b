package dev.orderflow.events.notification;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;

/** Something that the merchandiser should know. Other events become notifications by routes of notification-service. */
@EventTopic(value = Topics.NOTIFICATION_EVENTS, owner = Topics.NOTIFICATION_SERVICE)
public sealed interface MerchandiserNotification extends DomainEvent permits LowStockNoticed {}
