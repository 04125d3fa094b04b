/** The suite on a Kubernetes cluster, reached by way of {@code kubectl port-forward}. */
@NullMarked
package dev.orderflow.demo.kubernetes;

import org.jspecify.annotations.NullMarked;
