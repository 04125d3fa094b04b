package dev.orderflow.order.ownership;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.edge.security.Caller;
import dev.orderflow.eventing.PersonalData;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a caller: a customer's own, or those of all customers of the caller's tenant. All others do not exist for
 * the caller, so that nobody learns which ids are in use.
 *
 * @param tenant   the caller's tenant
 * @param customer the caller, if it is a customer; null for one that acts for any customer of its tenant
 * @param subject  the caller's name, to which its idempotency keys belong
 * @param address  the customer's verified e-mail address; null without one, and for other callers
 */
public record Ownership(
        String tenant,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored") @Nullable
        String customer,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        String subject,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored") @Nullable
        String address) {

    /** Creates those of a caller whose address is not known. */
    public Ownership(String tenant, @Nullable String customer, String subject) {
        this(tenant, customer, subject, null);
    }

    public static Ownership of(Caller caller) {
        return caller.actsForAnyCustomer()
                ? new Ownership(caller.tenant(), null, caller.subject())
                : new Ownership(caller.tenant(), caller.subject(), caller.subject(), caller.address());
    }

    /** Returns whether an order is one of these. */
    public boolean includes(String itsTenant, String itsCustomer) {
        return tenant.equals(itsTenant) && (customer == null || customer.equals(itsCustomer));
    }

    /**
     * Returns the customer of a request; null if it names none and concerns all customers of the tenant.
     *
     * @param named customer that the request names
     * @throws Refusal if the caller may not act for this customer
     */
    public @Nullable String customerOf(@Nullable String named) {
        if (customer == null) {
            return named;
        }
        if (named == null || named.isBlank() || named.equals(customer)) {
            return customer;
        }
        throw Refusal.forbidden(
                "forbidden_customer",
                "The access token is another customer's.",
                new Violation("customerId", "must be the customer of the access token, or absent"));
    }
}
