package dev.orderflow.events.schema;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a source in memory, and loads its classes. */
final class CompiledRecords extends ClassLoader {

    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    private CompiledRecords(ClassLoader parent) {
        super(parent);
    }

    /** @throws IllegalArgumentException when the source does not compile */
    static ClassLoader compile(String name, String source) {
        var compiled = new CompiledRecords(CompiledRecords.class.getClassLoader());
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
        var found = new DiagnosticCollector<JavaFileObject>();
        var files = compiled.new InMemory(compiler.getStandardFileManager(found, null, null));
        var options = List.of("-proc:none", "-parameters", "-classpath", System.getProperty("java.class.path"));
        if (!compiler.getTask(null, files, found, options, null, List.of(new Source(name, source)))
                .call()) {
            throw new IllegalArgumentException(found.getDiagnostics() + "\n" + source);
        }
        return compiled;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String content;

        private Source(String name, String content) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }

    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(name, any -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
