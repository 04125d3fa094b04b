/**
 * Access tokens: who sends a request, and what he may do. The service is an OAuth2 resource server once an issuer is
 * configured, and asks nobody for credentials before.
 */
@NullMarked
package dev.orderflow.edge.security;

import org.jspecify.annotations.NullMarked;
