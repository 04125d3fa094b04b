/** SMTP sink: accepts every e-mail, delivers none, and lists them over HTTP. */
@NullMarked
package dev.orderflow.sandbox.mail;

import org.jspecify.annotations.NullMarked;
