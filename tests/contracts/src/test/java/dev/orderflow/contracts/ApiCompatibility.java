package dev.orderflow.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedApiResponse;
import org.openapitools.openapidiff.core.model.ChangedContent;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedParameter;
import org.openapitools.openapidiff.core.model.ChangedParameters;
import org.openapitools.openapidiff.core.model.ChangedRequestBody;
import org.openapitools.openapidiff.core.model.ChangedSchema;

/**
 * The changes of an API that break clients of its released version, each as a sentence that says what to do.
 * <p>
 * Stricter than the library in two cases: a field of a request that disappears, since what clients send would be ignored, and
 * a field of an answer that may be null from now on.
 */
final class ApiCompatibility {

    private static final String GONE =
            " Clients still call it: keep it, mark it as deprecated, and remove it when nobody" + " calls it.";
    private static final String CHANGED =
            " Clients of the released version would break: keep what was released and add an"
                    + " optional field or parameter beside it, or serve the change under a new path.";

    private final String service;
    private final List<String> sentences = new ArrayList<>();

    private ApiCompatibility(String service) {
        this.service = service;
    }

    /**
     * Compares two documents.
     *
     * @return a sentence per incompatible change; empty if there is none
     */
    static List<String> refusals(String service, String released, String current) {
        var difference = OpenApiCompare.fromContents(OlderNotation.of(released), OlderNotation.of(current));
        var compatibility = new ApiCompatibility(service);
        difference
                .getMissingEndpoints()
                .forEach(gone -> compatibility.sentences.add(service + ": " + gone.getMethod() + " " + gone.getPathUrl()
                        + " was released and is gone." + GONE));
        difference.getChangedOperations().forEach(compatibility::refuse);
        return compatibility.sentences;
    }

    private void refuse(ChangedOperation operation) {
        var call = operation.getHttpMethod() + " " + operation.getPathUrl();
        var before = sentences.size();
        parameters(call, operation.getParameters());
        body(call, operation.getRequestBody());
        responses(call, operation.getApiResponses());
        if (operation.isIncompatible() && sentences.size() == before) {
            refuse(call, "has changed incompatibly");
        }
    }

    private void parameters(String call, @Nullable ChangedParameters parameters) {
        if (parameters == null) {
            return;
        }
        parameters.getMissing().forEach(gone -> refuse(call, "no longer takes the parameter " + gone.getName()));
        parameters.getIncreased().stream()
                .filter(added -> Boolean.TRUE.equals(added.getRequired()))
                .forEach(added -> refuse(call, "requires the new parameter " + added.getName()));
        parameters.getChanged().stream().filter(Changed::isIncompatible).forEach(changed -> parameter(call, changed));
    }

    private void parameter(String call, ChangedParameter parameter) {
        var where = "the parameter " + parameter.getName();
        if (isIncompatible(parameter.getSchema())) {
            schema(call, where, parameter.getSchema());
        } else {
            refuse(call, where + " is required or written differently");
        }
    }

    private void body(String call, @Nullable ChangedRequestBody body) {
        if (body != null) {
            content(call, "the request's body", body.getContent());
        }
    }

    private void responses(String call, @Nullable ChangedApiResponse responses) {
        if (responses == null) {
            return;
        }
        responses.getMissing().keySet().forEach(status -> refuse(call, "no longer answers " + status));
        responses
                .getChanged()
                .forEach((status, response) -> content(call, "the answer " + status, response.getContent()));
    }

    private void content(String call, String where, @Nullable ChangedContent content) {
        if (content != null) {
            content.getMissing().keySet().forEach(type -> refuse(call, where + " is no longer " + type));
            content.getChanged().forEach((type, changed) -> schema(call, where, changed.getSchema()));
        }
    }

    private void schema(String call, String where, @Nullable ChangedSchema schema) {
        if (schema == null) {
            return;
        }
        var own = ownChanges(schema);
        if (!own.isEmpty()) {
            refuse(call, where + " has changed incompatibly (" + String.join(", ", own) + ")");
        }
        schema.getMissingProperties().keySet().forEach(gone -> refuse(call, where + " has lost the field " + gone));
        schema.getChangedProperties().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(property -> schema(call, where + ", field " + property.getKey(), property.getValue()));
        schema(call, where + ", each item", schema.getItems());
        schema(call, where + ", each value", schema.getAddProp());
    }

    /** Returns the changed keywords of the schema itself, such as {@code maxLength}. */
    private static List<String> ownChanges(ChangedSchema schema) {
        var keywords = new ArrayList<String>();
        if (schema.isChangedType()) {
            keywords.add("type");
        }
        if (schema.isChangeFormat()) {
            keywords.add("format");
        }
        var nullable = schema.getNullable();
        if (nullable != null
                && schema.getContext().isResponse()
                && Boolean.TRUE.equals(nullable.getRight())
                && !Boolean.TRUE.equals(nullable.getLeft())) {
            keywords.add("nullable");
        }
        schema.getChangedElements().stream()
                .filter(change -> change != null && change.isIncompatible() && !(change instanceof ChangedSchema))
                .map(change -> change.getClass().getSimpleName().replaceFirst("^Changed", ""))
                .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .forEach(keywords::add);
        return keywords;
    }

    private void refuse(String call, String what) {
        sentences.add(service + ": " + call + ": " + what + "." + CHANGED);
    }

    private static boolean isIncompatible(@Nullable Changed changed) {
        return changed != null && changed.isIncompatible();
    }
}
