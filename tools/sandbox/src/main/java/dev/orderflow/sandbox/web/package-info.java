/** What all of the sandbox's HTTP answers have in common: pages, and problem details with a code. */
@NullMarked
package dev.orderflow.sandbox.web;

import org.jspecify.annotations.NullMarked;
