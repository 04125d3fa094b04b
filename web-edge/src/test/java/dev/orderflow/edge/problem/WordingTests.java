package dev.orderflow.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.problem.ProblemProperties.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

class WordingTests {

    private static final HttpStatus BAD = HttpStatus.BAD_REQUEST;
    private static final Wording FIELDS = wording(Form.FIELDS);
    private static final List<Violation> TWO =
            List.of(new Violation("b", "must be given"), new Violation("a", "must be a string"));

    private enum Colour {
        RED,
        GREEN
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(int.class, "must be a whole number within its range"),
                Arguments.of(Integer.class, "must be a whole number within its range"),
                Arguments.of(long.class, "must be a whole number within its range"),
                Arguments.of(Long.class, "must be a whole number within its range"),
                Arguments.of(boolean.class, "must be true or false"),
                Arguments.of(String.class, "must be a string"),
                Arguments.of(UUID.class, "must be a UUID"),
                Arguments.of(Duration.class, "must be a duration such as 500ms or 10s"),
                Arguments.of(List.class, "must be an array"),
                Arguments.of(ArrayList.class, "must be an array"),
                Arguments.of(Set.class, "must be an array"),
                Arguments.of(Collection.class, "must be an array"),
                Arguments.of(Colour.class, "must be one of RED, GREEN"),
                Arguments.of(Violation.class, "must be an object"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aFieldsExpectationIsToldInTheWordsOfJson(Class<?> wanted, String expectation) {
        var parameter = FIELDS.mismatch(BAD, "x", wanted);
        var field = FIELDS.unreadable(BAD, new UnreadableBody.WrongField("x", wanted, "Jackson's"));

        assertThat(errors(parameter)).containsExactly(new Violation("x", expectation));
        assertThat(errors(field)).containsExactly(new Violation("x", expectation));
        assertThat(field.getDetail()).doesNotContain("Jackson");
    }

    @Test
    void aTypeThatNobodyKnowsIsStillAFieldAtFault() {
        assertThat(errors(FIELDS.mismatch(BAD, "x", null))).containsExactly(new Violation("x", "has the wrong type"));
    }

    @Test
    void fieldsAreListedInOneOrderWhateverOrderTheyWereFoundIn() {
        var problem = FIELDS.invalid(BAD, TWO);

        assertThat(errors(problem)).extracting(Violation::field).containsExactly("a", "b");
        assertThat(problem.getProperties()).containsEntry("code", "validation_failed");
    }

    @Test
    void aSummaryNamesAllFieldsInItsDetail() {
        var problem = wording(Form.SUMMARY).invalid(BAD, TWO);

        assertThat(problem.getDetail()).isEqualTo("a must be a string; b must be given");
        assertThat(errors(problem)).containsExactlyInAnyOrderElementsOf(TWO);
        assertThat(wording(Form.SUMMARY).mismatch(BAD, "n", int.class).getDetail())
                .isEqualTo("n must be a whole number");
        assertThat(wording(Form.SUMMARY).mismatch(BAD, "n", UUID.class).getDetail())
                .isEqualTo("n has the wrong type");
    }

    @Test
    void aLineNamesTheFieldsAndHasNeitherErrorsNorACodeOfItsOwn() {
        var problem = wording(Form.LINE).invalid(BAD, TWO);

        assertThat(problem.getDetail()).isEqualTo("b must be given; a must be a string");
        assertThat(problem.getProperties()).isNull();
        assertThat(wording(Form.LINE)
                        .unreadable(BAD, new UnreadableBody.WrongField("x", int.class, null))
                        .getDetail())
                .isEqualTo("the body is not the JSON expected here");
    }

    @ParameterizedTest
    @EnumSource(names = {"LINE", "STATUS"})
    void whatAFormHasNoWordsForIsLeftToSpring(Form form) {
        assertThat(wording(form).mismatch(BAD, "x", int.class)).isNull();
        assertThat(wording(form).missing(BAD, "x")).isNull();
    }

    static Stream<UnreadableBody> bodies() {
        return Stream.of(
                new UnreadableBody.WrongField("x", null, null),
                new UnreadableBody.WrongDocument(),
                new UnreadableBody.Malformed(null),
                new UnreadableBody.Missing(),
                new UnreadableBody.Unknown());
    }

    /** Clients show the detail, and programs read the code. */
    @ParameterizedTest
    @MethodSource("bodies")
    void eachReasonHasADetailAndACode(UnreadableBody body) {
        for (var form : List.of(Form.FIELDS, Form.SUMMARY)) {
            var problem = wording(form).unreadable(BAD, body);

            assertThat(problem.getStatus()).isEqualTo(400);
            assertThat(problem.getDetail()).isNotBlank();
            assertThat(problem.getProperties()).containsKey("code");
        }
        assertThat(wording(Form.LINE).unreadable(BAD, body).getDetail()).isNotBlank();
        assertThat(wording(Form.STATUS).unreadable(BAD, body)).isNull();
    }

    private static Wording wording(Form form) {
        return new ProblemProperties(form, "away").wording();
    }

    @SuppressWarnings("unchecked") // The property has no type.
    private static List<Violation> errors(ProblemDetail problem) {
        return (List<Violation>) problem.getProperties().get("errors");
    }
}
