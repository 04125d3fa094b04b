package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Operating-system account that PostgreSQL runs under. PostgreSQL refuses to run as root, but this program may be
 * started by root.
 *
 * @param prefix precedes a command to run it under this account; every prefix replaces itself by the command, so that
 * the pid of the child is the pid of the server
 * @param uid owner of the files, as root sees it; {@link #AS_IS} to leave them alone
 */
record Account(List<String> prefix, int uid) {

    private static final int AS_IS = -1;
    private static final int NOBODY = 65534;

    static boolean isRoot() {
        return Command.run("id", "-u").output().strip().equals("0");
    }

    /**
     * Finds the account that can execute {@code program} and write to {@code folder}.
     *
     * @throws StartFailedException if root has no way of running a program unprivileged on this machine
     */
    static Account forRunning(Path program, Path folder) {
        if (!isRoot()) {
            return new Account(List.of(), AS_IS);
        }
        return candidates().stream()
                .filter(account -> account.canUse(program, folder))
                .findFirst()
                .orElseThrow(() -> new StartFailedException(
                        "PostgreSQL refuses to run as root, and neither setpriv nor unshare works here: run this as an"
                                + " ordinary user"));
    }

    /** Makes this account the owner of {@code folder} and its content. */
    void own(Path folder) {
        if (uid == AS_IS) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (!Integer.valueOf(uid).equals(Files.getAttribute(file, "unix:uid"))) {
                    Files.setAttribute(file, "unix:uid", uid);
                    Files.setAttribute(file, "unix:gid", uid);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> command(String... command) {
        return Command.join(prefix, List.of(command));
    }

    /**
     * Candidates in order of preference: another user, which needs all folders on the path to be open to others; a user
     * namespace in which root has another id, which reaches folders under root's home but is often forbidden inside
     * containers; another user that keeps the one capability to pass closed folders, which containers usually grant.
     */
    private static List<Account> candidates() {
        var nobody = Integer.toString(NOBODY);
        var accounts = new ArrayList<Account>();
        var setpriv = Command.find("setpriv");
        setpriv.ifPresent(program -> accounts.add(
                new Account(List.of(program, "--reuid", nobody, "--regid", nobody, "--clear-groups"), NOBODY)));
        Command.find("unshare")
                .ifPresent(program -> accounts.add(
                        new Account(List.of(program, "--user", "--map-user=" + nobody, "--map-group=" + nobody), 0)));
        setpriv.ifPresent(program -> accounts.add(new Account(
                List.of(
                        program,
                        "--reuid",
                        nobody,
                        "--regid",
                        nobody,
                        "--clear-groups",
                        "--inh-caps",
                        "+dac_override",
                        "--ambient-caps",
                        "+dac_override"),
                NOBODY)));
        return accounts;
    }

    private boolean canUse(Path program, Path folder) {
        try {
            own(folder);
            var probe = folder.resolve("probe");
            var works = Command.run(command(program.toString(), "--version")).succeeded()
                    && Command.run(command("touch", probe.toString())).succeeded();
            Files.deleteIfExists(probe);
            return works;
        } catch (IOException | UncheckedIOException e) {
            return false; // Not allowed to change the owner; the next candidate may not need to.
        }
    }
}
