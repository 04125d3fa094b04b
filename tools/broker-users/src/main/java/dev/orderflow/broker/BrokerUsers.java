package dev.orderflow.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Main class that gives a broker its users, each with a SCRAM password and rights, and takes all other rights away. It does
 * outside production what Strimzi's operator does there, and can run again at any time.
 */
public final class BrokerUsers {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerUsers.class);
    /** Longer than a broker needs to start and to answer. */
    private static final int TIMEOUT_SECONDS = 90;
    /** Kafka's own default. */
    private static final int ITERATIONS = 4096;

    private final Admin admin;

    BrokerUsers(Admin admin) {
        this.admin = admin;
    }

    /**
     * Runs the program.
     *
     * @param arguments address of a broker, settings of an administrator's client, the list of users, and the folder with a
     *     password file for each
     */
    public static void main(String[] arguments) throws IOException, ExecutionException, TimeoutException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("usage: BROKER ADMIN-PROPERTIES USERS-YAML PASSWORDS-FOLDER");
        }
        var settings = new Properties();
        try (var file = Files.newBufferedReader(Path.of(arguments[1]))) {
            settings.load(file);
        }
        settings.put("bootstrap.servers", arguments[0]);
        settings.putIfAbsent("default.api.timeout.ms", Integer.toString(TIMEOUT_SECONDS * 1000));
        var list = BrokerRights.read(Path.of(arguments[2]));
        try (var admin = Admin.create(settings)) {
            new BrokerUsers(admin).apply(list, Path.of(arguments[3]));
        }
        LOG.info("users={} rights={}", list.users(), list.rights().size());
    }

    /** Gives the broker the users of {@code list}, whose passwords are the content of files of their names in {@code passwords}. */
    void apply(BrokerRights list, Path passwords) throws IOException, ExecutionException, TimeoutException {
        var users = new ArrayList<UserScramCredentialAlteration>();
        for (var user : list.users()) {
            users.add(new UserScramCredentialUpsertion(
                    user,
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                    Files.readString(passwords.resolve(user)).strip()));
        }
        // Rights first: a user that can log in has them.
        replaceRights(list.rights());
        await(admin.alterUserScramCredentials(users).all());
    }

    private void replaceRights(Collection<AclBinding> rights) throws ExecutionException, TimeoutException {
        var superfluous =
                new HashSet<>(await(admin.describeAcls(AclBindingFilter.ANY).values()));
        superfluous.removeAll(rights);
        await(admin.createAcls(rights).all());
        await(admin.deleteAcls(superfluous.stream().map(AclBinding::toFilter).toList())
                .all());
    }

    private static <T> T await(KafkaFuture<T> answer) throws ExecutionException, TimeoutException {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker changed its users", e);
        }
    }
}
