/** Access tokens of the sandbox's issuer, by role. */
@NullMarked
package dev.orderflow.demo.token;

import org.jspecify.annotations.NullMarked;
