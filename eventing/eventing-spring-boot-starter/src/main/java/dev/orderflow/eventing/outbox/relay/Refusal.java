package dev.orderflow.eventing.outbox.relay;

import java.util.ArrayList;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/** Cause of a failure to send a record. */
enum Refusal {
    /** The record itself is the cause: it fails whenever it is sent. */
    EVENT,
    /** Another record of the batch may be the cause. Sending each record alone identifies it. */
    SOME_EVENT_OF_THE_BATCH,
    /** The topic can never accept a record: its name is illegal. */
    TOPIC_FOR_GOOD,
    /** The topic accepts no record now; an operator or time may change that. */
    TOPIC,
    /** The topic may be missing: the broker did not return its metadata, or acknowledged no record for the permitted time. */
    TOPIC_IN_DOUBT,
    /** A clock is wrong: the broker's, the database's or, if no other time is given, this host's. */
    TIME,
    /** No record can be sent. */
    OUTAGE;

    /** @param alone whether no other record was in its batch, so that the broker's answer is about this one */
    static Refusal of(Throwable failure, boolean alone) {
        return switch (failure) {
            case OutboxSender.NotAcknowledgedException e -> TOPIC_IN_DOUBT;
            // The lease has not expired, so other topics can still be sent.
            case OutboxSender.ClaimExpiredException e -> TOPIC_IN_DOUBT;
            case OutboxSender.LeaseExpiredException e -> OUTAGE;
            case RecordTooLargeException e -> EVENT;
            case SerializationException e -> EVENT;
            case RecordBatchTooLargeException e -> alone ? EVENT : SOME_EVENT_OF_THE_BATCH;
            case InvalidRecordException e -> alone ? EVENT : SOME_EVENT_OF_THE_BATCH;
            case InvalidTimestampException e -> alone ? TIME : SOME_EVENT_OF_THE_BATCH;
            case InvalidTopicException e -> TOPIC_FOR_GOOD;
            case org.apache.kafka.common.errors.TimeoutException e -> TOPIC_IN_DOUBT;
            case AuthenticationException e -> OUTAGE;
            case ClusterAuthorizationException e -> OUTAGE;
            case RetriableException e -> OUTAGE;
            case ApiException e -> TOPIC;
            // The producer's exception for the valid records of a batch, when the broker reports the invalid ones.
            case KafkaException e when e.getClass() == KafkaException.class && !alone -> SOME_EVENT_OF_THE_BATCH;
            default -> OUTAGE;
        };
    }

    /** Cause of a failure to find or create a topic. */
    static Refusal ofTopic(KafkaException failure) {
        var causes = new ArrayList<Throwable>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return switch (causes.getLast()) {
            case InvalidTopicException e -> TOPIC_FOR_GOOD;
            case AuthenticationException e -> OUTAGE;
            case RetriableException e -> OUTAGE;
            case ApiException e -> TOPIC;
            default -> OUTAGE;
        };
    }
}
