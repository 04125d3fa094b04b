/**
 * Looks at what {@code k8s/} renders to as a cluster and an operator would: a {@link dev.orderflow.deployment.Check} for each thing that
 * must hold, {@link dev.orderflow.deployment.Checks} for all of them.
 */
@NullMarked
package dev.orderflow.deployment;

import org.jspecify.annotations.NullMarked;
