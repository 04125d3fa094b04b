package dev.orderflow.deployment;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks that Kubernetes' own resources have the fields and field types that an API server with strict validation
 * accepts.
 * <p>
 * The client's models reject unknown fields and report missing required ones. They read {@code "8080"} as a number,
 * however, so each resource is written back and compared with its source.
 */
class ApiFieldsCheck implements Check {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private final Gson plain = new Gson();

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        resources.all().stream().filter(ApiFieldsCheck::isOwn).forEach(resource -> check(resource, problems));
        return problems;
    }

    /** {@return whether the resource is of Kubernetes' own API groups; other groups are named like domains} */
    static boolean isOwn(Resource resource) {
        var group = resource.apiVersion().replaceFirst("/?[^/]+$", "");
        return !group.contains(".") || group.endsWith(".k8s.io") && !group.startsWith("gateway.");
    }

    private void check(Resource resource, List<String> problems) {
        var version = resource.apiVersion().replaceFirst(".*/", "");
        try {
            var model = Class.forName(
                    MODELS + version.substring(0, 1).toUpperCase(Locale.ROOT) + version.substring(1) + resource.kind());
            var given = plain.toJsonTree(resource.content().value()).getAsJsonObject();
            model.getMethod("validateJsonObject", JsonObject.class).invoke(null, given);
            var understood = JSON.getGson().toJsonTree(JSON.getGson().fromJson(given, model));
            compare("", given, understood, resource, problems);
        } catch (ClassNotFoundException e) {
            problems.add(resource + ": there is no " + resource.kind() + " in " + resource.apiVersion());
        } catch (InvocationTargetException e) {
            problems.add(resource + ": " + e.getCause().getMessage());
        } catch (JsonParseException | IllegalArgumentException e) {
            problems.add(resource + ": " + e.getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void compare(
            String path, JsonElement given, JsonElement understood, Resource resource, List<String> problems) {
        if (given.isJsonObject() && understood.isJsonObject()) {
            given.getAsJsonObject().entrySet().forEach(field -> {
                var other = understood.getAsJsonObject().get(field.getKey());
                if (other != null) {
                    compare(path + "." + field.getKey(), field.getValue(), other, resource, problems);
                }
            });
        } else if (given.isJsonArray() && understood.isJsonArray()) {
            for (var i = 0; i < given.getAsJsonArray().size(); i++) {
                compare(
                        path + "[" + i + "]",
                        given.getAsJsonArray().get(i),
                        understood.getAsJsonArray().get(i),
                        resource,
                        problems);
            }
        } else if (given instanceof JsonPrimitive value && understood instanceof JsonPrimitive expected) {
            if (value.isString() != expected.isString() || value.isBoolean() != expected.isBoolean()) {
                problems.add(resource + ": " + path.substring(1) + " has the wrong type: " + value);
            }
        }
    }
}
