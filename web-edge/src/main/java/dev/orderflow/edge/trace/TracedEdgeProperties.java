package dev.orderflow.edge.trace;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces of requests.
 *
 * @param clientsDecide whether each request whose client records its trace is recorded; only for clients that are
 *                      trusted not to have all of their requests recorded
 */
@ConfigurationProperties("edge.tracing")
record TracedEdgeProperties(@DefaultValue("false") boolean clientsDecide) {}
