package dev.orderflow.edge.problem;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The wording of an API's problem details.
 *
 * @param form         form of the answers to malformed requests
 * @param outageDetail detail of the answer while the database is unavailable
 */
@Validated
@ConfigurationProperties("edge.problems")
record ProblemProperties(
        @DefaultValue("FIELDS") @NotNull Form form,

        @DefaultValue("The database cannot be reached or is too busy. Try again.") @NotBlank
        String outageDetail) {

    /** The published forms; new APIs use {@link #FIELDS}. */
    enum Form {
        /** Invalid fields in {@code errors}, and a code for each kind of mistake. */
        FIELDS,
        /** Invalid fields in {@code errors} and in the detail. */
        SUMMARY,
        /** Invalid fields in the detail; the code follows from the status. */
        LINE,
        /** Spring's details; the code follows from the status. */
        STATUS
    }

    Wording wording() {
        return switch (form) {
            case FIELDS -> new FieldWording();
            case SUMMARY -> new SummaryWording();
            case LINE -> new LineWording();
            case STATUS -> new StatusWording();
        };
    }
}
