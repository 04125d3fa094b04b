package dev.orderflow.events.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random record, its source, and random changes of it as people make them. */
record RecordModel(List<Field> fields) {

    /** @param number names the field: a changed field keeps its number, a renamed one gets another */
    record Field(int number, Type type, boolean nullable) {}

    sealed interface Type {

        record Text(int min, int max) implements Type {}

        record Matching(String pattern) implements Type {}

        /** An {@code int} or a {@code long}; with Jakarta's constraints, unless the minimum is below -6. */
        record Whole(boolean large, long min, long max) implements Type {}

        record Flag() implements Type {}

        record Id() implements Type {}

        record Time() implements Type {}

        /** An enum with this many of the values {@code V0}, {@code V1} … */
        record Choice(int values) implements Type {}

        record Many(Type items, int min, int max) implements Type {}

        record Part(RecordModel model) implements Type {}
    }

    private static final List<String> PATTERNS = List.of("[A-Z]{3}", "-?[0-9]{1,30}(\\\\.[0-9]{1,30})?");

    static RecordModel random(SplittableRandom random, int depth) {
        var fields = new ArrayList<Field>();
        var count = random.nextInt(1, 6);
        for (var i = 0; i < count; i++) {
            fields.add(field(i, random, depth));
        }
        return new RecordModel(fields);
    }

    /** Returns the record with one change. */
    RecordModel changed(SplittableRandom random) {
        var changed = new ArrayList<>(fields);
        var at = random.nextInt(fields.size());
        var field = fields.get(at);
        switch (random.nextInt(9)) {
            case 0 -> changed.add(field(random.nextInt(10, 20), random, 1));
            case 1 -> changed.add(random.nextInt(changed.size() + 1), nullable(random.nextInt(20, 30), random));
            case 2 -> changed.remove(at);
            case 3 -> changed.set(at, new Field(random.nextInt(30, 40), field.type(), field.nullable()));
            case 4 -> changed.set(at, field(field.number(), random, 1));
            case 5 -> changed.set(at, new Field(field.number(), field.type(), !field.nullable()));
            default -> changed.set(at, new Field(field.number(), changed(field.type(), random), field.nullable()));
        }
        return new RecordModel(distinct(changed));
    }

    /** Returns the source of the record, with the types that it needs inside. */
    String source(String name) {
        return source(name, "Type");
    }

    /** @param prefix of the names of types inside, which must differ from those of the types around them */
    private String source(String name, String prefix) {
        var inside = new StringBuilder();
        var components = fields.stream()
                .map(field -> component(field, prefix, inside))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return "public record " + name + "(" + components + ") {\n" + inside + "}\n";
    }

    private static Field nullable(int number, SplittableRandom random) {
        return new Field(number, type(random, 1), true);
    }

    private static Field field(int number, SplittableRandom random, int depth) {
        return new Field(number, type(random, depth), random.nextInt(3) == 0);
    }

    private static Type type(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> new Type.Text(random.nextInt(3), random.nextInt(3, 9));
            case 1 -> new Type.Matching(PATTERNS.get(random.nextInt(PATTERNS.size())));
            case 2 -> new Type.Whole(random.nextBoolean(), random.nextInt(-9, 3), random.nextInt(3, 9));
            case 3 -> new Type.Flag();
            case 4 -> new Type.Id();
            case 5 -> new Type.Time();
            case 6 -> new Type.Choice(random.nextInt(1, 4));
            case 7 -> new Type.Many(type(random, depth - 1), random.nextInt(3), random.nextInt(3, 6));
            default -> new Type.Part(random(random, depth - 1));
        };
    }

    private static Type changed(Type type, SplittableRandom random) {
        var by = random.nextBoolean() ? 1 : -1;
        return switch (type) {
            case Type.Text(var min, var max) ->
                random.nextBoolean() ? new Type.Text(Math.max(0, min - by), max) : new Type.Text(min, max + by);
            case Type.Matching matching -> new Type.Matching(PATTERNS.get(random.nextInt(PATTERNS.size())));
            case Type.Whole(var large, var min, var max) ->
                switch (random.nextInt(3)) {
                    case 0 -> new Type.Whole(!large, min, max);
                    case 1 -> new Type.Whole(large, min - by, max);
                    default -> new Type.Whole(large, min, max + by);
                };
            case Type.Flag flag -> new Type.Whole(false, 0, 1);
            case Type.Id id -> new Type.Text(0, 36);
            case Type.Time time -> new Type.Text(0, 40);
            case Type.Choice(var values) -> new Type.Choice(Math.max(1, values + by));
            case Type.Many(var items, var min, var max) ->
                switch (random.nextInt(3)) {
                    case 0 -> new Type.Many(changed(items, random), min, max);
                    case 1 -> new Type.Many(items, Math.max(0, min - by), max);
                    default -> new Type.Many(items, min, max + by);
                };
            case Type.Part(var model) -> new Type.Part(model.changed(random));
        };
    }

    private static List<Field> distinct(List<Field> fields) {
        var distinct = new ArrayList<Field>();
        for (var field : fields) {
            if (distinct.stream().noneMatch(it -> it.number() == field.number())) {
                distinct.add(field);
            }
        }
        return distinct.isEmpty() ? List.of(new Field(99, new Type.Flag(), true)) : distinct;
    }

    private static String component(Field field, String prefix, StringBuilder inside) {
        var name = prefix + "_" + field.number();
        var annotation = field.nullable() ? "@org.jspecify.annotations.Nullable " : "";
        var type = written(field.type(), name, inside, field.nullable());
        var point = type.lastIndexOf(' ') + 1;
        // A qualified name is annotated before its last part, and so is every other.
        var qualifier = type.lastIndexOf('.', type.indexOf('<') < 0 ? type.length() : type.indexOf('<')) + 1;
        var at = Math.max(point, qualifier);
        return type.substring(0, at) + annotation + type.substring(at) + " field" + field.number();
    }

    private static String written(Type type, String name, StringBuilder inside, boolean boxed) {
        return switch (type) {
            case Type.Text(var min, var max) -> "@dev.orderflow.events.Bounds(min=" + min + ", max=" + max + ") String";
            case Type.Matching(var pattern) -> "@dev.orderflow.events.Bounds(pattern=\"" + pattern + "\") String";
            case Type.Whole(var large, var min, var max) ->
                (min < -6
                                ? ""
                                : "@jakarta.validation.constraints.Min(" + min
                                        + ") @jakarta.validation.constraints.Max(" + max + ") ")
                        + (large ? boxed ? "Long" : "long" : boxed ? "Integer" : "int");
            case Type.Flag flag -> boxed ? "Boolean" : "boolean";
            case Type.Id id -> "java.util.UUID";
            case Type.Time time -> "java.time.Instant";
            case Type.Choice(var values) -> {
                inside.append("public enum ").append(name).append(" {");
                for (var i = 0; i < values; i++) {
                    inside.append("V").append(i).append(", ");
                }
                inside.append("}\n");
                yield name;
            }
            case Type.Many(var items, var min, var max) ->
                "@dev.orderflow.events.Bounds(min=" + min + ", max=" + max + ") java.util.List<"
                        + bare(items, name, inside) + ">";
            case Type.Part(var model) -> {
                inside.append(model.source(name, name));
                yield name;
            }
        };
    }

    /** Items of a list have no bounds of their own. */
    private static String bare(Type items, String name, StringBuilder inside) {
        var written = written(items, name, inside, true);
        return items instanceof Type.Many ? "String" : written.substring(written.lastIndexOf(' ') + 1);
    }
}
