-- One row per mail that the SMTP server has taken. The primary key is what makes it one mail per order and status.
CREATE TABLE mail (
    order_id  uuid         NOT NULL,
    status    varchar(20)  NOT NULL,
    recipient varchar(200) NOT NULL,
    subject   varchar(200) NOT NULL,
    sent_at   timestamptz  NOT NULL,
    PRIMARY KEY (order_id, status)
);

-- Mails that can never be sent. Names no address: what is wrong with it is found at the order.
CREATE TABLE undeliverable_mail (
    order_id    uuid        NOT NULL,
    status      varchar(20) NOT NULL,
    reason      varchar(40) NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, status)
);
