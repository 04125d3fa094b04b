/** The switches of tenants, which operators set and the audit log keeps. */
@NullMarked
package dev.orderflow.eventing.admin.tenant;

import org.jspecify.annotations.NullMarked;
