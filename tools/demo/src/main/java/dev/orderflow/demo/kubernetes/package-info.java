/** Suite on a Kubernetes cluster, reached through {@code kubectl port-forward}. */
@NullMarked
package dev.orderflow.demo.kubernetes;

import org.jspecify.annotations.NullMarked;
