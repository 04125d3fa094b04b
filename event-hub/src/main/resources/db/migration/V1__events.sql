-- Numbers the events in the order in which their transactions commit: each transaction that stores events holds a lock from its first
-- number to its end. A reader that has seen a number has seen all lower ones.
CREATE SEQUENCE event_position;

-- Which events are stored. The partitions of event cannot say that, since copies of an event have other times.
CREATE TABLE event_identity (
    event_id    uuid        NOT NULL,
    -- The first eight bytes of the source's SHA-256: two sources may use the same id.
    source_key  bigint      NOT NULL,
    record_time timestamptz NOT NULL,
    PRIMARY KEY (event_id, source_key)
);

-- Finds the identities of a day that is dropped.
CREATE INDEX event_identity_age ON event_identity (record_time);

-- Each event once, in partitions by the day of its record's time. All indexed texts are short enough for an index.
CREATE TABLE event (
    position       bigint      NOT NULL,
    record_time    timestamptz NOT NULL,
    event_id       uuid        NOT NULL,
    source_key     bigint      NOT NULL,
    tenant         varchar(64) COLLATE "C" NOT NULL,
    source         text        NOT NULL,
    published_id   text        NOT NULL,
    type           text COLLATE "C" NOT NULL,
    key            text COLLATE "C" NOT NULL,
    -- Where it was published, also if it was first seen on another topic.
    topic          text        NOT NULL,
    occurred_at    timestamptz,
    sequence       bigint      NOT NULL,
    correlation_id text COLLATE "C" NOT NULL,
    causation_id   text        NOT NULL,
    intent         text,
    traceparent    text,
    -- Its payload, unless that is no JSON: then raw has its bytes. Neither if it is too large.
    data           jsonb,
    raw            bytea,
    size           integer     NOT NULL,
    stored_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (event_id, source_key, record_time)
) PARTITION BY RANGE (record_time);

-- Records whose day has no partition, as their clock was wrong.
CREATE TABLE event_default PARTITION OF event DEFAULT;

-- Finds the events after a position.
CREATE INDEX event_position_order ON event (position);

-- Find the newest events of a tenant, of one of its keys, flows and types.
CREATE INDEX event_time ON event (tenant, record_time, position);
CREATE INDEX event_key ON event (tenant, key, record_time, position);
CREATE INDEX event_flow ON event (tenant, correlation_id, record_time, position);
CREATE INDEX event_type ON event (tenant, type, record_time, position);

-- Each record of an event: where it was published, and its copies on the retry and dead-letter topics of consumers.
CREATE TABLE sighting (
    topic           text        NOT NULL,
    kafka_partition integer     NOT NULL,
    kafka_offset    bigint      NOT NULL,
    record_time     timestamptz NOT NULL,
    event_id        uuid        NOT NULL,
    source_key      bigint      NOT NULL,
    tenant          varchar(64) COLLATE "C" NOT NULL,
    kind            varchar(6)  NOT NULL CHECK (kind IN ('SOURCE', 'RETRY', 'DEAD')),
    -- The group on whose topic a copy is.
    consumer        text,
    hop             integer,
    due_at          timestamptz,
    handler         text,
    exception       text,
    seen_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, kafka_partition, kafka_offset, record_time)
) PARTITION BY RANGE (record_time);

CREATE TABLE sighting_default PARTITION OF sighting DEFAULT;

-- Finds the sightings of an event.
CREATE INDEX sighting_event ON sighting (event_id, source_key);

-- The next offset of each partition, and the offset before which records have expired unread.
CREATE TABLE topic_position (
    topic           text    NOT NULL,
    kafka_partition integer NOT NULL,
    next_offset     bigint  NOT NULL,
    horizon         bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, kafka_partition)
);

-- The last sequence of each stream: of one source's events of one key on one topic.
CREATE TABLE stream_position (
    stream       uuid        PRIMARY KEY,
    sequence     bigint      NOT NULL,
    kafka_offset bigint      NOT NULL,
    updated_at   timestamptz NOT NULL
);

-- Finds the streams that have ended long ago.
CREATE INDEX stream_position_age ON stream_position (updated_at);

-- Sequences that were left out or came again.
CREATE TABLE sequence_anomaly (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      varchar(10) NOT NULL CHECK (kind IN ('GAP', 'REGRESSION')),
    tenant    varchar(64) COLLATE "C" NOT NULL,
    topic     text        NOT NULL,
    source    text        NOT NULL,
    key       text COLLATE "C" NOT NULL,
    first     bigint      NOT NULL,
    last      bigint      NOT NULL,
    found_at  timestamptz NOT NULL DEFAULT now(),
    -- Whether it is older than the delay, and counts.
    confirmed boolean     NOT NULL DEFAULT false
);

-- Finds the anomalies of a key, those that are to be confirmed, and the old ones.
CREATE INDEX sequence_anomaly_key ON sequence_anomaly (tenant, key);
CREATE INDEX sequence_anomaly_new ON sequence_anomaly (found_at) WHERE NOT confirmed;
CREATE INDEX sequence_anomaly_age ON sequence_anomaly (found_at);
