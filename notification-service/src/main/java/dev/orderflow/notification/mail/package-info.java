/**
 * One e-mail per change of an order's status. {@code MailEventHandlers} is the way in: it asks {@code MailRepository}
 * whether the e-mail was sent before, lets {@code MailTemplates} write it and {@code SmtpMailer} send it.
 */
@NullMarked
package dev.orderflow.notification.mail;

import org.jspecify.annotations.NullMarked;
