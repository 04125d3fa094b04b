/**
 * External systems for demos and tests: a payment provider, a mail sink and an issuer of access tokens, whose data
 * survives a kill.
 */
@NullMarked
package dev.orderflow.sandbox;

import org.jspecify.annotations.NullMarked;
