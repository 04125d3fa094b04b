import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts deviations from the rules of prose in CONTRIBUTING.md. Run by {@code .ci/prose} in the repository's root, with a file that lists
 * the Java and Markdown files and one with the subjects of commits.
 */
final class Prose {

    // Bounds. Lower them when the counts fall.
    private static final double FRAGMENT_PERCENT = 2;
    private static final int HOUSE_WORDS = 0;
    private static final int LINE_LENGTH = 120;
    private static final int README_WORDS = 900;
    /**
     * Includes 1,500 words of docs/contracts.md, 3,000 of later decisions, of access control, tenants and signatures, 1,150 of
     * issuers, backups and the supply chain, 550 of personal data and their erasure, 600 of rotation, and 150 of what contracts cost.
     */
    private static final int DOCUMENT_WORDS = 18_350;
    /** Apart from the other documents: a table of threats, of which none may be left out for brevity. */
    private static final Path THREATS = Path.of("docs/threat-model.md");
    private static final int THREAT_WORDS = 1_500;
    /** Apart from the other documents, too: a generated table of personal data. */
    private static final Path PRIVACY = Path.of("docs/privacy.md");
    private static final int PRIVACY_WORDS = 550;
    private static final int DECISION_WORDS = 700;
    private static final int SUBJECT_LENGTH = 72;

    /** First words that cannot begin a noun phrase or a third-person verb. */
    private static final Set<String> FRAGMENTS = words(
            """
            what whatever which who whoever whom whose why how however where wherever when whenever while
            those these that so of as at by for from in into on onto out over to under up with without within
            after before between behind beside besides beyond through during until unless if because since than
            though although whether also and or but nor not neither here there then thus hence it they he such like
            only just even still yet instead
            """);

