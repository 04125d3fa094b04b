/**
 * Checks the manifests that {@code k8s/} renders to, as a cluster and an operator would: one
 * {@link dev.orderflow.deployment.Check} per rule, all of them in {@link dev.orderflow.deployment.Checks}.
 */
@NullMarked
package dev.orderflow.deployment;

import org.jspecify.annotations.NullMarked;
