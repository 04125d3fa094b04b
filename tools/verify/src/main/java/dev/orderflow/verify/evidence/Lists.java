package dev.orderflow.verify.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Interned texts and lists of words: a hundred thousand orders have a handful of different histories. */
final class Lists {

    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    /** Returns the words of a text that are separated by blanks; none for null. */
    List<String> of(@Nullable String words) {
        return words == null ? List.of() : lists.computeIfAbsent(words, text -> List.of(text.split(" ")));
    }

    String canonical(String text) {
        return texts.computeIfAbsent(text, first -> first);
    }

    @Nullable
    String canonicalOrNull(@Nullable String text) {
        return text == null ? null : canonical(text);
    }
}
