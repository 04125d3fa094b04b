/** The audit log of operators' actions. */
@NullMarked
package dev.orderflow.eventing.admin.audit;

import org.jspecify.annotations.NullMarked;