    private static final Pattern JAVADOC = Pattern.compile("(?ms)^ *+/\\*\\*(?!\\*)(.*?)\\*/");
    private static final Pattern FIRST_WORD = Pattern.compile("\\p{L}+");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*+\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*[a-z](?:IT|Tests))?(?:\\.(\\w+))?`");

    private final List<Path> files;
    private final boolean listing;
    private final List<String> failures = new ArrayList<>();

    private Prose(List<Path> files, boolean listing) {
        this.files = files;
        this.listing = listing;
    }

    public static void main(String[] arguments) throws IOException {
        var files = Files.readAllLines(Path.of(arguments[0])).stream().map(Path::of).filter(Files::exists).sorted().toList();
        var prose = new Prose(files, Arrays.asList(arguments).contains("--list"));
        prose.javadoc();
        prose.report("house words in Javadoc, comments and log messages", HOUSE_WORDS, prose.houseWords());
        prose.report("lines of Markdown over " + LINE_LENGTH + " characters", 0, prose.longLines());
        prose.report("dead links", 0, prose.deadLinks());
        prose.report("tests that documents name and nobody has", 0, prose.unknownTests());
        prose.words("words of README.md before its links", README_WORDS, beforeLinks(Files.readString(Path.of("README.md"))));
        prose.words("words of docs/", DOCUMENT_WORDS, prose.documents("docs"));
        prose.words("words of " + THREATS, THREAT_WORDS, Files.readString(THREATS));
        prose.words("words of " + PRIVACY, PRIVACY_WORDS, Files.readString(PRIVACY));
        for (var decision : prose.markdown(Path.of("docs/adr"))) {
            if (count(Files.readString(decision)) > DECISION_WORDS) {
                prose.failures.add(decision + " has more than " + DECISION_WORDS + " words");
            }
        }
        prose.report("commit subjects over " + SUBJECT_LENGTH + " characters", 0, longSubjects(Path.of(arguments[1])));
        prose.end();
    }

    /** One line per module, since modules are rewritten one after the other, and one for all of them. */
    private void javadoc() throws IOException {
        var blocks = new TreeMap<String, Integer>();
        var fragments = new TreeMap<String, List<String>>();
        for (var file : ending(".java")) {
            var code = Files.readString(file);
            var matcher = JAVADOC.matcher(code);
            while (matcher.find()) {
                blocks.merge(module(file), 1, Integer::sum);
                if (isFragment(matcher.group(1))) {
                    fragments.computeIfAbsent(module(file), any -> new ArrayList<>())
                            .add(file + ":" + lineOf(code, matcher.start()) + ": " + opening(matcher.group(1)));
                }
            }
        }
        blocks.forEach((module, all) -> print(
                "Javadoc fragments in " + module, fragments.getOrDefault(module, List.of()).size(), all));
        var all = blocks.values().stream().mapToInt(Integer::intValue).sum();
        var found = fragments.values().stream().flatMap(List::stream).toList();
        print("Javadoc fragments", found.size(), all);
        list(found);
        if (found.size() * 100.0 > FRAGMENT_PERCENT * all) {
            failures.add(String.format(Locale.ROOT, "more than %.0f %% of the Javadoc opens with a fragment", FRAGMENT_PERCENT));
        }
    }

    private static boolean isFragment(String javadoc) {
        var word = FIRST_WORD.matcher(opening(javadoc));
        return word.lookingAt() && FRAGMENTS.contains(word.group().toLowerCase(Locale.ROOT));
    }

    /** The first line of a block; empty when that is a tag. */
    private static String opening(String javadoc) {
        return javadoc.lines()
                .map(line -> line.replaceFirst("^\\s*\\*?\\s*", "").replaceFirst("^<p>\\s*", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .filter(line -> !line.startsWith("@"))
                .orElse("");
    }

    private List<String> houseWords() throws IOException {
        var found = new ArrayList<String>();
        for (var file : ending(".java")) {
            HouseWords.in(Files.readString(file)).forEach(finding -> found.add(file + ":" + finding));
        }
        return found;
    }

    private List<String> longLines() throws IOException {
        var found = new ArrayList<String>();
        for (var file : ending(".md")) {
            var code = false;
            var number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                if (line.stripLeading().startsWith("```")) {
                    code = !code;
                }
                var visible = line.replaceAll("\\]\\([^)]*\\)", "]").replaceAll("<?https?://\\S+", "");
                if (!code && !line.stripLeading().startsWith("|") && visible.codePointCount(0, visible.length()) > LINE_LENGTH) {
                    found.add(file + ":" + number + ": " + line.codePointCount(0, line.length()) + " characters");
                }
            }
        }
        return found;
    }

    private List<String> deadLinks() throws IOException {
        var found = new ArrayList<String>();
        var anchors = new HashMap<Path, Set<String>>();
        for (var file : ending(".md")) {
            for (var match : LINK.matcher(withoutCode(Files.readString(file))).results().toList()) {
                var link = match.group(1);
                if (link.matches("[a-z]+:.*")) {
                    continue;
                }
                var parts = link.split("#", 2);
                var target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
                if (!Files.exists(target)) {
                    found.add(file + ": " + link);
                } else if (parts.length == 2 && target.toString().endsWith(".md")) {
                    if (!anchors.containsKey(target)) {
                        anchors.put(target, anchorsOf(Files.readString(target)));
                    }
                    if (!anchors.get(target).contains(parts[1])) {
                        found.add(file + ": " + link);
                    }
                }
            }
        }
        return found;
    }

    /** The anchors that GitHub gives to headings. */
    private static Set<String> anchorsOf(String markdown) {
        return HEADING.matcher(withoutCode(markdown)).results()
                .map(match -> LINK.matcher(match.group(1)).replaceAll(link -> link.group().replaceAll("\\[([^\\]]*)\\].*", "$1"))
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private List<String> unknownTests() throws IOException {
        var tests = new HashMap<String, StringBuilder>();
        for (var file : ending(".java")) {
            tests.computeIfAbsent(file.getFileName().toString().replace(".java", ""), any -> new StringBuilder())
                    .append(Files.readString(file));
        }
        var found = new ArrayList<String>();
        for (var file : ending(".md")) {
            for (var line : withoutCode(Files.readString(file)).lines().toList()) {
                var test = "";
                for (var match : TEST.matcher(line).results().toList()) {
                    // Without a class, the last one of the line is meant.
                    test = match.group(1) == null ? test : match.group(1);
                    if (!test.isEmpty() && !isTest(tests.get(test), match.group(2))) {
                        found.add(file + ": " + match.group());
                    }
                }
            }
        }
        return found;
    }

    private static boolean isTest(StringBuilder code, String method) {
        return code != null && (method == null || code.indexOf(" " + method + "(") >= 0);
    }

    private static List<String> longSubjects(Path subjects) throws IOException {
        return Files.readAllLines(subjects).stream()
                .filter(subject -> subject.codePointCount(0, subject.length()) > SUBJECT_LENGTH)
                .toList();
    }

    private void words(String what, int bound, String text) {
        var words = count(text);
        System.out.printf(Locale.ROOT, "%-62s %6d of %d%n", what, words, bound);
        if (words > bound) {
            failures.add(what + ": " + words + " are more than " + bound);
        }
    }

    private void report(String what, int bound, List<String> found) {
        System.out.printf(Locale.ROOT, "%-62s %6d%n", what, found.size());
        list(found);
        if (found.size() > bound) {
            failures.add(what + ": " + found.size() + (listing ? "" : ", which .ci/prose --list names"));
        }
    }

    private static void print(String what, int found, int all) {
        System.out.printf(Locale.ROOT, "%-62s %6d of %d (%.1f %%)%n", what, found, all, 100.0 * found / Math.max(1, all));
    }

    private void list(List<String> found) {
        if (listing) {
            found.forEach(finding -> System.out.println("  " + finding));
        }
    }

    private void end() {
        failures.forEach(failure -> System.err.println("prose: " + failure));
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private String documents(String folder) throws IOException {
        var text = new StringBuilder();
        for (var file : markdown(Path.of(folder))) {
            text.append(Files.readString(file)).append('\n');
        }
        return text.toString();
    }

    private List<Path> markdown(Path folder) {
        return ending(".md").stream().filter(file -> file.startsWith(folder) && !Set.of(THREATS, PRIVACY).contains(file)).toList();
    }

    private static String beforeLinks(String readme) {
        var end = readme.indexOf("\n## Where to look");
        return end < 0 ? readme : readme.substring(0, end);
    }

    private static int count(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    private static String withoutCode(String markdown) {
        return markdown.replaceAll("(?ms)^ *```.*?^ *```", "");
    }

    private static long lineOf(String code, int position) {
        return code.substring(0, position).lines().count() + 1;
    }

    /** The folders above {@code src}. */
    private static String module(Path file) {
        for (var i = 1; i < file.getNameCount(); i++) {
            if (file.getName(i).toString().equals("src")) {
                return file.subpath(0, i).toString();
            }
        }
        return file.getName(0).toString();
    }

    private List<Path> ending(String suffix) {
        return files.stream().filter(file -> file.toString().endsWith(suffix)).toList();
    }

    private static Set<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
