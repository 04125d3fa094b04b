package dev.orderflow.verify.evidence;

/** Content of the services' own tables, of one share. */
record BusinessData(
        Orders orders,
        Reservations reservations,
        Payments payments,
        Shipments shipments,
        Points points,
        Notifications notifications) {}
