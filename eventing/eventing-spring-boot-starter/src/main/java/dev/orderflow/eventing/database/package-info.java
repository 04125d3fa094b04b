/** The starter's tables, its own connections to the application's database, and the time limits of all connections. */
@NullMarked
package dev.orderflow.eventing.database;

import org.jspecify.annotations.NullMarked;
