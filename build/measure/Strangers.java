import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.lab.Lab;
import dev.patchbay.engine.protocol.Request;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// How long the owner of a Lab waits for its helper while another user connects to it again and again:
///
///     java -cp 'app/target/dist/lib/*' build/measure/Strangers.java [connections]
///
/// Root runs it, to be another user as well. Where that user could not come to the socket at all, the permissions
/// of the files are opened first. The owner asks for snapshots on one connection, and greets the helper on a new
/// one each time.
class Strangers {
    private static final int QUESTIONS = 1000;
    private static final String CONNECT = "for (1..$ARGV[1]) { socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die;"
            + " connect($s, pack_sockaddr_un($ARGV[0])) or die \"connect: $!\"; close($s) }";

    private interface Question {
        void ask() throws EngineException;
    }

    public static void main(String[] words) throws Exception {
        String connections = words.length > 0 ? words[0] : "100000";
        Path home = Files.createTempDirectory("strangers");
        StateDirectory directory = StateDirectory.of(Map.of("PATCHBAY_HOME", home.toString(), "HOME", home.toString()));
        Lab lab = new Lab(directory, HelperCommand.ofThisProgram());
        try {
            Path socket = ((HelperStart.Ready) lab.up()).socket();
            open(socket);
            measure(socket, connections, directory.helperLog());
        } finally {
            lab.down();
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Collections.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void open(Path socket) throws Exception {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        for (Path above = socket.getParent(); above.getNameCount() > 1; above = above.getParent()) {
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void measure(Path socket, String connections, Path log) throws Exception {
        try (HelperClient owner = HelperClient.connect(socket)) {
            Question snapshot = () -> owner.call(new Request.Snapshot());
            Question connection = () -> {
                try (HelperClient another = HelperClient.connect(socket)) {
                    another.call(new Request.Hello());
                }
            };
            for (Question question : List.of(snapshot, connection)) {
                times(question, () -> false);
            }
            System.out.println("                         | questions | median ms | 99 % ms | longest ms");
            print("snapshot, alone", times(snapshot, () -> false));
            print("new connection, alone", times(connection, () -> false));
            for (Question question : List.of(snapshot, connection)) {
                long before = Files.size(log);
                long begun = System.nanoTime();
                Process stranger = new ProcessBuilder(
                                "setpriv",
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                "--",
                                "perl",
                                "-MSocket",
                                "-e",
                                CONNECT,
                                socket.toString(),
                                connections)
                        .inheritIO()
                        .start();
                print(
                        (question == snapshot ? "snapshot" : "new connection") + ", beside",
                        times(question, stranger::isAlive));
                int code = stranger.waitFor();
                System.out.printf(
                        "  %s connections of another user in %.1f s (exit code %d), log %+d bytes%n",
                        connections, (System.nanoTime() - begun) / 1e9, code, Files.size(log) - before);
            }
        }
    }

    /// Asks so often, and longer while there is a reason.
    private static List<Double> times(Question question, BooleanSupplier longer) throws EngineException {
        List<Double> millis = new ArrayList<>();
        while (longer.getAsBoolean() || millis.size() < QUESTIONS) {
            long begun = System.nanoTime();
            question.ask();
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        Collections.sort(millis);
        return millis;
    }

    private static void print(String name, List<Double> millis) {
        System.out.printf(
                "%-24s | %9d | %9.2f | %7.2f | %10.2f%n",
                name,
                millis.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 99 / 100),
                millis.getLast());
    }
}
