/** Issuer of access tokens: stands in for the authorization server that a shop would buy or rent. */
@NullMarked
package dev.orderflow.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
