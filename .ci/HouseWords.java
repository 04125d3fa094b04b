import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds phrases in Javadoc, comments and log messages for which the field has standard terms. The list is short on purpose: it has only
 * phrases that are always wrong here.
 */
final class HouseWords {

    private static final Pattern WORDS = Pattern.compile(
            """
            (?:taken|took) in
            takes in (?:an?|the|each|all)
            (?:is|are|was|were|be|being) told
            tells? of
            (?<![-@]|param )mails
            pieces of
            lest
            anew
            whoever
            so soon
            heard of
            all the same
            what (?:stands|comes|came)
            (?<!there )(?:is|are|was|were) no (?!longer|more|less|fewer|later|earlier|other)
            """
                    .lines()
                    .collect(Collectors.joining("|", "(?i)\\b(?:", ")\\b")));

    /** Javadoc; runs of line comments; the texts of log statements. */
    private static final Pattern PROSE = Pattern.compile(
            "(?ms)/\\*\\*.*?\\*/|(?:^ *//[^\\n]*\\n)+|(?i:\\blog)\\.(?:trace|debug|info|warn|error)\\([^;]*;");

    private HouseWords() {}

    /** One line per finding: the number of the line at which its text begins, and the words. */
    static List<String> in(String code) {
        var found = new ArrayList<String>();
        var prose = PROSE.matcher(code);
        while (prose.find()) {
            var words = WORDS.matcher(prose.group().replaceAll("\\s+(?:\\*|//)?\\s*", " "));
            while (words.find()) {
                found.add(code.substring(0, prose.start()).lines().count() + 1 + ": " + words.group().strip());
            }
        }
        return found;
    }
}
