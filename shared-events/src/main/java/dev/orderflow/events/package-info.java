/** What services say to each other: topics and the values their events share. No Spring. */
@NullMarked
package dev.orderflow.events;

import org.jspecify.annotations.NullMarked;
