package dev.orderflow.eventing;

/** Urgency of an event. On the wire it is the name in lower case. */
public enum EventPriority {
    HIGH,
    NORMAL,
    BULK
}
