/** The mail sink: takes in every mail over SMTP, delivers none, and lists them over HTTP. */
@NullMarked
package dev.orderflow.sandbox.mail;

import org.jspecify.annotations.NullMarked;
