/** A help desk: tickets are opened, and each team sees how many wait for it. */
@NullMarked
package com.example.tickets;

import org.jspecify.annotations.NullMarked;
