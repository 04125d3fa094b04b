package dev.orderflow.demo.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Memory of a process and its children. */
public final class Memory {

    private static final Pattern FIELD = Pattern.compile("(VmRSS|RssShmem):\\s+(\\d+) kB");

    private Memory() {}

    /**
     * Returns the resident memory in KiB. Shared memory, which is resident in all of PostgreSQL's processes, counts
     * once, if the system tells it apart (Linux does: proc_pid_status(5)).
     */
    public static long residentKiB(ProcessHandle process) {
        var family = Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
        return Files.exists(Path.of("/proc/self/status")) ? fromProc(family) : fromPs(family);
    }

    private static long fromProc(List<Long> pids) {
        var own = 0L;
        var shared = 0L;
        for (var pid : pids) {
            var resident = 0L;
            var sharedHere = 0L;
            for (var line : status(pid)) {
                var field = FIELD.matcher(line);
                if (field.matches()) {
                    var kiB = Long.parseLong(field.group(2));
                    if (field.group(1).equals("VmRSS")) {
                        resident = kiB;
                    } else {
                        sharedHere = kiB;
                    }
                }
            }
            own += resident - sharedHere;
            shared = Math.max(shared, sharedHere);
        }
        return own + shared;
    }

    private static List<String> status(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        } catch (IOException e) {
            return List.of(); // The process has ended meanwhile.
        }
    }

    private static long fromPs(List<Long> pids) {
        var list = String.join(",", pids.stream().map(Object::toString).toList());
        try (BufferedReader output =
                new ProcessBuilder("ps", "-o", "rss=", "-p", list).start().inputReader()) {
            return output.lines().map(String::strip).mapToLong(Long::parseLong).sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
