package dev.orderflow.order.web;

/** The service has enough to do. Nothing was done for this request. */
class OverloadedException extends RuntimeException {

    static final String CODE = "overloaded";

    /** Without a stack trace: there are the most of them when there is the least time. */
    OverloadedException() {
        super("There are more requests than can be carried out. Nothing was done for this one.", null, false, false);
    }
}
