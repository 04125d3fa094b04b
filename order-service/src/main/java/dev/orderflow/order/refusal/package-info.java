/** Why a request was understood but not carried out; free of HTTP, so that the domain may say so. */
@NullMarked
package dev.orderflow.order.refusal;

import org.jspecify.annotations.NullMarked;
