/**
 * Publish and subscribe within a process, without Spring or Kafka.
 * <p>
 * An {@link dev.orderflow.eventing.bus.EventBus} has lanes, and a lane has a ring of slots for each priority. The key of an event
 * decides its lane. Each subscription has a thread in each lane, which reads the lane's rings at a pace of its own.
 * <p>
 * Guarantees:
 * <ul>
 * <li>Each subscription handles the events of one key and one priority in the order in which they were published, also while the number
 * of lanes changes. Events of different priorities have no order.
 * <li>A subscription handles each event that is published after its registration and before its end, once. Exceptions are counted:
 * failed, expired, dropped and missed events.
 * <li>A subscription that fails, is slow or never returns delays others in its own lane at most, by a full ring.
 * <li>A ring holds at most {@code slots} events and {@code payloadBytes} bytes of payloads. Each wait has a limit.
 * </ul>
 * Publishers of one ring take turns by a lock, which also serves changes of lanes and subscriptions. Readers that block publishers use
 * the ring's slots as they are, without a lock; those that drop or spill copy an event under the lock before they handle it.
 * <p>
 * Alternatives that lost:
 * <ul>
 * <li>A ring per priority that feeds a queue per lane: it copies each event once more for each lane.
 * <li>The Disruptor's {@code BatchEventProcessor}: it follows one ring, so that a thread could not choose between priorities.
 * <li>Its ring for a single producer, under the lock: its assertions demand a single thread.
 * <li>Aging by time: a backlog that is older than the limit would go before all later {@code HIGH} events.
 * <li>Stopping publishers while keys move: a slow listener would stop all lanes. Readers wait for each other instead.
 * </ul>
 */
@NullMarked
package dev.orderflow.eventing.bus;

import org.jspecify.annotations.NullMarked;
