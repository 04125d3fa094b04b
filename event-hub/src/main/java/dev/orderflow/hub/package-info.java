/**
 * Event-hub: stores every event of the suite once, answers queries about them, shows the timeline of an order, streams events live, and
 * finds lost ones. It observes the exchange and takes no part in it.
 * <p>
 * An event passes through the packages in this order. {@code store} consumes the topics and writes each event, and each record in which
 * it was seen, to PostgreSQL. {@code sequence} compares the sequences of each key in the same transaction. {@code query},
 * {@code timeline} and {@code live} read the store.
 * <p>
 * Guarantees:
 * <ul>
 * <li>Events are stored before their offsets are committed, and an identity is stored once, so that a kill at any point loses and
 * doubles nothing.
 * <li>Positions of events are in the order of their commits, so that a reader that resumes after a position misses nothing.
 * <li>A record without the attributes of an event, or that PostgreSQL refuses, is counted ({@code hub.records.skipped}) and never stops
 * the hub. A payload other than JSON is stored as bytes, and an event with too large a payload without it.
 * <li>A tenant sees its own events only, by row-level policies.
 * </ul>
 * The hub cannot see whether a handler has succeeded, only that no copy followed on a retry or dead-letter topic.
 */
@NullMarked
package dev.orderflow.hub;

import org.jspecify.annotations.NullMarked;
