package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that no deployed code depends on the host's locale, charset or time zone. With the locale {@code ar-EG}, a
 * {@code %d} in a statement becomes {@code LIMIT ٢٠٠}; with {@code tr-TR}, the lower case of {@code ID} is {@code ıd}.
 */
class HostDefaultsTests {

    private static final Pattern FORBIDDEN = Pattern.compile(String.join(
            "|",
            "\\.formatted\\(",
            "\\bString\\s*\\.format\\(\\s*+(?!Locale\\b)",
            "\\.printf\\(\\s*+(?!Locale\\b)",
            "\\.to(?:Lower|Upper)Case\\(\\s*\\)",
            "\\.getBytes\\(\\s*\\)",
            "new String\\(\\s*[\\w.]+(?:\\(\\))?\\s*\\)",
            "new (?:FileReader|FileWriter)\\(\\s*[^,()]*\\)",
            "new (?:InputStreamReader|OutputStreamWriter|Scanner|PrintStream)\\(\\s*[\\w.]+(?:\\(\\))?\\s*\\)",
            "DateTimeFormatter\\s*\\.(?:ofLocalized\\w+|ofPattern)\\(\\s*\"[^\"]*\"\\s*\\)",
            "(?:NumberFormat|DateFormat|Collator|BreakIterator)\\.get\\w*Instance\\(\\s*\\)",
            "new (?:DecimalFormat|SimpleDateFormat|MessageFormat)\\(",
            "\\b(?:Locale\\.getDefault|Charset\\.defaultCharset|ZoneId\\.systemDefault|TimeZone\\.getDefault)\\(",
            "\\bLocal(?:Date|Time|DateTime)\\.now\\(\\s*\\)",
            "\\b(?:Zoned|Offset)DateTime\\.now\\(\\s*\\)"));

    @Test
    void noSourceDependsOnTheHostsDefaults() throws IOException {
        var found = new ArrayList<String>();
        for (var file : Repository.find().sources()) {
            find(Files.readString(file)).forEach(what -> found.add(file + ": " + what));
        }

        assertThat(found)
                .as("name the locale (Locale.ROOT for machines), charset (UTF_8) or zone (UTC)")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"LIMIT %d\".formatted(200)",
                "String.format(\"%,d\", 1)",
                "out.printf(\"%d\", 1)",
                "name.toLowerCase()",
                "text.getBytes()",
                "new String(bytes)",
                "new FileReader(file)",
                "new InputStreamReader(process.getInputStream())",
                "new Scanner(in)",
                "DateTimeFormatter.ofPattern(\"d MMM\")",
                "ZoneId.systemDefault()",
                "LocalDate.now()"
            })
    void dependenciesOnTheHostAreFound(String code) {
        assertThat(find(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String.format(Locale.ROOT, \"%d\", 1)",
                "out.printf(Locale.ROOT, \"%d\", 1)",
                "name.toLowerCase(Locale.ROOT)",
                "text.getBytes(UTF_8)",
                "new String(bytes, UTF_8)",
                "LocalDate.now(clock)"
            })
    void explicitLocalesAndCharsetsAreAccepted(String code) {
        assertThat(find(code)).isEmpty();
    }

    private static List<String> find(String code) {
        return FORBIDDEN.matcher(code).results().map(match -> match.group()).toList();
    }
}
