import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnector.EncryptionLevel;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.importer.ImportCommand;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import picocli.CommandLine;

/**
 * A Neo4j server for tests: Main HOME PORT, on the loopback interface only. What follows is done
 * before by `neo4j-admin database import full`.
 */
public class Main {
    public static void main(String[] arguments) throws Exception {
        String password = System.getenv("KG_TEST_SERVER_PASSWORD");
        if (arguments.length > 2) {
            fill(Path.of(arguments[0]), Arrays.copyOfRange(arguments, 2, arguments.length));
        }
        var address = new SocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        var builder = new DatabaseManagementServiceBuilder(Path.of(arguments[0]));
        String certificate = System.getenv("KG_TEST_SERVER_CERTIFICATE");
        if (certificate != null) {
            var policy = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
            builder.setConfig(policy.enabled, true)
                    .setConfig(policy.base_directory, Path.of(certificate))
                    .setConfig(policy.client_auth, ClientAuth.NONE)
                    .setConfig(BoltConnector.encryption_level, EncryptionLevel.REQUIRED);
        }
        DatabaseManagementService service =
                builder
                        .setConfig(BoltConnector.enabled, true)
                        .setConfig(BoltConnector.listen_address, address)
                        .setConfig(GraphDatabaseSettings.auth_enabled, password != null)
                        // Tests fill and empty a small graph all the time: plans need not follow.
                        .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofHours(1))
                        .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                        .build();
        if (password != null) {
            var system = service.database("system");
            system.executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("password", password));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        System.out.println("ready");
        obey(((GraphDatabaseAPI) service.database("neo4j")).getDependencyResolver()
                .resolveDependency(Config.class));
        Thread.currentThread().join();
    }

    /** Each line of the input is "true" or "false": whether databases can only be read from now. */
    private static void obey(Config config) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            boolean readOnly = Boolean.parseBoolean(line);
            config.setDynamic(GraphDatabaseSettings.read_only_database_default, readOnly, "test");
            System.out.println("read only: " + readOnly);
        }
    }

    private static void fill(Path home, String[] options) {
        var command = new ImportCommand.Full(new ExecutionContext(home, home.resolve("conf")));
        int failed = new CommandLine(command).execute(options);
        if (failed != 0) {
            System.exit(failed);
        }
    }
}
