package dev.orderflow.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the fields that are marked as personal data from the compiled classes of all modules. */
final class PersonalFields {

    private static final String MARK = "Ldev/orderflow/eventing/PersonalData;";
    private static final String EVENT = "Ldev/orderflow/eventing/EventType;";

    /** Folders without deployed code. */
    private static final Set<String> ELSEWHERE = Set.of("tools", "tests", "src", "node_modules", ".git", ".demo");

    private PersonalFields() {}

    /**
     * A marked field.
     *
     * @param owner its module, or the type of its event
     * @param name  for a field of a module with its class
     */
    record Field(boolean isOfEvent, String owner, String name, String purpose, String kept, String erased) {}

    /** Returns the marked fields of the repository's modules, which must be compiled. */
    static List<Field> of(Path root) throws IOException {
        try (var folders = Files.walk(root, 2)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("target/classes")))
                    .filter(folder -> isDeployed(root.relativize(folder)))
                    .sorted()
                    .flatMap(PersonalFields::ofModule)
                    .sorted(Comparator.comparing(Field::owner).thenComparing(Field::name))
                    .toList();
        }
    }

    private static boolean isDeployed(Path module) {
        return StreamSupport.stream(module.spliterator(), false)
                .map(Path::toString)
                .noneMatch(ELSEWHERE::contains);
    }

    private static Stream<Field> ofModule(Path module) {
        try (var files = Files.walk(module.resolve("target/classes"))) {
            return files
                    .filter(file -> file.toString().endsWith(".class"))
                    .flatMap(file -> ofClass(module.getFileName().toString(), parse(file)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Field> ofClass(String module, ClassModel type) {
        var event = annotation(type, EVENT).map(mark -> text(mark, "value"));
        var name = type.thisClass().asInternalName();
        var simple = name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
        return type.fields().stream()
                .flatMap(field -> annotation(field, MARK).stream()
                        .map(mark -> new Field(
                                event.isPresent(),
                                event.map(PersonalFields::shortened).orElse(module),
                                event.isPresent() ? name(field) : simple + "." + name(field),
                                text(mark, "value"),
                                text(mark, "kept"),
                                text(mark, "erased"))));
    }

    private static String shortened(String type) {
        return type.replace("dev.orderflow.", "");
    }

    private static String name(FieldModel field) {
        return field.fieldName().stringValue();
    }

    private static Optional<Annotation> annotation(AttributedElement element, String type) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(annotation -> annotation.className().equalsString(type))
                .findFirst();
    }

    private static String text(Annotation annotation, String element) {
        return annotation.elements().stream()
                .filter(each -> each.name().equalsString(element))
                .map(each -> ((AnnotationValue.OfString) each.value()).stringValue())
                .findFirst()
                .orElseThrow();
    }
}
